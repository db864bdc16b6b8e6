"""What starts the process and what ends it: asked for, on the cover, and in every drawing."""

import datetime as dt
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from offwall import sample_sessions
from offwall.model import store
from offwall.model.documents.brief.papers import report
from offwall.model.documents.brief.readers import Audience
from offwall.model.documents.close_down import close_down_list
from offwall.model.documents.diagram.export import drawing_bpmn, drawing_svg
from offwall.model.records.session import Session
from offwall.model.setup.workshop import WORKSHOP, scope
from offwall.model.tables.all_sheets import sheets_of

TODAY = dt.date(2026, 12, 10)
SAMPLE = store.read_session(sample_sessions.path("cup-of-coffee"))
HOSTILE = "[PO] </text> =1+1 \u202e"


def bounded(starts: str, ends: str) -> Session:
    return replace(SAMPLE, workshop=replace(SAMPLE.workshop, starts=starts, ends=ends))


def events(session: Session, tag: str) -> set[str]:
    root = ET.fromstring(drawing_bpmn(session))  # noqa: S314
    return {one.get("name", "") for one in root.iter() if one.tag.endswith(f"}}{tag}")}


def asked(session: Session) -> list[str]:
    found = close_down_list(session, TODAY)
    return [one.text for said in found.values() for one in said if one.kind == "no scope"]


def test_it_is_asked_for_in_set_up() -> None:
    labels = [one.label for one in WORKSHOP.asks]
    assert labels[labels.index("Process") :][:3] == ["Process", "Starts with", "Ends with"]


def test_close_down_asks_while_one_of_them_is_empty_and_something_is_recorded() -> None:
    assert asked(bounded("Thirst", "A clean cup")) == []
    assert len(asked(bounded("Thirst", " "))) == 1
    assert len(asked(bounded("", ""))) == 1
    assert asked(replace(bounded("", ""), activities=())) == []


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        ("Thirst.", "A clean cup", "from “Thirst” to “A clean cup”"),
        ("Thirst", "", "from “Thirst”"),
        ("", "A clean cup", "to “A clean cup”"),
        ("", "", ""),
    ],
)
def test_it_stands_on_the_cover_as_far_as_it_is_said(starts: str, ends: str, said: str) -> None:
    session = bounded(starts, ends)
    assert scope(session) == said
    for audience in Audience:
        cover = report(session, audience, TODAY).subtitle
        assert said in cover
        assert bool(said) is ("“" in cover)


def test_it_is_the_start_and_the_end_of_the_drawings() -> None:
    session = bounded("Thirst", "A clean cup")
    assert "Start: Thirst" in events(session, "startEvent")
    assert events(session, "endEvent") == {"End: A clean cup"}
    assert b"Start: Thirst" in drawing_svg(session)[0]
    plain = bounded("", "")
    assert "Start" in events(plain, "startEvent")
    assert events(plain, "endEvent") == {"End"}


def test_hostile_words_stay_words() -> None:
    session = bounded(HOSTILE, HOSTILE)
    for file in drawing_svg(session):
        ET.fromstring(file)  # noqa: S314
    assert any("[PO] </text> =1+1" in name for name in events(session, "startEvent"))


def test_the_workbook_says_it() -> None:
    rows = {row[1]: row[2] for row in sheets_of(bounded("Thirst", "A clean cup"))[0].rows}
    assert (rows["Starts with"], rows["Ends with"]) == ("Thirst", "A clean cup")
