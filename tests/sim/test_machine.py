"""An editor against a plain dictionary: whatever is done in whatever order, both say the same."""

import io
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, redirect_stdout
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from offwall.model.records.session import Activity, Session
from offwall.model.store.merge import merge
from offwall.model.store.store import Store
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from offwall.tui.__main__ import main
from offwall.tui.services.co_editing import find_conflict_copies
from offwall.tui.services.document import OpenDocument
from tests.sim.world import COPY, WALL, Editor, World, words, world
from tests.strategies import EXAMPLES

Texts = dict[str, str]
draws = st.integers(0, 2**20)


def said(session: Session) -> Texts:
    """What each post-it says, by its id."""
    return {one.id: one.text for one in session.activities}


class AnEditor(RuleBasedStateMachine):
    """One recorder, another program now and then, and a dictionary that knows what is right."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp())
        self.within = ExitStack()
        self.world: World = self.within.enter_context(world(self.root / "world"))
        self.editor: Editor = self.world.editors[0]
        self.world.open(self.editor)
        self.right = said(WALL)
        self.past: list[Texts] = []
        self.future: list[Texts] = []
        self.made = 0

    def teardown(self) -> None:
        """Let go of the world."""
        self.within.close()
        shutil.rmtree(self.root)

    @property
    def desk(self) -> OpenDocument:
        """The open document."""
        assert self.editor.desk is not None
        return self.editor.desk

    def changed(self, right: Texts) -> None:
        """One step that undo takes back."""
        self.past.append(self.right)
        self.future.clear()
        self.right = right
        assert said(self.desk.session) == self.right

    def turns(self) -> None:
        """Everything is kept, saved and heard of."""
        for _ in range(3):
            self.desk.look()
            self.world.journal_turn(self.editor)
            self.world.file_turn(self.editor)
            self.world.journal_turn(self.editor)
            self.world.hear(self.editor)
        assert said(self.desk.session) == self.right == said(self.on_disk())

    def on_disk(self) -> Session:
        """What the file says."""
        return loads(self.world.path.read_text("utf-8"))

    def everybody(self, act: Callable[[Texts], None]) -> None:
        """Somebody else's change is in every value that there was."""
        for texts in (self.right, *self.past, *self.future):
            act(texts)

    @rule(draw=draws)
    def record(self, draw: int) -> None:
        """Record a post-it."""
        before = set(self.right)
        self.world.record(self.editor, Random(draw))  # noqa: S311
        (made,) = set(said(self.desk.session)) - before
        self.changed({**self.right, made: said(self.desk.session)[made]})

    @precondition(lambda self: self.right)
    @rule(draw=draws)
    def reword(self, draw: int) -> None:
        """Say one anew."""
        known = sorted(self.right)[draw % len(self.right)]
        self.made += 1
        text = f"anew {self.made}"

        def change(session: Session) -> Session:
            found = (replace(x, text=text) if x.id == known else x for x in session.activities)
            return replace(session, activities=tuple(found))

        self.desk.do("Reworded", change)
        self.changed({**self.right, known: text})

    @precondition(lambda self: len(self.right) > 3)
    @rule(draw=draws)
    def remove(self, draw: int) -> None:
        """Take one away."""
        known = sorted(self.right)[draw % len(self.right)]

        def change(session: Session) -> Session:
            left = (one for one in session.activities if one.id != known)
            return replace(session, activities=tuple(left))

        self.desk.do("Removed", change)
        self.changed({key: text for key, text in self.right.items() if key != known})

    @rule()
    def undo(self) -> None:
        """Take the last step back."""
        self.desk.undo()
        if self.past:
            self.future.append(self.right)
            self.right = self.past.pop()
        assert said(self.desk.session) == self.right

    @rule()
    def redo(self) -> None:
        """Make it again."""
        self.desk.redo()
        if self.future:
            self.past.append(self.right)
            self.right = self.future.pop()
        assert said(self.desk.session) == self.right

    @rule()
    def save(self) -> None:
        """Let the threads have their turns."""
        self.turns()

    @rule(saved=st.booleans())
    def crash(self, saved: bool) -> None:
        """Kill the program once all is kept, and open the session again."""
        self.world.journal_turn(self.editor)
        if saved:
            self.world.file_turn(self.editor)
        self.world.gone(self.editor)
        self.world.tick()
        self.world.open(self.editor)
        self.past, self.future = [], []
        self.turns()

    @rule()
    def leave_and_open(self) -> None:
        """Leave, and open the session again."""
        self.turns()
        self.world.leave(self.editor)
        self.world.open(self.editor)
        self.past, self.future = [], []
        self.turns()

    @rule()
    def another_adds(self) -> None:
        """Another program records something, and it is in what undo leads back to, too."""
        self.turns()
        self.made += 1
        known = f"a-theirs-{self.made}"
        there = Store.open(self.world.path)
        made = Activity(known, "S2", "theirs")
        there.save(replace(there.session, activities=(*there.session.activities, made)))
        self.everybody(lambda texts: texts.update({known: "theirs"}))
        self.turns()

    @precondition(lambda self: len(self.right) > 3)
    @rule(draw=draws, at_once=st.booleans(), twice=st.booleans())
    def another_removes(self, draw: int, *, at_once: bool, twice: bool) -> None:
        """Another program takes one away: one undo brings it back, however soon it is pressed.

        ``twice`` is where the file was looked at again before the screen heard of it.
        """
        self.turns()
        known = sorted(self.right)[draw % len(self.right)]
        there = Store.open(self.world.path)
        left = tuple(one for one in there.session.activities if one.id != known)
        there.save(replace(there.session, activities=left))
        # Its note says that it had seen ours: what it took away is meant to go.
        store = self.desk.store
        before, store.seen_by = store.seen_by, lambda _: there.seen[:1]
        for _ in range(1 + twice):
            self.desk.look()
            self.world.journal_turn(self.editor)
            self.world.file_turn(self.editor)
        self.world.hear(self.editor)
        self.past.append(self.right)
        self.right = {key: text for key, text in self.right.items() if key != known}
        for texts in self.future:
            texts.pop(known, None)
        if not at_once:
            self.turns()
        self.undo()
        self.turns()
        store.seen_by = before

    @rule(draw=draws)
    def an_older_version_is_put_back(self, draw: int) -> None:
        """A sync client puts an older version of this run in the place of the file."""
        self.turns()
        self.world.past.append(self.world.path.read_bytes())
        self.world.puts(self.world.past[draw % len(self.world.past)])
        self.turns()
        self.desk.offers.clear()

    @rule()
    def a_copy_is_merged(self) -> None:
        """A sync folder sets a copy aside, and it is merged."""
        self.turns()
        self.made += 1
        known = f"a-copy-{self.made}"
        made = Activity(known, "S1", "in a copy")
        now = self.desk.session
        copy = self.world.path.with_name(COPY)
        copy.write_text(dumps(replace(now, activities=(*now.activities, made))), "utf-8")
        nearest = self.desk.store.versions.nearest
        ((_, change),) = find_conflict_copies(self.world.path, now, nearest)
        self.desk.do("Merged", change)
        copy.unlink()
        self.changed({**self.right, known: "in a copy"})

    @rule()
    def what_is_exported_proposes_nothing(self) -> None:
        """The workbook that is written comes back without a difference."""
        self.turns()
        book = self.world.path.with_suffix(".xlsx")
        with redirect_stdout(io.StringIO()) as told:
            assert main(["export", str(self.world.path), "-o", str(book), "--force"]) == 0
            assert main(["import", str(book), str(self.world.path), "--dry-run"]) == 0
        assert "Nothing new." in told.getvalue()


