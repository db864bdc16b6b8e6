"""The process that is recorded: the sample's 48 activities, whole or reduced."""

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from offwall import sample_sessions
from offwall.model import store
from offwall.model.records.session import END, Activity, Session

TODAY = dt.date(2026, 12, 10)
Reduction = Callable[[Activity], Activity]


def sample() -> Session:
    return store.read_session(sample_sessions.path("contract-management"))


def blank(session: Session) -> Session:
    """Stages, roles and people as they were set up before the afternoon; nothing recorded."""
    return replace(session, activities=(), issues=(), actions=(), documents=(), topics=())


def lead_only(activity: Activity) -> Activity:
    """What the activity's and the people's lane say at first."""
    return Activity(activity.id, activity.stage, activity.text, lead=activity.lead)


def a_decision(activity: Activity) -> Activity:
    """Lead, accountable, two consulted, a decision with two routes, a document; else the lead."""
    if not is_a_decision(activity):
        return lead_only(activity)
    return replace(
        lead_only(activity),
        accountable=activity.accountable,
        consulted=activity.consulted[:2],
        decision=activity.decision,
        routes=activity.routes[:2],
        documents=activity.documents[:1],
    )


def is_a_decision(activity: Activity) -> bool:
    return bool(
        len(activity.consulted) >= 2
        and len(activity.routes) >= 2
        and activity.decision
        and activity.documents
    )


def whole(activity: Activity) -> Activity:
    """All that a line can say. Who decides, limits and open points are filled in elsewhere."""
    return replace(
        activity,
        decided_by="",
        limit="",
        open_point="",
        improve=None,
        sequence_confirmed=False,
        lead_confirmed=False,
    )


def reduced_to(session: Session, reduce: Reduction) -> Session:
    """The session with its activities reduced; their issues only where they are whole.

    Where nobody is said to be accountable, the stage's is, as the line offers it.
    """
    activities = tuple(
        replace(
            found, accountable=found.accountable or session.stage_by_id[found.stage].accountable
        )
        for found in map(reduce, session.in_order)
    )
    return replace(session, activities=activities, issues=session.issues if reduce is whole else ())


def content(session: Session) -> list[tuple[object, ...]]:
    """What an activity says, whatever its id: routes and jumps as the refs that they lead to."""
    following = [*session.in_order[1:], None]
    return [
        _content(session, found, after)
        for found, after in zip(session.in_order, following, strict=True)
    ]


def _content(session: Session, found: Activity, after: Activity | None) -> tuple[object, ...]:
    def place(to: str) -> str:
        to = to or (after.id if after else END)
        return session.ref_by_id.get(to, to)

    issues = sorted((i.code or "", i.text) for i in session.issues if i.activity == found.id)
    routes = [(route.answer, place(route.to), route.to_words) for route in found.routes]
    plain = replace(found, id="", stage=session.ref_by_id[found.id], routes=(), then="")
    return plain, routes, place(found.then) if found.then else "", issues


@contextmanager
def on_disk(session: Session) -> Iterator[Path]:
    """The session in a file of its own, and a home that keeps no trace of the run."""
    with TemporaryDirectory() as folder:
        for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
            os.environ[name] = folder
        path = Path(folder) / "session.toml"
        store.create_session(path, session)
        yield path
