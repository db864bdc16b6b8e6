"""``offwall set``: what is set up, and actions, made and changed by a command."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from offwall.model import store
from offwall.model.actions.plan import action_plan
from offwall.model.records.session import ActionStatus, Group, Rhythm
from offwall.tui.kit import context

TODAY = dt.date(2026, 12, 10)


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "today", lambda: TODAY)


def test_every_kind_is_made_and_changed(offwall: Any, wall: Path) -> None:
    for words, answer in (
        (("role", "CM=Contract lead"), "Role “Contract lead”: was “Contract Manager”."),
        (("role", "zoo=Zoo keeper"), "Role “Zoo keeper” is new."),
        (("role", "zoo keeper", "about=Keeps it"), "Role “Zoo keeper”: about: “Keeps it”."),
        (("stage", "new", "Handback", "rhythm=cyc"), "Stage S9 “Handback” is new."),
        (("stage", "s1", "name=Beginning"), "Stage S1 “Beginning”: was “Handover and set-up”."),
        (("person", "new", "Jane Doe", "role=zoo", "group=core"), "Person “Jane Doe” is new."),
        (("person", "jane", "team=Legal"), "Person “Jane Doe”: team: Legal."),
        (("meeting", "new", "Cabinet", "date=9 Feb 2027"), "Meeting “Cabinet” is new"),
        (("tier", "new", "Platinum", "value-from=50m"), "Tier “Platinum” is new."),
        (("board", "chair=cm", "meets=Quarterly"), "Board “Contract Assurance Board”"),
        (("workshop", "recorder=Jane", "date=10/12/2026"), "Workshop: "),
        (("word", "new", "contract register", "not=contract log"), "is new."),
        (("document", "new", "Exit plan (2027)", "where=Intranet"), "is new"),
        (("approval", "director", "text=Executive director"), "Executive director"),
        (("action", "new", "Ring them", "owner=jane", "due=2w"), "Action “Ring them” is new"),
    ):
        said = offwall("set", wall, *words)
        assert (said.status, said.err) == (0, ""), words
        assert answer in said.out, words
    session = store.read_session(wall)
    assert session.role_by_code["zoo"].about == "Keeps it"  # type: ignore[index]
    assert (session.stages[-1].id, session.stages[-1].rhythm) == ("S9", Rhythm.CYCLE)
    [jane] = session.people
    assert (jane.role, jane.team, jane.group) == ("zoo", "Legal", Group.CORE)
    assert session.meetings[-1].date == dt.date(2027, 2, 9)
    assert session.tiers[0].value_from == 50_000_000
    assert session.board is not None
    assert session.board.chair == "cm"
    assert session.workshop.date == TODAY
    assert session.actions[-1].owner == jane.id
    assert session.actions[-1].due == dt.date(2026, 12, 24)
    assert session.words[-1].avoid == ("contract log",)


@pytest.mark.slow
def test_an_action_by_its_number_in_the_plan_is_done_and_open_again(
    offwall: Any, own_sample: Path
) -> None:
    third = action_plan(store.read_session(own_sample))[2]

    def found() -> Any:
        actions = store.read_session(own_sample).actions
        return next(one for one in actions if one.id == third.id)

    listed = offwall("set", own_sample, "action").out.splitlines()[2]
    assert listed.startswith("3  text=")
    said = offwall("set", own_sample, "action", 3, "status=done", "due=2026-12-11")
    assert said.status == 0
    assert (found().status, found().due) == (ActionStatus.DONE, dt.date(2026, 12, 11))
    assert found().done_on == TODAY
    # By its words, of which the start of one is enough; nothing else is lost.
    assert offwall("set", own_sample, "action", third.text[:20], "status=op").status == 0
    assert (found().status, found().done_on, found().owner) == ("open", None, third.owner)
    assert offwall("set", own_sample, "action", 3, "due=", "impact=2").status == 0
    assert (found().due, found().impact, found().effort) == (None, 2, third.effort)


def test_without_a_field_it_is_listed_and_what_is_listed_can_be_typed(
    offwall: Any, own_sample: Path
) -> None:
    before = own_sample.read_bytes()
    said = offwall("set", own_sample, "role", "cm")
    assert said.out.startswith("1  name='Contract Manager'  code=cm")
    assert "chair=" in offwall("set", own_sample, "board").out
    assert offwall("set", own_sample, "stage").out.count("\n") == 8
    assert "1  text=team\n2  text='head of service'" in offwall("set", own_sample, "approval").out
    assert own_sample.read_bytes() == before
    same = offwall("set", own_sample, "role", "cm", "name=Contract Manager")
    assert "Nothing changed" in same.out
    assert own_sample.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("roll", "x", "name=y"), "is none of: workshop, board"),
        (("", "x"), "is none of"),
        (("role", "nobody", "name=y"), "there is no role 'nobody'"),
        (("role", "Head", "nmae=y"), "there is no field 'nmae': there are name, code"),
        (("role", "cm", "shoe=y"), "there is no field 'shoe'"),
        (("role", "nmae=Contract"), "there is no field 'nmae'"),
        (("role", "cm", "name="), "Say what the role is called"),
        (("role", "cm", "name=A", "name=B"), "name is said twice"),
        (("role", "cm", "code=hos"), "already means a role"),
        (("role", "c", "about=x"), "may be Contract Manager"),
        (("role", "name=x"), "say which role"),
        (("stage", "99", "name=x"), "there is no stage '99'"),
        (("stage", "1", "id=S 1"), "one word"),
        (("person", "new", "Amira Khan", "team=Adult Social Care"), "already on the list"),
        (("person", "new", "role=cm"), "Say the person's name"),
        (("action", "3", "due=31 Feb"), "is no date"),
        (("action", "3", "due=2026-12-01"), "is in the past"),
        (("action", "3", "status=finished"), "does not say which status"),
        (("action", "3", "impact=9"), "is no impact"),
        (("action", "3", "approval=king"), "is no approval here"),
        (("action", "0", "status=done"), "there is no action '0'"),
        (("tier", "gold", "value_from=lots"), "lots"),
        (("meeting", "Cabinet", "papers_by=2030-01-01"), "after the meeting"),
        (("board", "terms"), "there is one board"),
        (("board", "new", "name=x", "y"), "there is one board"),
        (("person", "\x1b[2J", "name=x"), "there is no person"),
    ],
)
def test_what_is_not_understood_is_one_line_and_changes_nothing(
    offwall: Any, own_sample: Path, words: tuple[str, ...], says: str
) -> None:
    before = own_sample.read_bytes()
    said = offwall("set", own_sample, *words)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert says in said.err
    assert "\x1b" not in said.err
    assert own_sample.read_bytes() == before


def test_a_file_that_is_not_there_or_cannot_be_written(
    offwall: Any, own_sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = offwall("set", "gone.toml", "role", "cm", "name=x")
    assert (said.status, said.err.count("\n")) == (2, 1)
    before = own_sample.read_bytes()

    def refuses(*_: object) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("offwall.model.store.store.atomic_write", refuses)
    said = offwall("set", own_sample, "role", "cm", "name=x")
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert "not saved" in said.err
    assert own_sample.read_bytes() == before
