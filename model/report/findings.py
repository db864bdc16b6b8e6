"""What the afternoon found, in figures that the session itself bears out."""

from collections import Counter
from collections.abc import Iterator

from model.challenge import Evidence
from model.checks import Level
from model.checks import findings as checked
from model.edits.answers import counted
from model.edits.texts import line_of
from model.flow import hand_offs
from model.governance import approval_steps, gate_activities
from model.lacking import lacking
from model.proposal import compared, marks
from model.raci import HALF, loads
from model.report.content import Block, Bullets, Heading, Paragraph
from model.report.words import called, ended, first_of, listed, short
from model.session import Improve, Issue, IssueCode, IssueStatus, Session
from model.tier_costs import cost, skipped_risks
from model.tiering import called as tier_name
from model.tiering import heaviest_first

NAMED = 2
"""How many of a kind are named; more are counted."""

IN_WORKBOOK = "in the workbook"

NOUNS = {
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
    yield Heading("Findings")
    kinds = (
        ("Issues:", issues(session)),
        ("Roles:", roles(session)),
        ("Hand-offs:", handing_over(session)),
        ("Approval:", approval(session)),
        ("Tiers:", tiers(session)),
        ("Could improve:", improving(session)),
        ("Still open:", still_open(session)),
    )
    found = tuple(Paragraph(text, lead) for lead, text in kinds if text)
    yield Bullets(found) if found else Paragraph("There is nothing to count yet.")


def issues(session: Session) -> str:
    """How many issues are open, of which kind, and how many nobody acts on."""
    found = open_issues(session)
    if not found:
        return ""
    kinds = Counter(one.code for one in found if not one.parked)
    each = [f"{kinds[code]} {NOUNS[code][kinds[code] > 1]}" for code in NOUNS if kinds[code]]
    parked = sum(one.parked for one in found)
    said = listed([*each, *([f"{parked} parked for another day"] if parked else [])])
    acted_on = {action.issue for action in session.actions}
    without = sum(one.id not in acted_on for one in found)
    rest = f" {without} of them have no action yet." if without else " Each has an action."
    return f"{counted(len(found), 'issue is', 'issues are')} open: {said}.{rest}"


def open_issues(session: Session) -> tuple[Issue, ...]:
    """The issues that are not closed."""
    return tuple(one for one in session.issues if one.status is not IssueStatus.CLOSED)


def roles(session: Session) -> str:
    """Who answers for most, and where nobody leads or answers."""
    names, every = called(session), session.activities
    if not every:
        return ""
    said = [
        f"{names[code]} {verb} {number} of {len(every)} activities"
        for code, load in loads(session).items()
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
    return ended(text[:1].upper() + text[1:])


def handing_over(session: Session) -> str:
    """How often the work changes hands, and between which two most often."""
    found = hand_offs(session)
    if not found:
        return ""
    names = called(session)
    both: Counter[frozenset[str]] = Counter()
    for (giver, taker), times in found.items():
        both[frozenset((giver, taker))] += times
    pair, times = max(both.items(), key=lambda one: (one[1], sorted(one[0])))
    named = listed(sorted(names.get(code, code) for code in pair))
    total = sum(found.values())
    return f"The work changes hands {counted(total, 'time')}, {times} of them between {named}."


def approval(session: Session) -> str:
    """At how many activities somebody decides, and how many of them come to the board."""
    steps = approval_steps(session)
    if not steps:
        return ""
    said = f"Somebody decides at {counted(len(steps), 'activity', 'activities')}"
    gates = sum(step.gate for step in steps)
    board = short(session.board.name, 60) if session.board else ""
    words = len([one for one in gate_activities(session).values() if not one])
    if gates or words:
        said += f"; {gates + words} come to the {board or 'board'}"
    return f"{said}."


def tiers(session: Session) -> str:
    """What the lightest tier saves, and what it leaves out that carries a risk."""
    order, whole = heaviest_first(session.tiers), cost(session)
    if len(order) < 2 or whole is None:
        return ""
    lightest = order[-1]
    found = cost(session, lightest.code)
    if found is None or found == whole:
        return ""
    said = (
        f"A {line_of(tier_name(lightest))} contract needs {found.activities} of "
        f"{counted(whole.activities, 'activity', 'activities')} and "
        f"{counted(found.hand_offs, 'hand-off')} instead of {whole.hand_offs}."
    )
    skipped = [
        f"{session.ref_by_id[activity.id]} ({short(issue.text, 60)})"
        for activity, issue in skipped_risks(session)
    ]
    if skipped:
        said += f" It leaves out a risk at {first_of(skipped, NAMED, IN_WORKBOOK)}."
    return said


def improving(session: Session) -> str:
    """What the group marked, what that saves, and where the map itself has a sign."""
    marked = marks(session)
    each = [f"{marked[kind]} {MARKED[kind]}" for kind in MARKED if marked[kind]]
    said = f"Marked by the group: {listed(each)}. {ended(compared(session))}" if each else ""
    evidence = Evidence(session)
    signs = sum(evidence.tells(one.id) for one in session.activities)
    if signs:
        said += (
            f" {counted(signs, 'activity is', 'activities are')} part of a long run with one lead, "
            "of work that goes there and back, or of an answer that leads back."
        )
    return said.strip()


def still_open(session: Session) -> str:
    """What is not recorded or not agreed, and what the checks find."""
    facts = list(lacking(session)) if session.activities else []
    points = sum(bool(one.open_point) for one in session.activities)
    if points:
        facts.append(f"{counted(points, 'open point')} to settle")
    found = checked(session)
    errors = sum(one.level is Level.ERROR for one in found)
    if errors:
        facts.append(f"{counted(errors, 'error')} that the checks find")
    if notices := len(found) - errors:
        facts.append(f"{counted(notices, 'point')} for the group to look at")
    text = "; ".join(facts)
    return ended(text[:1].upper() + text[1:])
