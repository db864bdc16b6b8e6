"""What the group said and what the record shows: issues by stage, open points, figures, risks."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from offwall.model.actions.facts import Facts, the
from offwall.model.documents.brief.asks import CELL
from offwall.model.documents.paper import Bullets, Heading, Paragraph, Part, table
from offwall.model.process import place_label
from offwall.model.process.graph import edges_by_activity, hand_offs
from offwall.model.process.raci import HALF, role_loads
from offwall.model.records import Improve, Issue, IssueCode, Session, Stage, counted, line_of
from offwall.model.records.text import as_sentence, english_list, first_of, shorten
from offwall.model.topics import heaviest_first
from offwall.model.topics.board import gate_activities
from offwall.model.topics.improvement import compare_figures, count_marks
from offwall.model.topics.tiers import RISKS, skipped_risks, tier_effort

NAMED = 2
"""How many of a kind are named; more are counted."""

ISSUE_NOUNS = {
    IssueCode.DOCUMENTATION: ("gap in documentation", "gaps in documentation"),
    IssueCode.GOVERNANCE: ("gap in governance", "gaps in governance"),
    IssueCode.TIME: ("time risk", "time risks"),
    IssueCode.RISK: ("risk in the current process", "risks in the current process"),
    None: ("other issue", "other issues"),
}
"""The codes on the wall, one and many."""

MARKED = {Improve.CHANGE: "to change", Improve.DROP: "to drop", Improve.NEW: "new"}
"""What the group wants to do with an activity, where it is not to keep it."""


def what_was_found(facts: Facts) -> Iterator[Part]:
    """The section: a line a finding, its subject first."""
    session = facts.session
    yield Heading("Findings")
    kinds = (
        ("Issues:", issue_lines(facts)),
        ("Roles:", role_lines(facts)),
        ("Hand-offs:", handing_over(facts)),
        ("Decisions:", decision_points(session)),
        ("Tiers:", tier_lines(session)),
        ("Improvements:", improving(session)),
    )
    found = tuple(Paragraph(text, lead) for lead, text in kinds if text)
    yield Bullets(found) if found else Paragraph("Nothing is recorded yet.")
    yield from still_open(facts)


def issue_lines(facts: Facts) -> str:
    """How many issues are open, of which kind, and how many nobody acts on."""
    found = facts.open_issues
    if not found:
        return ""
    kinds = Counter(one.code for one in found if not one.parked)
    each = [
        f"{kinds[code]} {nouns[kinds[code] > 1]}"
        for code, nouns in ISSUE_NOUNS.items()
        if kinds[code]
    ]
    if parked := sum(one.parked for one in found):
        each.append(f"{parked} parked for another day")
    said = english_list(each)
    what = f"{counted(len(found), 'issue is', 'issues are')} open: {said}."
    return f"{what} {_without_action(len(facts.unanswered), len(found))}"


def _without_action(without: int, every: int) -> str:
    if not without:
        return "It has an action." if every == 1 else "Each has an action."
    if without == every:
        return "It has no action yet." if every == 1 else "None has an action yet."
    return f"{counted(without, 'has', 'have').replace('1 ', 'One ')} no action yet."


def role_lines(facts: Facts) -> str:
    """Who answers for most, and where nobody leads or answers."""
    session = facts.session
    names, every = facts.names, session.activities
    if not every:
        return ""
    said = [
        f"{names[code]} {verb} {_of(number, len(every))}"
        for code, load in role_loads(session).items()
        for verb, number in (
            ("answers for", load.accountable),
            ("does the work of", load.responsible),
        )
        if number > HALF * len(every)
    ]
    nobody = (
        (sum(not one.lead for one in every), "a lead"),
        (sum(not one.accountable for one in every), "an accountable role"),
    )
    lacks = [
        f"no activity has {what}"
        if n == len(every)
        else f"{counted(n, 'activity is', 'activities are')} without {what}"
        for n, what in nobody
        if n
    ]
    complete = ["every activity has a lead and an accountable role"]
    text = "; ".join([*said, *(lacks or complete)])
    return as_sentence(text[:1].upper() + text[1:])


def _of(number: int, every: int) -> str:
    if number == every:
        return "the only activity" if every == 1 else f"all {every} activities"
    return f"{number} of {every} activities"


def handing_over(facts: Facts) -> str:
    """How many steps from one activity to the next change the lead, and between which two most."""
    found = hand_offs(facts.session)
    if not found:
        return ""
    every = edges_by_activity(facts.session)
    steps = {(edge.start, edge.to) for ways in every.values() for edge in ways if edge.to in every}
    both = Counter[frozenset[str]]()
    for way, times in found.items():
        both[frozenset(way)] += times
    pair, times = max(both.items(), key=lambda one: (one[1], sorted(one[0])))
    named = english_list(sorted(facts.names.get(code, code) for code in pair))
    total = sum(found.values())
    pass_on = "passes" if total == 1 else "pass"
    between = ", always" if total == times else f"; {times} of them"
    return (
        f"Of {counted(len(steps), 'step')} from one activity to the next, {total} {pass_on} the "
        f"work to another lead{between} between {named}."
    )


def decision_points(session: Session) -> str:
    """How many decisions there are, and how many steps come to the board."""
    number = sum(bool(activity.decision) for activity in session.activities)
    gates = len(gate_activities(session))
    board = the(shorten(session.board.name, 60) if session.board else "") or "the board"
    verb = "is" if number == 1 else "are"
    said = f"There {verb} {counted(number, 'decision point')}." if number else ""
    come = f"{counted(gates, 'step comes', 'steps come')} to {board}." if gates else ""
    return f"{said} {come}".strip()


def tier_lines(session: Session) -> str:
    """What the lightest tier saves, and what it leaves out that carries a risk."""
    order, whole = heaviest_first(session.tiers), tier_effort(session)
    if len(order) < 2 or whole is None:
        return ""
    lightest = order[-1]
    found = tier_effort(session, lightest.code)
    if found is None or found == whole:
        return ""
    name = line_of(lightest.label)
    said = (
        f"{name} needs {found.activities} of {counted(whole.activities, 'activity', 'activities')} "
        f"and {counted(found.hand_offs, 'hand-off')} instead of {whole.hand_offs}."
    )
    skipped = [
        f"{session.ref_by_id[activity.id]} {shorten(activity.text, 60)} (“{shorten(issue.text)}”)"
        for activity, issue in skipped_risks(session)
    ]
    if not skipped:
        return said
    named = first_of(skipped, NAMED, "in the appendix")
    return f"{said} It omits a step at which the group saw a risk: {named}."


def improving(session: Session) -> str:
    """What the group marked, and what that saves."""
    marked = count_marks(session)
    each = [f"{marked[kind]} {words}" for kind, words in MARKED.items() if marked[kind]]
    if not each:
        return ""
    number = sum(marked[kind] for kind in MARKED)
    verb = "activity is" if number == 1 else "activities are"
    return f"{number} {verb} marked: {english_list(each)}. {as_sentence(compare_figures(session))}"


def still_open(facts: Facts) -> Iterator[Part]:
    """The open points in the group's words, and how much is not confirmed or not recorded."""
    session = facts.session
    empty = [
        f"“{shorten(stage.name, 60) or line_of(stage.id)}”"
        for stage in session.stages
        if not session.by_stage[stage.id]
    ]
    lines = [
        f"{session.ref_by_id[activity.id]} {shorten(activity.text, 80)}: "
        f"{as_sentence(shorten(activity.open_point))}"
        for activity in session.in_order
        if line_of(activity.open_point)
    ]
    if session.activities and empty:
        lines.append(f"No activity is recorded in {english_list(empty)}.")
    if lines:
        yield Heading("Still to be agreed", 2)
        yield Bullets.of(lines)


