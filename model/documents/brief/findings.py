"""What the afternoon found, in figures that the session bears out, and its risks."""

from collections import Counter
from collections.abc import Iterator, Mapping

from offwall.model.actions import live
from offwall.model.documents.brief.content import (
    CELL,
    NOBODY,
    Block,
    BulletsBlock,
    HeadingBlock,
    ParagraphBlock,
    carriers,
    cell_day,
    labels_of,
    table_block,
)
from offwall.model.process import place_label
from offwall.model.process.graph import hand_offs
from offwall.model.process.raci import HALF, role_loads
from offwall.model.records import (
    Action,
    Improve,
    Issue,
    IssueCode,
    IssueStatus,
    Session,
    counted,
    line_of,
)
from offwall.model.records.text import as_sentence, english_list, first_of, shorten
from offwall.model.review import FindingLevel
from offwall.model.review import findings as checked
from offwall.model.review.progress import as_printed, missing_summary
from offwall.model.topics import heaviest_first
from offwall.model.topics import tier_label as tier_name
from offwall.model.topics.board import approval_steps, gate_activities
from offwall.model.topics.improvement import ImprovementEvidence, compare_figures, count_marks
from offwall.model.topics.tiers import RISKS, skipped_risks, tier_effort

NAMED = 2
"""How many of a kind are named; more are counted."""

IN_WORKBOOK = "in the workbook"

ISSUE_NOUNS = {
    IssueCode.DOCUMENTATION: ("gap in documentation", "gaps in documentation"),
    IssueCode.GOVERNANCE: ("gap in governance", "gaps in governance"),
    IssueCode.TIME: ("time risk", "time risks"),
    IssueCode.RISK: ("risk in the current process", "risks in the current process"),
    None: ("without a code", "without a code"),
}
"""The codes on the wall, one and many."""

MARKED = {Improve.CHANGE: "to change", Improve.DROP: "to drop", Improve.NEW: "new"}
"""What the group wants to do with an activity, where it is not to keep it."""


def what_was_found(session: Session) -> Iterator[Block]:
    """The section: a line a finding, its subject first."""
    yield HeadingBlock("Findings")
    kinds = (
        ("Issues:", issue_lines(session)),
        ("Roles:", role_lines(session)),
        ("Hand-offs:", handing_over(session)),
        ("Approval:", approval(session)),
        ("Tiers:", tier_lines(session)),
        ("Could improve:", improving(session)),
        ("Still open:", open_lines(session)),
    )
    found = tuple(ParagraphBlock(text, lead) for lead, text in kinds if text)
    yield BulletsBlock(found) if found else ParagraphBlock("There is nothing to count yet.")


def issue_lines(session: Session) -> str:
    """How many issues are open, of which kind, and how many nobody acts on."""
    found = open_issues(session)
    if not found:
        return ""
    kinds = Counter(one.code for one in found if not one.parked)
    each = [
        f"{kinds[code]} {ISSUE_NOUNS[code][kinds[code] > 1]}" for code in ISSUE_NOUNS if kinds[code]
    ]
    parked = sum(one.parked for one in found)
    said = english_list([*each, *([f"{parked} parked for another day"] if parked else [])])
    acted_on = {action.issue for action in session.actions}
    without = sum(one.id not in acted_on for one in found)
    rest = f" {without} of them have no action yet." if without else " Each has an action."
    return f"{counted(len(found), 'issue is', 'issues are')} open: {said}.{rest}"


def open_issues(session: Session) -> tuple[Issue, ...]:
    """The issues that are not closed."""
    return tuple(one for one in session.issues if one.status is not IssueStatus.CLOSED)


def role_lines(session: Session) -> str:
    """Who answers for most, and where nobody leads or answers."""
    names, every = labels_of(session), session.activities
    if not every:
        return ""
    said = [
        f"{names[code]} {verb} {number} of {len(every)} activities"
        for code, load in role_loads(session).items()
        for verb, number in (
            ("answers for", load.accountable),
            ("does the work of", load.responsible),
        )
        if number > HALF * len(every)
    ]
    nobody = (
        (sum(not one.lead for one in every), "no lead"),
        (sum(not one.accountable for one in every), "nobody accountable"),
    )
    lacks = [f"{counted(n, 'activity has', 'activities have')} {what}" for n, what in nobody if n]
    complete = [] if lacks else ["every activity has a lead and one accountable"]
    text = "; ".join([*said, *lacks, *complete])
    return as_sentence(text[:1].upper() + text[1:])


def handing_over(session: Session) -> str:
    """How often the work changes hands, and between which two most often."""
    found = hand_offs(session)
    if not found:
        return ""
    names = labels_of(session)
    both: Counter[frozenset[str]] = Counter()
    for (giver, taker), times in found.items():
        both[frozenset((giver, taker))] += times
    pair, times = max(both.items(), key=lambda one: (one[1], sorted(one[0])))
    named = english_list(sorted(names.get(code, code) for code in pair))
    total = sum(found.values())
    return f"The work changes hands {counted(total, 'time')}, {times} of them between {named}."


