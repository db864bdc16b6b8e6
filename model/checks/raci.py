"""Who does it, who answers for it: one lead, one accountable, and roles that exist."""

from collections.abc import Iterable, Iterator

from model.checks.finding import Finding, error, notice, quoted, ref
from model.raci import role_name
from model.session import Action, Activity, Board, Session

MANY = 4
"""More consulted than this, and the activity waits for its slowest answer."""


def raci(session: Session) -> Iterator[Finding]:
    """What is wrong with the roles of the activities, and with the roles themselves."""
    for activity in session.in_order:
        yield from raci_at(session, activity)
    for stage in session.stages:
        if stage.accountable and stage.accountable not in session.role_by_code:
            yield error(
                "unknown role",
                stage.id,
                f"{stage.id} offers {quoted(stage.accountable)} as accountable, which is no role; "
                "add the role or choose another.",
                stage.accountable,
            )
    yield from _same_name(session)
    yield from _unused(session)


def raci_at(session: Session, activity: Activity) -> Iterator[Finding]:
    """What is wrong with the roles of one activity."""
    yield from _people(session, activity)
    yield from _unknown(session, activity)


def _people(session: Session, activity: Activity) -> Iterator[Finding]:
    where = ref(session, activity)
    if not activity.lead:
        yield error("no lead", activity.id, f"{where} has no lead; say who does it.")
    if not activity.accountable:
        text = f"{where} has nobody accountable; say who answers for it."
        yield error("no accountable", activity.id, text)
    for told, codes in (("consulted", activity.consulted), ("informed", activity.informed)):
        if activity.lead and activity.lead in codes:
            lead = quoted(role_name(session, activity.lead))
            yield notice(
                "lead also told",
                activity.id,
                f"{where} has {lead} both as lead and as {told}; keep the lead only.",
                told,
            )
    if len(set(activity.consulted)) > MANY:
        yield notice(
            "many consulted",
            activity.id,
            f"{where} consults {len(set(activity.consulted))} roles; see whether some need only "
            "be informed.",
        )


def _unknown(session: Session, activity: Activity) -> Iterator[Finding]:
    parts = {
        "lead": (activity.lead,),
        "also responsible": activity.also,
        "accountable": (activity.accountable,),
        "consulted": activity.consulted,
        "informed": activity.informed,
        "who decides": (activity.decided_by,),
    }
    for part, codes in parts.items():
        for code in dict.fromkeys(codes):
            if code and code not in session.role_by_code:
                yield error(
                    "unknown role",
                    activity.id,
                    f"{ref(session, activity)} names {quoted(code)} ({part}), which is no role; "
                    "add the role or choose another.",
                    code,
                )


def _same_name(session: Session) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for role in session.roles:
        name = " ".join(role.name.casefold().split())
        if name and name in first:
            yield notice(
                "same name",
                role.code,
                f"Roles {first[name]} and {role.code} are both called {quoted(role.name)}; rename "
                "one, or remove one.",
            )
        first.setdefault(name, role.code)


def _unused(session: Session) -> Iterator[Finding]:
    used = set(_used(session))
    for role in session.roles:
        if role.code not in used:
            yield notice(
                "unused role",
                role.code,
                f"Role {quoted(role.name or role.code)} has nothing to do; give it an activity or "
                "remove it.",
            )


def _used(session: Session) -> Iterable[str]:
    for one in session.activities:
        yield from (one.lead, one.accountable, one.decided_by)
        yield from (*one.also, *one.consulted, *one.informed)
    yield from (stage.accountable for stage in session.stages)
    yield from (document.owner for document in session.documents)
    yield from _carrying(session.actions)
    board = session.board or Board()
    yield from (board.chair, *board.members)


def _carrying(actions: Iterable[Action]) -> Iterator[str]:
    for action in actions:
        yield from (action.owner, action.helper)