# Every issue, stage after stage, with what is done about it.

ISSUE_COLUMNS = (("Issue", 44), ("Where", 12), ("What is done about it", 44))

KIND = {
    IssueCode.DOCUMENTATION: "Documentation: ",
    IssueCode.GOVERNANCE: "Governance: ",
    IssueCode.TIME: "Time: ",
    IssueCode.RISK: "Risk: ",
    None: "",
}
"""What stands before an issue: its code in words."""

PARKED = "Parked for another day"

NOT_PLACED = "Not placed on the map"


def issues_by_stage(facts: Facts, heading: str) -> Iterator[Part]:
    """All issues under their stages, then those without a place, then the parked ones."""
    if not facts.session.issues:
        return
    yield Heading(heading)
    groups: dict[str, list[Issue]] = defaultdict(list)
    for issue in facts.session.issues:
        groups[_group(facts.session, issue)].append(issue)
    for title in [*map(_stage_title, facts.session.stages), NOT_PLACED, PARKED]:
        if title in groups:
            yield Heading(title, 2)
            about = f"The issues of “{title}”, and what is done about each."
            yield from table(about, ISSUE_COLUMNS, (_issue(facts, one) for one in groups[title]))


def _stage_title(stage: Stage) -> str:
    return shorten(stage.name, 80) or line_of(stage.id)


def _group(session: Session, issue: Issue) -> str:
    if issue.parked:
        return PARKED
    activity = session.activity_by_id.get(issue.activity)
    stage = session.stage_by_id.get(activity.stage) if activity else None
    return _stage_title(stage) if stage else NOT_PLACED


def _issue(facts: Facts, issue: Issue) -> tuple[str, ...]:
    return (
        f"{KIND[issue.code]}{shorten(issue.text)}",
        place_label(facts.session, issue.activity, shorten(issue.near, 40)),
        facts.answer(issue),
    )


# The risks: the issues coded as a risk or a time risk, and what is done about each.

MOST_RISKS = 6

RISK_COLUMNS = (("Risk", 40), ("Where", 10), ("What is done about it", 50))


def risks(facts: Facts) -> Iterator[Part]:
    """A row a risk: those that nobody acts on first."""
    yield Heading("Risks")
    found = [one for one in facts.open_issues if one.code in RISKS]
    found.sort(key=lambda issue: bool(facts.answers(issue)))
    about = "The open risks and time risks, where each stands, and what is done about it."
    rows = (_issue(facts, one) for one in found[:MOST_RISKS])
    yield from table(about, RISK_COLUMNS, ((shorten(words, CELL), *rest) for words, *rest in rows))
    if not found:
        yield Paragraph("No open risk is recorded.")
    if (more := len(found) - MOST_RISKS) > 0:
        yield Paragraph(f"And {counted(more, 'more risk')}, in the appendix.")
