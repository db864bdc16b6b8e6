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
from offwall.model.setup.photos import PhotoFileState, PhotoStatus, say_photo
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


ACTION, UNCONFIRMED = "action", "unconfirmed"
"""The kinds of a line that stands for several findings."""

_BY_KIND = {
    "no owner": OpenSection.PLAN,
    "no date": OpenSection.PLAN,
    "not read": OpenSection.PLAN,
    PART_OUT: OpenSection.PLAN,
    "photo elsewhere": OpenSection.PHOTOS,
    CLASH: OpenSection.CLASHES,
    "open point": OpenSection.POINTS,
    UNCONFIRMED: OpenSection.WAITING,
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
    for finding in findings(session):
        # An activity with an open point waits for that and nothing else.
        if finding.kind != UNCONFIRMED or not settled(session.activity_by_id[finding.place]):
            error = finding.level is FindingLevel.ERROR
            usual = OpenSection.ERRORS if error else OpenSection.RECORD
            found[_BY_KIND.get(finding.kind, usual)].append(finding)
    found[OpenSection.PLAN] += [
        *_overdue(session, today),
        *_shared_out(session, catalogue, today),
        *check_dates(session),
        *check_reviews(session, today),
    ]
    found[OpenSection.PHOTOS] += _photos(session, photo_states or {})
    found[OpenSection.TOPICS] += _topics(session)
    found[OpenSection.RECORD] += _recorded(session, today)
    return {section: _grouped(session, said) for section, said in found.items() if said}


_LACKS = {
    "no owner": "no owner",
    "no date": "no target date",
    "no score": "no score",
    "overdue": "overdue",
}
"""What an action lacks, by the finding that says so."""


def _grouped(session: Session, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One line an action, with all that it lacks; one for all that is not confirmed, and one for
    many of a kind that are to be put right: mended, it makes way for the next.
    """
    findings = [*findings]
    alike = Counter(finding.kind for finding in findings if finding.level is FindingLevel.ERROR)
    told: set[str] = set()
    lacks: dict[str, list[str]] = {}
    waiting: list[Finding] = []
    lines: dict[str, Finding] = {}
    actions = {str(action.id): action for action in session.actions}
    for finding in findings:
        if finding.kind in _LACKS and finding.place in actions:
            said = lacks.setdefault(finding.place, [])
            said.append(_LACKS[finding.kind])
            lacking, text = english_list(said), quoted(actions[finding.place].text)
            words = f"{lacking[0].upper()}{lacking[1:]}: action {text}; say it in the plan."
            lines[finding.place] = notice(ACTION, finding.place, words)
        elif finding.kind == UNCONFIRMED:
            waiting.append(finding)
        elif alike[finding.kind] > MOST_ALIKE:
            if finding.kind not in told:
                told.add(finding.kind)
                so, todo = finding.parts
                text = f"{so}, and {alike[finding.kind] - 1:,} more like it; {todo}"
                lines[f"{len(lines)} {finding.kind}"] = replace(finding, text=text)
        else:
            lines[f"{len(lines)} {finding.kind}"] = finding
    if len(waiting) > 1:
        text = f"{len(waiting):,} activities are not confirmed; read them to the group."
        waiting = [replace(waiting[0], text=text)]
    return (*lines.values(), *waiting)


def without_kinds(
    found: Mapping[OpenSection, tuple[Finding, ...]], kinds: Container[str]
) -> Mapping[OpenSection, tuple[Finding, ...]]:
    """What is open but for some kinds of finding; a section with nothing left is left out."""
    return {
        section: left
        for section, said in found.items()
        if (left := tuple(one for one in said if one.kind not in kinds))
    }


def count_open(found: Mapping[OpenSection, tuple[Finding, ...]]) -> int:
    """How many things are open."""
    return sum(map(len, found.values()))


def _overdue(session: Session, today: dt.date) -> Iterator[Finding]:
    """Actions that should have been done, and those that nobody could rank."""
    for action in action_plan(session):
        if overdue(action, today) and action.due:
            said = f"{_called(action)} was due on {say_date(action.due)}"
            text = f"{said}; say how far it is, or give another date."
            yield notice("overdue", action.id, text)
    for action in live(rank(session)):
        if band(action, session.approvals) is Band.UNSCORED:
            text = f"{_called(action)} has no impact or no effort; score it, so that it ranks."
            yield notice("no score", action.id, text)


def _shared_out(
    session: Session, catalogue: Iterable[CatalogueStep], today: dt.date
) -> Iterator[Finding]:
    """Who has nothing to do; who, and which week, has too much; what nobody took over."""
    if not live(session.actions):
        text = "No action is to be done; take next steps over into the plan."
        yield notice("offered", "", text)
        return
    for person in without_action(session):
        text = f"{quoted(person.name)} of the core group has no action; see whether one is theirs."
        yield notice("no action", person.id, text)
    for code, held in roles_without_people(session).items():
        owns = f"{quoted(role_name(session, code))} owns {counted(len(held), 'action')}"
        text = f"{owns} and nobody on the list of people has that role; say who, or tell them."
        yield notice("nobody holds", code, text)
    found = workload(session, today)
    for load in found.loads:
        if load.too_many:
            has = f"{quoted(load.name)} has {counted(len(load.actions), 'action')}"
            even = f"{round(found.share, 1):g}"
            text = f"{has}, where an even share is {even}; see who else could take some."
            yield notice("too many", load.key, text)
    for week in found.weeks:
        if week.too_many:
            due = counted(len(week.actions), "action")
            text = f"{due} are due in the week of {say_date(week.monday)}; move some."
            yield notice("full week", "", text, week.monday.isoformat())
    if waiting := sum(not offer.taken for offer in step_offers(session, catalogue, today)):
        verb = "is" if waiting == 1 else "are"
        said = f"{counted(waiting, 'next step')} offered {verb} not in the plan"
        yield notice("offered", "", f"{said}; see which you want.")


def _photos(session: Session, states: PhotoStates) -> Iterator[Finding]:
    if not session.photos and session.activities:
        text = "No photo of the wall is listed; list it, or who has it."
        yield notice("no photo", "", text)
    for photo in session.photos:
        state = states.get(photo.id)
        if not photo.path:
            named = photo.taken_by and photo.caption
            by = f", taken by {quoted(no_id(photo.taken_by))}," if named else ""
            name = quoted(say_photo(photo))
            text = f"Photo {name}{by} is still to be filed; name its file when it is here."
            yield notice("to file", photo.id, text)
        elif state and state.state is not PhotoFileState.FILED:
            yield notice(f"photo {state.state}", photo.id, state.sentence)


def _topics(session: Session) -> Iterator[Finding]:
    for topic in session.topics:
        if not topic.outcome.strip():
            name = quoted(topic_name(session, topic))
            text = f"Topic {name} has no outcome; write down what came of it."
            yield notice("no outcome", topic.id, text)
    for issue in sorted(Facts(session).unanswered, key=lambda one: not one.parked):
        name = f"{'Parked issue' if issue.parked else 'Issue'} {quoted(issue.text)}"
        text = f"{name} is open and has no action; make one of it, or close it."
        yield notice("issue", issue.id, text)
    for remark in session.remarks:
        if remark.status is RemarkStatus.OPEN:
            by = f" by {quoted(remark.by)}" if remark.by else ""
            text = f"Remark{by} waits: {quoted(remark.text)}; take it over, or close it."
            yield notice("remark", remark.id, text, remark.on)
    board = session.board
    if lacking := [words for name, words in _BOARD.items() if not getattr(board, name, True)]:
        text = f"The board's terms of reference do not say yet: {english_list(lacking)}."
        yield notice("board", "", text)


def _recorded(session: Session, today: dt.date) -> Iterator[Finding]:
    """Stages in which nothing is recorded, and marks of last time that nobody went through."""
    if not session.stages:
        text = "No stage is named; name those that run across the wall."
        yield notice("no stage", "", text)
    held = session.workshop
    if session.activities and not (line_of(held.starts) and line_of(held.ends)):
        text = "What starts the process, and what ends it, is not said; say both in set up (0)."
        yield notice("no scope", "", text)
    for stage in session.stages:
        if not session.by_stage[stage.id]:
            text = f"Nothing is recorded in {stage.id}; record it, or take the stage away."
            yield notice("empty stage", stage.id, text)
    for one in left_over(session, today):
        marked = isinstance(one.record, Activity) and one.record.improve in MARKED
        if marked and not one.gone_through:
            ref = session.ref_by_id[one.id]
            text = f"{ref} was marked last time, to change or to drop; say what came of it."
            yield notice("left over", one.id, text)


def _called(action: Action) -> str:
    return f"Action {quoted(action.text)}"
