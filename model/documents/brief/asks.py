"""What a reader is asked to approve, support and note, why, and the plan; the author's page."""

import datetime as dt
from collections.abc import Iterator, Sequence

from offwall.model.actions import Band, action_plan, band, live, rank
from offwall.model.actions.facts import DateKind, Facts, cell_day, full_date, uncapitalised
from offwall.model.actions.plan import missing_in_action
from offwall.model.actions.ranking import rung_name
from offwall.model.documents.brief.readers import Asked, Audience, asked_of, ladder_place
from offwall.model.documents.paper import Bullets, Heading, PageBreak, Paragraph, Part, table
from offwall.model.records import Action, Improve, Session, counted, line_of
from offwall.model.records.changes import once
from offwall.model.records.text import as_sentence, english_list, first_of, fold, shorten
from offwall.model.review.progress import as_printed
from offwall.model.topics.improvement import compare_figures, count_marks
from offwall.model.topics.tiers import RISKS

CELL = 110
"""Characters of the session's own text in a cell of a table that has to stay short."""

IN_APPENDIX = "in the appendix"

MOST_ASKED = 8
"""Recommendations of a kind in the first two pages; the appendix has all."""

TITLE = "What you are asked to do"

WHY = "Why"
ASKED_COLUMNS = (("Recommendation", 29), (WHY, 26), ("Owner", 19), ("Approval and dates", 26))


def recommended(session: Session) -> tuple[Action, ...]:
    """The improvements still to be made: the highest approval first, then as the group ranks."""
    ladder = session.approvals
    ranked = live(rank(session))
    return tuple(sorted(ranked, key=lambda one: ladder_place(one.approval, ladder), reverse=True))


@once
def by_request(session: Session, audience: Audience) -> dict[Asked, tuple[Action, ...]]:
    """The recommendations under what this reader is asked to do with them."""
    found = [
        (action, asked_of(audience, action, session.approvals)) for action in recommended(session)
    ]
    return {kind: tuple(one for one, asked in found if asked is kind) for kind in Asked}


def what_is_asked(facts: Facts, audience: Audience) -> Iterator[Part]:
    """The section that comes first: in three lines, then a table for each."""
    yield Heading(TITLE)
    found = {kind: own for kind, own in by_request(facts.session, audience).items() if own}
    if not found:
        yield Paragraph("The group has not agreed any recommendation yet.")
        return
    rungs = dict.fromkeys(rung_name(one.approval) for one in found.get(Asked.SUPPORT, ()))
    goes_on = f"on for a decision: {'; '.join(rungs)}."
    lines = {  # of one change, and of more
        Asked.APPROVE: ("within your authority.", "within your authority."),
        Asked.SUPPORT: (f"that goes {goes_on}", f"that go {goes_on}"),
        Asked.NOTE: ("that does not need your approval.", "that do not need your approval."),
    }
    yield Bullets(
        tuple(
            Paragraph(f"{counted(len(own), 'change')} {lines[kind][len(own) > 1]}", f"{kind}:")
            for kind, own in found.items()
        )
    )
    for kind, actions in found.items():
        yield Heading(str(kind), 2)
        yield from asked_table(facts, actions[:MOST_ASKED], kind)
        if (more := len(actions) - MOST_ASKED) > 0:
            yield Paragraph(f"And {more} more, {IN_APPENDIX}.")


def asked_table(facts: Facts, actions: Sequence[Action], kind: str) -> tuple[Part, ...]:
    """Recommendations as rows, each with its owner by name and its dates; with its reason, where
    one of them has one.
    """
    why = any(map(facts.reason, actions))
    about = f"{kind}: each recommendation, {'why, ' * why}who owns it, whose approval it needs and "
    columns = [column for column in ASKED_COLUMNS if why or column[0] != WHY]
    rows = (_asked_row(facts, action, why=why) for action in actions)
    return table(f"{about}by when.", columns, rows)


def _asked_row(facts: Facts, action: Action, *, why: bool) -> tuple[str, ...]:
    quick = band(action, facts.session.approvals) is Band.QUICK_WIN
    text = shorten(as_printed(action.text), CELL)
    measure = line_of(action.success_measure)
    told = (
        as_sentence(text) if quick or measure else text,
        "Quick win." if quick else "",
        f"Success is measured by: {as_sentence(shorten(measure, CELL))}" if measure else "",
    )
    approval = facts.approval(action) or "Approval not named yet"
    return (
        " ".join(filter(None, told)),
        *([facts.reason(action) or "No issue is linked to it"] if why else []),
        facts.owner(action),
        f"{as_sentence(approval)} {as_sentence(facts.when(action))}",
    )


# Why, in three sentences; and the options, where the session has them.