TestAnEditor = pytest.mark.slow(AnEditor.TestCase)
AnEditor.TestCase.settings = settings(
    max_examples=max(5, EXAMPLES // 2),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("saved", [False, True])
def test_what_was_put_back_over_an_older_version_is_what_the_next_changes_are_put_onto(
    saved: bool,
) -> None:
    state = AnEditor()
    try:
        state.a_copy_is_merged()
        state.an_older_version_is_put_back(draw=0)
        state.a_copy_is_merged()
        state.crash(saved=saved)
        assert {"a-copy-1", "a-copy-2"} <= set(state.right)
    finally:
        state.teardown()


def test_what_others_added_in_an_earlier_run_is_known_again() -> None:
    state = AnEditor()
    try:
        state.another_adds()
        state.leave_and_open()
        # Nothing was changed here in either run, and yet nothing goes.
        state.an_older_version_is_put_back(draw=0)
        assert "a-theirs-1" in state.right
    finally:
        state.teardown()


@pytest.mark.parametrize("at_once", [False, True])
@pytest.mark.parametrize("twice", [False, True])
def test_one_undo_brings_back_what_another_removed_however_soon_it_is_pressed(
    *, at_once: bool, twice: bool
) -> None:
    state = AnEditor()
    try:
        before = dict(state.right)
        state.another_removes(draw=1, at_once=at_once, twice=twice)
        assert state.right == before
        state.redo()
        state.turns()
        assert len(state.right) == len(before) - 1
    finally:
        state.teardown()


@st.composite
def sides(draw: st.DrawFn) -> list[Session]:
    """Three that grew out of one: each rewords, adds and removes."""
    made = []
    for side in range(3):
        known = {one.id: one for one in WALL.activities}
        for key in draw(st.lists(st.sampled_from(sorted(known)), max_size=2)):
            known.pop(key, None)
        for key in draw(st.lists(st.sampled_from(sorted(known)), max_size=2)) if known else ():
            known[key] = replace(known[key], lead=draw(st.sampled_from(("cm", "po", ""))))
        new = [Activity(f"a-{side}-{n}", "S1", "new") for n in range(draw(st.integers(0, 2)))]
        made.append(replace(WALL, activities=(*known.values(), *new)))
    return made


@settings(max_examples=EXAMPLES * 3)
@given(sides())
def test_merging_is_idempotent_and_the_same_for_any_order_of_three(three: list[Session]) -> None:
    one, two, other = three
    for side in three:
        assert merge(WALL, side, side).session == side
        assert (
            merge(WALL, merge(WALL, one, side).session, side).session
            == merge(WALL, one, side).session
        )
    there = {
        frozenset(said(merge(WALL, merge(WALL, a, b).session, c).session))
        for a, b, c in ((one, two, other), (two, one, other), (other, two, one), (one, other, two))
    }
    assert len(there) == 1
    # Of a field that two said differently, both are there, whichever side is ours.
    both = [merge(WALL, one, two).session, merge(WALL, two, one).session]
    leads = [
        {one.lead for one in session.activities}
        | {clash.theirs for clash in session.clashes if clash.field == "lead"}
        for session in both
    ]
    assert leads[0] == leads[1]
    assert [one.id for one in both[0].activities] == [one.id for one in both[1].activities]
    assert words(both[0]) - {"cm", "po", ""} == words(both[1]) - {"cm", "po", ""}
