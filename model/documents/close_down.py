"""The close-down list: what is still open over the whole session."""

import datetime as dt
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

from offwall.model.actions import Band, action_plan, band, live, rank
from offwall.model.actions.date_checks import check_dates, check_reviews
from offwall.model.actions.facts import Facts
from offwall.model.actions.next_steps import step_offers
from offwall.model.actions.plan import without_action, workload
from offwall.model.documents.mails import roles_without_people
from offwall.model.records import Action, Activity, Session, counted, line_of, say_date
from offwall.model.records.session import RemarkStatus
from offwall.model.records.text import english_list, quoted
from offwall.model.records.uses import no_id, role_name
from offwall.model.review import Finding, FindingLevel, findings
from offwall.model.review.checks import KIND as CLASH
from offwall.model.review.checks import PART_OUT, notice
from offwall.model.review.progress import settled
from offwall.model.review.second_session import MARKED, left_over, overdue
from offwall.model.setup import PhotoFileState, PhotoStatus
from offwall.model.setup.photos import say_photo
from offwall.model.store.presets.catalogues import CatalogueStep
from offwall.model.topics.topic_signs import topic_name

PhotoStates = Mapping[str, PhotoStatus]
"""What has become of the photos' files, by the photos' ids; none is told of that is not known."""


class OpenSection(StrEnum):
    """Under what the list says something, in its order."""

    PLAN = "The plan"
    PHOTOS = "Photos of the wall"
    CLASHES = "Conflicts"
    ERRORS = "To put right in the record"
    POINTS = "Open points"
    TOPICS = "Topics, issues, remarks"
    RECORD = "In the record"
    WAITING = "To confirm"


_BY_KIND = {
    "no owner": OpenSection.PLAN,
    "no date": OpenSection.PLAN,
    "not read": OpenSection.PLAN,
    PART_OUT: OpenSection.PLAN,
    "photo elsewhere": OpenSection.PHOTOS,
    CLASH: OpenSection.CLASHES,
    "open point": OpenSection.POINTS,
    "unconfirmed": OpenSection.WAITING,
}
"""Where the checks' findings stand, where their weight does not say it."""

_BOARD = {
    "purpose": "its purpose",
    "power": "whether it decides or advises",
    "reports_to": "whom it reports to",
    "chair": "its chair",
    "members": "its members",
    "secretary": "its secretary",
    "quorum": "its quorum",
    "meets": "how often it meets",
    "sees": "what it sees",
    "gates": "what comes to it",
    "conflicts": "conflicts of interest",
    "review_on": "its review date",
}
"""What a board's terms must say, where there is a board."""

MOST_ALIKE = 3
"""Findings of one kind that stand in lines of their own."""

ACTION, UNCONFIRMED = "action", "unconfirmed"
"""The kinds of a line that stands for several findings."""

Entries = Iterator[tuple[OpenSection, Finding]]


def close_down_list(
    session: Session,
    today: dt.date,
    catalogue: Iterable[CatalogueStep] = (),
    photo_states: PhotoStates | None = None,
) -> Mapping[OpenSection, tuple[Finding, ...]]:
    """All that is still open, under its sections; those with nothing in them are left out.

    ``catalogue`` are the next steps that are offered; ``photo_states`` what was found of the
    photos' files on this computer, as far as it was looked at.
    """
    found: dict[OpenSection, list[Finding]] = {section: [] for section in OpenSection}
    for entries in (
        _checked(session),
        _overdue(session, today),
        _shared_out(session, today),
        _offered(session, catalogue, today),
        ((OpenSection.PLAN, finding) for finding in check_dates(session)),
        ((OpenSection.PLAN, finding) for finding in check_reviews(session, today)),
        _photos(session, photo_states or {}),
        _topics(session),
        _recorded(session, today),
    ):
        for section, finding in entries:
            found[section].append(finding)
    return {section: _grouped(session, said) for section, said in found.items() if said}


_LACKS = {
    "no owner": "no owner",
    "no date": "no target date",
    "no score": "no score",
    "overdue": "overdue",
}
"""What an action lacks, by the finding that says so."""