def why(facts: Facts, audience: Audience) -> Iterator[Part]:
    """The sentences under their heading; nothing where there is none."""
    if said := reasons(facts, audience):
        yield Heading(WHY)
        yield Paragraph(" ".join(said))


def reasons(facts: Facts, audience: Audience) -> tuple[str, ...]:
    """The aim, what the group raised, and what the recommendations answer, a sentence each."""
    aim = shorten(facts.session.workshop.purpose, 300)
    found = by_request(facts.session, audience)
    order = (*found[Asked.APPROVE], *found[Asked.SUPPORT], *found[Asked.NOTE])
    answered_by = [*dict.fromkeys(filter(None, map(facts.reason, order)))]
    answered = english_list(f"“{text}”" for text in answered_by[:3])
    lead = "The recommendation answers" if len(order) == 1 else "The recommendations answer"
    these = "this" if len(answered_by) == 1 else "these first"
    said = (
        f"The aim: {as_sentence(uncapitalised(aim))}" if aim else "",
        _raised_in_all(facts),
        f"{lead} {these}: {answered}." if answered else "",
    )
    return tuple(filter(None, said))


def _raised_in_all(facts: Facts) -> str:
    number, without = len(facts.open_issues), len(facts.unanswered)
    if not number:
        return ""
    if not without:
        so = "with" if number == 1 else "each with"
    elif without == number:
        so = "without" if number == 1 else "none with"
    else:
        so = f"{number - without} with"
    return f"{counted(number, 'issue is', 'issues are')} open, {so} an action."


OPTION_COLUMNS = (("Option", 28), ("What it means", 72))
SIDE_COLUMNS = (("Option", 32), ("For", 34), ("Against", 34))


def options(facts: Facts) -> Iterator[Part]:
    """Those of the process, then those of each issue that was explored; nothing without any."""
    if found := (*_of_process(facts), *_of_issues(facts)):
        yield Heading("Options")
        yield from found


def _of_issues(facts: Facts) -> Iterator[Part]:
    for issue in facts.open_issues:
        if not issue.options:
            continue
        yield Heading(shorten(issue.text, CELL), 2)
        if line_of(issue.causes):
            yield Paragraph(as_sentence(shorten(issue.causes, 300)), "What causes it:")
        rows = [
            (shorten(option.text, CELL), shorten(option.speaks_for), shorten(option.against))
            for option in issue.options
        ]
        yield from table("The options, what speaks for each and against.", SIDE_COLUMNS, rows)
        wanted, decides = as_sentence(shorten(issue.preferred)), facts.called(issue.decides)
        said = f"{decides} decides." if decides else "It is not said yet who decides."
        yield Paragraph(f"The group prefers: {wanted} {said}" if issue.preferred else said)


def _of_process(facts: Facts) -> Iterator[Part]:
    """Leave it as it is, or change it as marked; nothing where nothing is marked to drop or new."""
    marks = count_marks(facts.session)
    if not (marks[Improve.DROP] or marks[Improve.NEW]) or not facts.session.activities:
        return
    open_ones = len(facts.open_issues)
    stay = f"{counted(open_ones, 'open issue stays', 'open issues stay')} as described here."
    now, _, then = compare_figures(facts.session).partition("; ")
    rows = (
        ("Leave as it is", f"{as_sentence(now)} {stay}"),
        ("Change as the group proposes", as_sentence(then[:1].upper() + then[1:])),
    )
    yield from table("The options, and what each means.", OPTION_COLUMNS, rows)


# The plan: who does what by when, the soonest first; printed once.

MOST_PLANNED = 10
"""Actions that the first pages hold; a longer plan stands in the appendix alone."""

PLAN_COLUMNS = (("By", 15), ("What", 49), ("Who", 36))


def plan_section(facts: Facts) -> Iterator[Part]:
    """The plan, or where it is long its length and what decides it; what it still lacks."""
    yield Heading("The plan")
    found = in_time(facts.session)
    dated = [one.due for one in found if one.due]
    if len(found) <= MOST_PLANNED:
        yield from plan_table(facts, found)
    else:
        spans = f", from {full_date(dated[0])} to {full_date(dated[-1])}" if dated else ""
        yield Paragraph(f"The plan has {len(found)} actions{spans}. It is {IN_APPENDIX}.")
    if not found:
        return
    if lacking := sum(map(missing_in_action, found)):
        said = counted(lacking, "action has", "actions have")
        yield Paragraph(f"{said} no owner or no date yet.")
    yield from meetings(facts.session)


def whole_plan(facts: Facts) -> Iterator[Part]:
    """The plan and the recommendations that the first pages cut."""
    found = in_time(facts.session)
    if len(found) > MOST_PLANNED:
        yield Heading("Appendix: the plan")
        yield from plan_table(facts, found)


