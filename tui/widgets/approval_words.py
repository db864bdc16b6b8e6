"""What the governance screen says in full under its lists."""

from textual.content import Content

from model.flow import TierView
from model.proposal import as_is, compared, marks, to_be
from model.session import Improve, Session
from tui.text import plain
from tui.widgets.board_list import GATE, LABELS, said_of
from tui.widgets.line_preview import role_name
from tui.widgets.way_words import answer, place_of


def board_words(session: Session, key: str) -> Content:
    """A term in full, or what it is for; a gate in its words."""
    if key in LABELS:
        label, hint = LABELS[key]
        said = said_of(session, key)
        faint = Content.styled(plain(hint), "$text-muted")
        return Content.assemble((f"{label}  ", "$text-muted"), plain(said)) if said else faint
    if key.startswith(GATE):
        gate = key.removeprefix(GATE)
        found = session.activity_by_id.get(gate)
        return Content(plain(found.text if found else gate))
    return Content.styled("n says what on the process comes to the board.", "$text-muted")


def approval_words(session: Session, key: str) -> Content:
    """A decision in full, today's ways and the proposed ones, and what the proposal saves."""
    lines = []
    if one := session.activity_by_id.get(key):
        lines.append(Content.styled(plain(f"{session.ref_by_id[key]} {one.text}"), "bold"))
        decider = one.decided_by or one.accountable
        who = role_name(session, decider) or "nobody yet"
        how = "" if one.decided_by else " (accountable)" if decider else ""
        facts = [f"{who} decides{how}", one.limit, one.timescale]
        lines.append(Content(plain(" · ".join(filter(None, facts)))))
        lines += _ways(session, key)
    # A short screen cuts from below, so what is cut is the ways.
    lines.insert(2, Content.styled(compared(session), "$text-accent"))
    return Content("\n").join(lines)


def _ways(session: Session, key: str) -> list[Content]:
    """Where it leads today, and where in the proposal if that is elsewhere."""
    now = _way(session, as_is(session), key)
    then = _way(session, to_be(session), key) if marks(session)[Improve.DROP] else now
    lines = [Content.assemble(("Today     ", "$text-muted"), now)]
    if then != now:
        lines.append(Content.assemble(("Proposed  ", "$text-muted"), then))
    return lines


def _way(session: Session, view: TierView, key: str) -> str:
    if key not in view.edges:
        return "left out"
    ref = session.ref_by_id
    ways = (
        f"{answer(way)} -> {ref.get(way.to) or place_of(session, way)}" for way in view.edges[key]
    )
    return plain(", ".join(ways))