def _grouped(session: Session, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """One line an action, with all that it lacks; one for all that is not confirmed, and one for
    many of a kind that are to be put right: mended, it makes way for the next.
    """
    found = [*found]
    alike = Counter(one.kind for one in found if one.level is FindingLevel.ERROR)
    told: set[str] = set()
    lacks: dict[str, list[str]] = {}
    waiting: list[Finding] = []
    lines: dict[str, Finding] = {}
    actions = {str(one.id): one for one in session.actions}
    for one in found:
        if one.kind in _LACKS and one.place in actions:
            said = lacks.setdefault(one.place, [])
            said.append(_LACKS[one.kind])
            lacking, text = english_list(said), quoted(actions[one.place].text)
            words = f"{lacking[0].upper()}{lacking[1:]}: action {text}; say it in the plan."
            lines[one.place] = notice(ACTION, one.place, words)
        elif one.kind == UNCONFIRMED:
            waiting.append(one)
        elif alike[one.kind] > MOST_ALIKE:
            if one.kind not in told:
                told.add(one.kind)
                so, todo = one.parts
                text = f"{so}, and {alike[one.kind] - 1:,} more like it; {todo}"
                lines[f"{len(lines)} {one.kind}"] = replace(one, text=text)
        else:
            lines[f"{len(lines)} {one.kind}"] = one
    if len(waiting) > 1:
        text = f"{len(waiting):,} activities are not confirmed; read them to the group."
        waiting = [replace(waiting[0], text=text)]
    return (*lines.values(), *waiting)


def without_kinds(
    found: Mapping[OpenSection, tuple[Finding, ...]], kinds: Container[str]
) -> Mapping[OpenSection, tuple[Finding, ...]]:
    """What is open but for some kinds of finding; a section with nothing left is left out."""
    left = {
        section: tuple(one for one in said if one.kind not in kinds)
        for section, said in found.items()
    }
    return {section: said for section, said in left.items() if said}


def count_open(found: Mapping[OpenSection, tuple[Finding, ...]]) -> int:
    """How many things are open."""
    return sum(map(len, found.values()))


def _checked(session: Session) -> Entries:
    """What the checks find; an activity with an open point waits for that and nothing else."""
    for finding in findings(session):
        waits = finding.kind == "unconfirmed"
        if not (waits and settled(session.activity_by_id[finding.place])):
            usual = (
                OpenSection.ERRORS if finding.level is FindingLevel.ERROR else OpenSection.RECORD
            )
            yield _BY_KIND.get(finding.kind, usual), finding


def _overdue(session: Session, today: dt.date) -> Entries:
    """Actions that should have been done, and those that nobody could rank."""
    for action in action_plan(session):
        if overdue(action, today) and action.due:
            said = f"{_called(action)} was due on {say_date(action.due)}"
            text = f"{said}; say how far it is, or give another date."
            yield OpenSection.PLAN, notice("overdue", action.id, text)
    for action in live(rank(session)):
        if band(action, session.approvals) is Band.UNSCORED:
            text = f"{_called(action)} has no impact or no effort; score it, so that it ranks."
            yield OpenSection.PLAN, notice("no score", action.id, text)


def _shared_out(session: Session, today: dt.date) -> Entries:
    """Who has nothing to do, and who, and which week, has too much."""
    if not live(session.actions):
        text = "No action is to be done; take next steps over into the plan."
        yield OpenSection.PLAN, notice("offered", "", text)
        return
    for person in without_action(session):
        text = f"{quoted(person.name)} of the core group has no action; see whether one is theirs."
        yield OpenSection.PLAN, notice("no action", person.id, text)
    for code, held in roles_without_people(session).items():
        owns = f"{quoted(role_name(session, code))} owns {counted(len(held), 'action')}"
        text = f"{owns} and nobody on the list of people has that role; say who, or tell them."
        yield OpenSection.PLAN, notice("nobody holds", code, text)
    found = workload(session, today)
    for load in found.loads:
        if load.too_many:
            has = f"{quoted(load.name)} has {counted(len(load.actions), 'action')}"
            even = f"{round(found.share, 1):g}"
            text = f"{has}, where an even share is {even}; see who else could take some."
            yield OpenSection.PLAN, notice("too many", load.key, text)
    for week in found.weeks:
        if week.too_many:
            due = counted(len(week.actions), "action")
            text = f"{due} are due in the week of {say_date(week.monday)}; move some."
            yield OpenSection.PLAN, notice("full week", "", text, week.monday.isoformat())


def _offered(session: Session, catalogue: Iterable[CatalogueStep], today: dt.date) -> Entries:
    """How many of the next steps that are offered nobody took over; they are only offered."""
    waiting = sum(not offer.taken for offer in step_offers(session, catalogue, today))
    if waiting and live(session.actions):
        verb = "is" if waiting == 1 else "are"
        said = f"{counted(waiting, 'next step')} offered {verb} not in the plan"
        yield OpenSection.PLAN, notice("offered", "", f"{said}; see which you want.")


def _photos(session: Session, states: PhotoStates) -> Entries:
    """Photos still to be filed, those of which the file is not what it was, or no photo at all."""
    if not session.photos and session.activities:
        text = "No photo of the wall is listed; list it, or who has it."
        yield OpenSection.PHOTOS, notice("no photo", "", text)
    for photo in session.photos:
        state = states.get(photo.id)
        if not photo.path:
            by = (
                f", taken by {quoted(no_id(photo.taken_by))},"
                if photo.taken_by and photo.caption
                else ""
            )
            name = quoted(say_photo(photo))
            text = f"Photo {name}{by} is still to be filed; name its file when it is here."
            yield OpenSection.PHOTOS, notice("to file", photo.id, text)
        elif state and state.state is not PhotoFileState.FILED:
            yield OpenSection.PHOTOS, notice(f"photo {state.state}", photo.id, state.sentence)


def _topics(session: Session) -> Entries:
    """Topics without an outcome, issues that nothing follows from, remarks that wait."""
    section = OpenSection.TOPICS
    for topic in session.topics:
        if not topic.outcome.strip():
            name = quoted(topic_name(session, topic))
            text = f"Topic {name} has no outcome; write down what came of it."
            yield section, notice("no outcome", topic.id, text)
    yield from _issues(session)
    for remark in session.remarks:
        if remark.status is RemarkStatus.OPEN:
            by = f" by {quoted(remark.by)}" if remark.by else ""
            text = f"Remark{by} waits: {quoted(remark.text)}; take it over, or close it."
            yield section, notice("remark", remark.id, text, remark.on)
    lacking = [words for name, words in _BOARD.items() if not getattr(session.board, name, True)]
    if lacking:
        text = f"The board's terms of reference do not say yet: {english_list(lacking)}."
        yield section, notice("board", "", text)


def _issues(session: Session) -> Entries:
    """Issues that are not closed and that no action answers, the parked ones first."""
    for issue in sorted(Facts(session).unanswered, key=lambda one: not one.parked):
        name = f"{'Parked issue' if issue.parked else 'Issue'} {quoted(issue.text)}"
        text = f"{name} is open and has no action; make one of it, or close it."
        yield OpenSection.TOPICS, notice("issue", issue.id, text)


def _recorded(session: Session, today: dt.date) -> Entries:
    """Stages in which nothing is recorded, and marks of last time that nobody went through."""
    if not session.stages:
        text = "No stage is named; name those that run across the wall."
        yield OpenSection.RECORD, notice("no stage", "", text)
    held = session.workshop
    if session.activities and not (line_of(held.starts) and line_of(held.ends)):
        text = "What starts the process, and what ends it, is not said; say both in set up (0)."
        yield OpenSection.RECORD, notice("no scope", "", text)
    for stage in session.stages:
        if not session.by_stage[stage.id]:
            text = f"Nothing is recorded in {stage.id}; record it, or take the stage away."
            yield OpenSection.RECORD, notice("empty stage", stage.id, text)
    for one in left_over(session, today):
        marked = isinstance(one.record, Activity) and one.record.improve in MARKED
        if marked and not one.gone_through:
            ref = session.ref_by_id[one.id]
            text = f"{ref} was marked last time, to change or to drop; say what came of it."
            yield OpenSection.RECORD, notice("left over", one.id, text)


def _called(action: Action) -> str:
    return f"Action {quoted(action.text)}"
