"""The mail to those who took part and to corporate colleagues: what came of it, what comes next."""

from collections.abc import Iterator, Sequence

from model.edits.texts import line_of
from model.mails.words import WIDTH, by_when, items, letter, thanks, title
from model.report.done import recorded
from model.report.findings import still_open
from model.report.planned import in_time, who
from model.report.words import called, carriers, day, listed, short
from model.session import ActionKind, Group, Session

TO = (Group.CORE, Group.PARTICIPANT)

COMMENTS = (
    "Please tell me what is wrong or missing: write it in the column Your comment of the workbook"
    " and send that back to me, or simply reply. Nothing is changed without the group."
)


def participants_mail(session: Session, attached: Sequence[str]) -> str:
    """The mail, with the names of the files that go with it."""
    attached = [line_of(name) for name in attached]
    open_still = still_open(session)
    parts = (
        "Dear all,",
        thanks(session),
        recorded(session),
        f"Still open: {open_still}" if open_still else "",
        "What happens next:\n" + (items(_next(session)) or "The next steps are to be agreed."),
        _meetings(session),
        f"With this mail come: {listed(attached)}." if attached else "",
        COMMENTS,
    )
    heads = (
        _names("To", session, TO),
        _names("Copy to", session, (Group.CORPORATE,)),
        f"Attach: {', '.join(attached)}" if attached else "",
    )
    return letter(session, f"What came of our workshop: {title(session)}", parts, heads)


def _names(label: str, session: Session, groups: Sequence[Group]) -> str:
    names = called(session)
    found = [names[one.id] for one in session.people if one.group in groups and line_of(one.name)]
    return f"{label}: {', '.join(found)}" if found else ""


def _next(session: Session) -> Iterator[str]:
    names = carriers(session)
    for action in in_time(session):
        if action.kind is ActionKind.NEXT_STEP:
            text = short(action.text, WIDTH).rstrip(".")
            yield f"{text}: {who(action, names)}, {by_when(action.due)}"


def _meetings(session: Session) -> str:
    dated = sorted((one for one in session.meetings if one.date), key=lambda one: str(one.date))
    said = listed(f"{short(one.body, 60)} on {day(one.date)}" for one in dated)
    return f"Meetings that decide: {said}." if said else ""
