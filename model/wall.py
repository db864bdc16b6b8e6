"""The wall as it hangs: stages across, a column an activity, four lanes down.

What stands here is the order of the columns and the words on the notes; how wide a note is, and
where its lines break, is for whoever shows it.
"""

from collections.abc import Container
from dataclasses import dataclass

from model.flow import Edge, Way, edges
from model.session import Activity, Session
from model.tables.leads import goal
from model.tables.wall import LANES

Span = tuple[str, str]
"""Some text and how it looks: ``ref``, ``good``, ``open``, ``issue``, ``wrong``, or nothing."""

Part = tuple[Span, ...]
"""What belongs together on a note and begins on a line of its own.

The last of several spans is what must not be lost where there is little room.
"""


@dataclass(frozen=True, slots=True)
class Spot:
    """One column: an activity in its stage. A stage without activities has one without."""

    stage: str
    activity: str = ""


def spots(session: Session, shown: Container[str] | None = None) -> tuple[Spot, ...]:
    """The columns from left to right; of the activities ``shown`` only, if that is given.

    A stage that has no activities at all keeps its place; one whose activities are all left out
    has none.
    """
    found: list[Spot] = []
    for stage, column in session.by_stage.items():
        kept = [one.id for one in column if shown is None or one.id in shown]
        if not column and shown is None:
            kept = [""]
        found += [Spot(stage, known) for known in kept]
    return tuple(found)


def note(
    session: Session, activity: Activity, lane: str, *, codes: str = "", names: bool = False
) -> tuple[Part, ...]:
    """What one lane's note says of an activity; nothing where there is no note.

    ``codes`` are the letters of its issues; ``names`` says roles by name, not by code.
    """
    match lane:
        case "activity":
            return _head(session, activity, codes), ((activity.text, ""),)
        case "people":
            return _people(session, activity, names=names)
        case "decision":
            return _decision(session, activity)
        case _:
            return tuple(((f"+ {name}", ""),) for name in activity.documents)


def _head(session: Session, activity: Activity, codes: str) -> Part:
    """The ref, how far the review has come, and the issues' letters."""
    state: Span = ("", "")
    if activity.open_point:
        state = (" open", "open")
    elif activity.confirmed:
        state = (" ✓", "good")
    issues: Span = (f" !{codes}", "issue") if codes else ("", "")
    every = ((session.ref_by_id[activity.id], "ref"), state, issues)
    return tuple(span for span in every if span[0])


def _people(session: Session, activity: Activity, *, names: bool) -> tuple[Part, ...]:
    def say(letter: str, *codes: str) -> Part:
        known = [code for code in codes if code]
        if not known:
            return ((f"{letter} nobody yet", "wrong"),)
        return ((f"{letter} " + ", ".join(_role(session, code, names) for code in known), ""),)

    first = (say("R", activity.lead, *activity.also), say("A", activity.accountable))
    rest = (("C", activity.consulted), ("I", activity.informed))
    return *first, *(say(letter, *codes) for letter, codes in rest if codes)


def _role(session: Session, code: str, names: bool) -> str:
    role = session.role_by_code.get(code)
    return role.name if role and names else code


def _decision(session: Session, activity: Activity) -> tuple[Part, ...]:
    """The question, and where each answer leads; or where it leads instead of to the next."""
    asked: list[Part] = [((f"? {activity.decision}", ""),)] if activity.decision else []
    if activity.routes or activity.then:
        asked += [_way(session, edge) for edge in edges(session, activity)]
    elif asked:
        asked.append((("no answers yet", "wrong"),))
    return tuple(asked)


def _way(session: Session, edge: Edge) -> Part:
    look = {Way.OPEN: "open", Way.MISSING: "wrong"}.get(edge.kind, "")
    leads = f"-> {goal(session, edge)}"
    return ((edge.label, ""), (f" {leads}", look)) if edge.label else ((leads, look),)


__all__ = ["LANES", "Part", "Span", "Spot", "note", "spots"]
