"""A kind of record is a description and a line: the page's example, which is the file itself."""

import datetime as dt
import re
from functools import partial
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from offwall.model.records.record_kind import Ask, RecordKind, date_ask, needed
from offwall.model.records.session import Activity, Document, Meeting, Role, Session, Stage
from offwall.model.records.text import EditError
from offwall.model.setup import documents as setup_documents
from offwall.model.store.toml.record_tables import dumps
from offwall.tui.kit.setup_list import SetupList
from offwall.tui.setup import setup_screen
from tests.journey import afternoon

PAGE = Path(__file__).parents[2] / "docs" / "extending.md"
WALL = Session(
    stages=(Stage("S1", "Mobilise"),),
    roles=(Role("cm", "Contract Manager"),),
    activities=(Activity("a-1", "S1", "Hold kick-off", documents=("Risk log",)),),
    documents=(Document("Risk log", "cm"),),
)


@pytest.fixture(scope="module")
def documents() -> RecordKind[Document]:
    """The kind as docs/extending.md describes it."""
    part = PAGE.read_text(encoding="utf-8").partition("## A kind of record that is set up")[2]
    code = re.search(r"```python\n(.*?)```", part, re.DOTALL)
    assert code
    made: dict[str, Any] = {}
    exec(dedent(code[1]), made)  # noqa: S102
    assert dedent(code[1]) == Path(setup_documents.__file__).read_text(encoding="utf-8")
    kind: RecordKind[Document] = made["DOCUMENTS"]
    return kind


@pytest.mark.slow
async def test_a_kind_is_set_up_by_one_line_more(
    documents: RecordKind[Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {name: one for name, one in setup_screen.SETUP_SECTIONS.items() if name != "Documents"}
    sections = {**before, "Documents": partial(SetupList, documents)}
    monkeypatch.setattr(setup_screen, "SETUP_SECTIONS", sections)
    path = tmp_path / "wall.toml"
    path.write_text(dumps(WALL), encoding="utf-8")
    async with afternoon(path) as journey:
        await journey.press("0", "h", "n", *"Exit plan", "tab", *"contr")
        assert "Contract Manager" in journey.seen()
        await journey.press("enter")
        assert journey.session.documents[1] == Document("Exit plan", "cm")
        await journey.press("K", "j", "e", *" 2", "enter")
        assert [one.name for one in journey.on_disk().documents] == ["Exit plan", "Risk log 2"]
        assert journey.session.activities[0].documents == ("Risk log 2",)
        await journey.press("x")
        assert "Risk log 2 is still named at S1.01." in journey.seen()
        await journey.press("k", "x")
        assert "Removed document Exit plan" in journey.seen()
        await journey.press(*"uuuu")
        assert journey.session.documents == WALL.documents


@pytest.mark.parametrize(
    ("said", "sentence"),
    [({}, "Say what the document is called"), ({"name": "A", "owner": "x"}, "No role is called")],
)
def test_a_kind_refuses_in_sentences(
    documents: RecordKind[Document], said: dict[str, str], sentence: str
) -> None:
    with pytest.raises(EditError, match=sentence):
        documents.add(WALL, said)


def test_what_is_gone_and_what_is_at_an_end_is_said(documents: RecordKind[Document]) -> None:
    gone = "That document is no longer in the session. Undo"
    for attempt in (
        lambda: documents.change(WALL, "Exit plan", {"where": "K:"}),
        lambda: documents.remove(WALL, "Exit plan"),
        lambda: documents.move(WALL, "Exit plan", 1),
    ):
        with pytest.raises(EditError, match=gone):
            attempt()
    with pytest.raises(EditError, match="already the first"):
        documents.move(WALL, "Risk log", -1)


def test_two_records_of_one_name_are_told_apart(documents: RecordKind[Document]) -> None:
    twins = Session(documents=(Document("A", where="K:"), Document("A", where="L:")))
    assert list(documents.keyed(twins)) == ["A", "A#2"]
    changed = documents.change(twins, "A#2", {"where": "M:"})
    assert [one.where for one in changed.documents] == ["K:", "M:"]
    assert documents.remove(twins, "A#2").documents == twins.documents[:1]


def test_what_the_form_showed_stays_and_what_was_not_asked_too() -> None:
    odd = Session(meetings=(Meeting("m-1", " Cabinet\n", dt.date(1999, 1, 1)),))
    kind: RecordKind[Meeting] = RecordKind(
        collection="meetings",
        noun="meeting",
        blank=lambda _: Meeting("", ""),
        asks=(Ask("body", "Who meets", read=needed("Say who.")), date_ask("date", "Sits on")),
    )
    said = {"body": " Cabinet\n", "date": "1 Jan 1999"}
    assert kind.change(odd, "m-1", said) is odd
    assert kind.change(odd, "m-1", {"body": "Board"}).meetings[0].date == dt.date(1999, 1, 1)
    with pytest.raises(TypeError, match="today"):
        kind.change(odd, "m-1", {"date": "fri"})