def approval(session: Session) -> str:
    """At how many activities somebody decides, and how many of them come to the board."""
    steps = approval_steps(session)
    if not steps:
        return ""
    said = f"Somebody decides at {counted(len(steps), 'activity', 'activities')}"
    gates = sum(step.gate for step in steps)
    board = shorten(session.board.name, 60) if session.board else ""
    words = len([one for one in gate_activities(session).values() if not one])
    if gates or words:
        said += f"; {gates + words} come to the {board or 'board'}"
    return f"{said}."


def tier_lines(session: Session) -> str:
    """What the lightest tier saves, and what it leaves out that carries a risk."""
    order, whole = heaviest_first(session.tiers), tier_effort(session)
    if len(order) < 2 or whole is None:
        return ""
    lightest = order[-1]
    found = tier_effort(session, lightest.code)
    if found is None or found == whole:
        return ""
    said = (
        f"A {line_of(tier_name(lightest))} contract needs {found.activities} of "
        f"{counted(whole.activities, 'activity', 'activities')} and "
        f"{counted(found.hand_offs, 'hand-off')} instead of {whole.hand_offs}."
    )
    skipped = [
        f"{session.ref_by_id[activity.id]} ({shorten(issue.text, 60)})"
        for activity, issue in skipped_risks(session)
    ]
    if skipped:
        said += f" It leaves out a risk at {first_of(skipped, NAMED, IN_WORKBOOK)}."
    return said


def improving(session: Session) -> str:
    """What the group marked, what that saves, and where the map itself has a sign."""
    marked = count_marks(session)
    each = [f"{marked[kind]} {MARKED[kind]}" for kind in MARKED if marked[kind]]
    said = (
        f"Marked by the group: {english_list(each)}. {as_sentence(compare_figures(session))}"
        if each
        else ""
    )
    evidence = ImprovementEvidence(session)
    signs = sum(evidence.tells(one.id) for one in session.activities)
    if signs:
        said += (
            f" {counted(signs, 'activity is', 'activities are')} part of a long run with one lead, "
            "of work that goes there and back, or of an answer that leads back."
        )
    return said.strip()


def open_lines(session: Session) -> str:
    """What is not recorded or not agreed, and what the checks find."""
    facts = list(missing_summary(session)) if session.activities else []
    points = sum(bool(one.open_point) for one in session.activities)
    if points:
        facts.append(f"{counted(points, 'open point')} to settle")
    found = checked(session)
    errors = sum(one.level is FindingLevel.ERROR for one in found)
    if errors:
        facts.append(f"{counted(errors, 'error')} that the checks find")
    if notices := len(found) - errors:
        facts.append(f"{counted(notices, 'point')} for the group to look at")
    text = "; ".join(facts)
    return as_sentence(text[:1].upper() + text[1:])


# The risks: the issues coded as a risk or a time risk, and what is done about each.

MOST_RISKS = 6

TIME = "Time: "
"""What stands before a risk that is one of time."""

RISK_COLUMNS = (("Risk", 40), ("Where", 10), ("What is done about it", 50))


def risks(session: Session) -> Iterator[Block]:
    """A row a risk: those that nobody acts on first."""
    yield HeadingBlock("Risks")
    acting: dict[str, list[Action]] = {}
    for action in live(session.actions):
        acting.setdefault(action.issue, []).append(action)
    found = [one for one in open_issues(session) if one.code in RISKS]
    found.sort(key=lambda issue: issue.id in acting)
    names = carriers(session)
    about = "The open risks and time risks, where each stands, and what is done about it."
    rows = (_row(session, one, acting.get(one.id, []), names) for one in found[:MOST_RISKS])
    yield from table_block(about, RISK_COLUMNS, rows)
    if not found:
        yield ParagraphBlock("No risk is recorded that is still open.")
    if (more := len(found) - MOST_RISKS) > 0:
        yield ParagraphBlock(f"And {counted(more, 'risk')} more, {IN_WORKBOOK}.")


def _row(
    session: Session, issue: Issue, acting: list[Action], names: Mapping[str, str]
) -> tuple[str, ...]:
    return (
        f"{TIME * (issue.code is IssueCode.TIME)}{shorten(issue.text, CELL)}",
        place_label(session, issue.activity, shorten(issue.near, 40)),
        "; ".join(_said(action, names) for action in acting[:2]) or "No action yet",
    )


def _said(action: Action, names: Mapping[str, str]) -> str:
    owner = names.get(action.owner, shorten(action.owner, 40)) or NOBODY
    return f"{shorten(as_printed(action.text), 90)}: {owner}, {cell_day(action.due)}"
