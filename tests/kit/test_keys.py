"""Keys as data: ids, what dims a key and why, what a class has of its bases, what is asked."""

from collections import defaultdict
from dataclasses import dataclass
from functools import partial

import pytest

from docs.keys import bindings
from offwall.model.records import EditError, Session
from offwall.tui.kit import session_widget
from offwall.tui.kit.context import AppState, Context
from offwall.tui.kit.form import Field
from offwall.tui.kit.keys import (
    NOTHING,
    ActsOn,
    Command,
    Here,
    Key,
    Need,
    Outcome,
    Question,
    ask_one,
    foot,
    key,
    key_for,
    keys,
    state_of,
)
from offwall.tui.kit.messages import Edit, Say
from offwall.tui.kit.session_widget import SessionWidget

THERE = Need(lambda at: at.record, "Stand on one.")


def shout(at: Here, record: str, times: int = 1) -> Outcome:
    """Say it loudly."""
    return Outcome(say=f"{record.upper()}{'!' * times}")


def mark(_: Here, record: str) -> Outcome:
    """Mark it."""
    return Outcome(say=f"marked {record}")


TABLE = keys(
    "room",
    foot("s,space", "shout", "Shout", shout, needs=THERE),
    key("S", "louder", "Louder", partial(shout, times=3), "Say it louder", THERE),
    key("c", "count", "Count", mark, acts_on=ActsOn.SELECTED),
    key("j", "down", "Down", "move(1)"),
    key("x", "other.leave", "Leave", "go"),
)


class Asker(SessionWidget):
    """Something with keys and no App: it keeps the messages that it would send."""

    BINDINGS = TABLE
    session = Session()  # type: ignore[assignment]  # no reactive, where there is no App

    def __init__(self, record: str = "", chosen: tuple[str, ...] = ()) -> None:
        self.record, self._chosen = record, chosen
        self.sent: list[object] = []
        self.stood = ""

    def here(self) -> Here:
        record = self.record or None
        return Here(self.session, Context(), "key", record, several=self._chosen)

    def run_on_several(self, command: Command, at: Here) -> None:
        for each in at.several:
            self.perform(command(at, each))

    def post_message(self, message: object) -> bool:  # type: ignore[override]
        self.sent.append(message)
        return True

    def refusal(self, change: object) -> str:
        try:
            change(self.session)  # type: ignore[operator]
        except EditError as sentence:
            return str(sentence)
        return ""

    def go_to(self, key: str) -> None:
        self.stood = key


class Quiet(Asker):
    """One that makes no use of a key of its base."""

    BINDINGS = keys("quiet", key("j", "on", "On", "move(1)", needs=Need(lambda _: False, "No.")))
    GONE = ("go",)


def test_a_table_gives_ids_by_room_and_name_and_the_commands_own_sentence() -> None:
    found = [one for one in TABLE if isinstance(one, Key)]
    assert [one.id for one in found] == [
        *("room.shout", "room.louder", "room.count", "room.down", "other.leave"),
    ]
    assert [one.tooltip for one in found][:3] == [
        *("Say it loudly", "Say it louder", "Mark it"),
    ]
    assert [one.action for one in found][2:] == ["run('room.count')", "move(1)", "go"]
    assert [one.show for one in found] == [True, False, False, False, False]


def test_a_key_is_dimmed_without_what_it_needs_and_a_class_comes_before_its_base(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(session_widget, "app_state", lambda _: AppState())
    assert Asker("word").check_action("run", ("room.shout",)) is True
    assert Asker().check_action("run", ("room.shout",)) is None
    assert Asker().check_action("move", (1,)) is True
    assert Quiet().check_action("move", (1,)) is None
    assert Quiet().check_action("go", ()) is False
    assert Quiet("word").check_action("run", ("room.shout",)) is True
    assert state_of(Quiet(), "unheard_of", (), lambda: None) is True
    found = key_for(Quiet(), "move", (1,))
    assert found is not None
    assert found.id == "quiet.on"
    # The room has no keys but those that look.
    monkeypatch.setattr(session_widget, "app_state", lambda _: AppState(showing=True))
    assert Asker("word").check_action("run", ("room.shout",)) is False
    assert Asker().check_action("move", (1,)) is True


def test_a_need_may_hide_on_some_rows_and_dim_on_others() -> None:
    need = Need(lambda at: at == "word", "No.", lambda at: at == "picture")

    @dataclass
    class On:
        BINDINGS = keys("on", key("a", "read", "Read", needs=need))
        at: str

    states = [state_of(On(at), "read", (), lambda at=at: at) for at in ("word", "", "picture")]
    assert states == [True, None, False]


def test_a_command_gets_the_record_or_all_that_are_selected() -> None:
    one = Asker("word")
    one.action_run("room.louder")
    one.action_run("room.count")
    many = Asker("word", ("a", "b", "c"))
    many.action_run("room.count")
    many.action_run("room.louder")
    said = [message.text for message in (*one.sent, *many.sent)]  # type: ignore[attr-defined]
    assert said == ["WORD!!!", "marked word", "marked a", "marked b", "marked c", "WORD!!!"]


def test_what_is_refused_is_said_and_nothing_else_is_done() -> None:
    def refuse(_: Session) -> Session:
        raise EditError("It cannot be.")

    asker = Asker()
    asker.perform(Outcome("Made", refuse, go="there", say="Done"))
    [said] = asker.sent
    assert isinstance(said, Say)
    assert (said.text, said.wrong) == ("It cannot be.", True)
    assert asker.stood == ""
    asker.perform(Outcome(wrong="Not here."))
    asker.perform(Outcome("Made", lambda session: session, go="there", say="Done"))
    wrong, edit, told = asker.sent[1:]
    assert isinstance(wrong, Say)
    assert (wrong.text, wrong.wrong) == ("Not here.", True)
    assert isinstance(edit, Edit)
    assert edit.label == "Made"
    assert isinstance(told, Say)
    assert told.text == "Done"
    assert asker.stood == "there"


def test_one_thing_is_asked_for_by_its_field() -> None:
    asked = ask_one("Find", Field("text", "Text"), lambda said: Outcome(say=said)).ask
    assert isinstance(asked, Question)
    assert asked.answered({"text": "a word"}) == Outcome(say="a word")
    assert asked.left is NOTHING


def test_a_key_of_the_program_is_known_by_one_id_and_says_why_it_is_off() -> None:
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for one in bindings():
        assert one.id, one
        if isinstance(one, Key):
            found[one.id].add((one.description, one.tooltip))
            assert one.needs is None or one.needs.hides or one.needs.says, one.id
    # Enter says on each list what it opens there.
    assert {known for known, said in found.items() if len(said) > 1} <= {"list.choose"}