def in_time(session: Session) -> tuple[Action, ...]:
    """The actions still to be done, by target date; those without one come last."""
    return tuple(sorted(live(action_plan(session)), key=lambda action: action.due or dt.date.max))


def plan_table(facts: Facts, actions: Sequence[Action]) -> tuple[Part, ...]:
    """Actions as rows; a sentence where there is none."""
    about = "What is to be done, by which date and by whom; the soonest comes first."
    rows = ((facts.day(o), shorten(as_printed(o.text), CELL), facts.who(o)) for o in actions)
    return table(about, PLAN_COLUMNS, rows) or (Paragraph("No action is agreed yet."),)


def meetings(session: Session) -> Iterator[Part]:
    """The meetings that decide, by date."""
    dated = sorted(
        (meeting.date, shorten(meeting.body, 60)) for meeting in session.meetings if meeting.date
    )
    if dated:
        said = english_list(f"{rung_name(body)} on {full_date(date)}" for date, body in dated)
        yield Paragraph(f"{said}.", "Meetings:")


# A page for the author of a committee's report: what it needs and nobody knows yet.
#
# Councils' templates ask for these: equalities come from the public sector equality duty (section
# 149 of the Equality Act 2010), exempt information from Schedule 12A to the Local Government Act
# 1972, and key decisions from SI 2012/2089.

AUTHOR_COLUMNS = (("Section", 20), ("What to say there", 44), ("Raised at the workshop", 36))

NOT_RAISED = "Nothing raised"

KINDS = (
    ("Finance", "What it costs or saves, and from which budget.", ("151", "financ", "budget")),
    ("Legal", "The power to decide, and any duty.", ("legal", "monitoring", "solicitor")),
    ("HR", "Effect on posts, duties and training.", ("hr", "human resources", "personnel")),
    ("Equalities", "Whether an impact assessment was screened for, and the result.", ("equalit",)),
    ("Risk", "The main risks and what reduces them.", ("risk", "insurance")),
    ("Data protection", "Whether personal data is affected.", ("data protection", "information")),
    ("Procurement", "Effect on contracts and procurement rules.", ("procurement", "commercial")),
    ("Climate", "Effect on carbon and the environment.", ("climate", "environment", "carbon")),
)
"""Each kind of implication, what belongs there, and how the words begin that name its adviser."""


def authors_page(facts: Facts) -> Iterator[Part]:
    """What a committee's report has and a workshop cannot say."""
    yield PageBreak()
    yield Heading("For the author: what the report still needs")
    yield Paragraph(
        "This page is not part of the report. Take it out before the report is published."
    )
    rows = (
        *_governance(facts),
        *_implications(facts),
        ("Clearance", "Who cleared the report, and when.", NOT_RAISED),
        (
            "Background papers",
            "What was relied on, and where to read it.",
            "The process map, the RACI and the action plan",
        ),
    )
    yield from table("What a committee's report needs, section by section.", AUTHOR_COLUMNS, rows)


def _governance(facts: Facts) -> Iterator[tuple[str, str, str]]:
    notices = [
        f"{shorten(as_printed(action.text), 60)}: notice by {cell_day(date.date)}"
        for action in recommended(facts.session)
        for date in facts.dates(action)
        if date.kind is DateKind.NOTICE
    ]
    held = facts.session.workshop.date
    met = f"The workshop of {full_date(held)}" if held else "The workshop"
    others = "See Options" if any(options(facts)) else NOT_RAISED
    yield "Key decision", "Yes or no; where yes, when notice was given.", _raised(notices)
    yield "Open or exempt", "Open, or the paragraph of Schedule 12A that exempts it.", NOT_RAISED
    yield "Wards affected", "All, or which.", NOT_RAISED
    yield "Consultation", "Who was asked, when, and what they said.", met
    yield "Reasons", "Why this option was chosen.", "See Why, and the reason in each row"
    yield "Other options", "Each, and why it was not chosen; leaving it as it is too.", others


def _implications(facts: Facts) -> Iterator[tuple[str, str, str]]:
    for kind, what, words in KINDS:
        found = [
            f"{line_of(need)}: {shorten(as_printed(action.text), 60)}"
            for action in recommended(facts.session)
            for need in action.needs
            if any(f" {word}" in f" {fold(need.replace('/', ' '))}" for word in words)
        ]
        if kind == "Risk" and any(one.code in RISKS for one in facts.open_issues):
            found.insert(0, "See Risks")
        yield f"{kind} implications", what, _raised(found)


def _raised(found: Sequence[str]) -> str:
    return first_of(found, 2, IN_APPENDIX) if found else NOT_RAISED
