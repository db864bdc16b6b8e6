"""What the governance screen says in full under its lists."""

from collections.abc import Callable
from functools import cached_property, partial

from textual.content import Content

from model.flow import TierView
from model.governance import gate_activities, gate_text
from model.proposal import as_is, compared, to_be
from model.raci import role_name
from model.session import Activity, Session
from tui.text import plain
from tui.widgets.board_list import GATE, LABELS, said_of
from tui.widgets.way_words import answer, place_of


def board_words(session: Session) -> Callable[[str], Content]:
    """What there is to say of the board's terms and gates."""
    return partial(_term_or_gate, session)


def _term_or_gate(session: Session, key: str) -> Content:
    """A term in full, or what it is for; a gate in its words."""
    if key in LABELS:
        label, hint = LABELS[key]
        said = said_of(session, key)
        faint = Content.styled(plain(hint), "$text-muted")
        return Content.assemble((f"{label}  ", "$text-muted"), plain(said)) if said else faint
    if key.startswith(GATE):
        gate = key.removeprefix(GATE)
        return Content(plain(gate_text(session, gate, gate_activities(session).get(gate, ""))))
    return Content.styled("n says what on the process comes to the board.", "$text-muted")


class ApprovalWords:
    """What there is to say of each step at which somebody decides; the two processes are made once.

    Called with an activity's id it gives the decision in full, today's ways and the proposed ones,
    and what the proposal saves.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    @cached_property
    def _today(self) -> TierView:
        return as_is(self._session)

    @cached_property
    def _proposed(self) -> TierView:
        return to_be(self._session)

    @cached_property
    def _saves(self) -> Content:
        return Content.styled(compared(self._session), "$text-accent")

    def __call__(self, key: str) -> Content:
        """The words for one activity, by its id."""
        one = self._session.activity_by_id.get(key)
        if one is None:
            return self._saves
        # A short screen cuts from below, so what is cut is the ways.
        ref = self._session.ref_by_id[key]
        heading = Content.styled(plain(f"{ref} {one.text}"), "bold")
        facts = [*self._decider(one), one.limit, one.timescale]
        said = Content(plain(" · ".join(filter(None, facts))))
        return Content("\n").join([heading, said, self._saves, *self._ways(key)])

    def _decider(self, one: Activity) -> list[str]:
        if one.decided_by:
            return [f"{role_name(self._session, one.decided_by)} decides"]
        if one.accountable:
            return [f"{role_name(self._session, one.accountable)} decides (accountable)"]
        return ["nobody decides yet"]

    def _ways(self, key: str) -> list[Content]:
        """Where it leads today, and where in the proposal if that is elsewhere."""
        now, then = self._way(self._today, key), self._way(self._proposed, key)
        lines = [Content.assemble(("Today     ", "$text-muted"), now)]
        if then != now:
            lines.append(Content.assemble(("Proposed  ", "$text-muted"), then))
        return lines

    def _way(self, view: TierView, key: str) -> str:
        if key not in view.edges:
            return "not there"
        ref = self._session.ref_by_id
        ways = (
            f"{answer(way)} -> {ref.get(way.to) or place_of(self._session, way)}".strip()
            for way in view.edges[key]
        )
        return plain(", ".join(ways))
