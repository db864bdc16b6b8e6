"""The drawing as files: read by something that knows only SVG, PNG or BPMN."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from itertools import combinations
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from PIL import Image

from offwall.model.documents.diagram import png as pictures
from offwall.model.documents.diagram.export import (
    drawing_bpmn,
    drawing_page_pngs,
    drawing_png,
    drawing_svg,
)
from offwall.model.documents.diagram.fonts import bare, measure
from offwall.model.documents.diagram.svg import FILLS, INK, ink
from offwall.model.records.session import END, Activity, Role, Route, Session, Stage, Workshop
from offwall.model.store.files import ExportError
from tests.strategies import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DD = "{http://www.omg.org/spec/DD/20100524/DI}"

SessionOf = Callable[[str], Session]
SAMPLES = ("contract-management", "cup-of-coffee", "brackets")


def classed(root: Element, name: str) -> list[Element]:
    return [group for group in root.iter(f"{SVG}g") if group.get("class") == name]


def words(root: Element) -> str:
    """All text as it is selected and copied."""
    return " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


HOSTILE_SESSION = Session(
    workshop=Workshop(title="<svg onload='x()'> & ]]> \x1b[31m"),
    stages=(Stage("S1", "</text><script>"),),
    roles=(Role("cm", '"><b>\u202e'),),
    activities=tuple(
        Activity(
            f"a-{at}",
            "S1",
            f"{text} \x00\x1b\x9b\ufffe",
            lead="cm",
            decision=text,
            routes=(Route(text, to=END), Route("&amp;", to_words=text)),
            documents=(text,),
        )
        for at, text in enumerate(HOSTILE)
    ),
)
"""Text that would be markup, end the text it stands in, or break the XML."""


@pytest.mark.parametrize(
    ("name", "lanes"), [*((name, "roles") for name in SAMPLES), ("contract-management", "wall")]
)
def test_the_drawing_has_as_much_as_the_session(
    session_of: SessionOf, name: str, lanes: str
) -> None:
    session = session_of(name)
    root = fromstring(drawing_svg(session, lanes=lanes)[0])
    activities = session.activities
    assert [group.get("data-id") for group in classed(root, "step")] == [
        one.id for one in session.in_order
    ]
    assert len(classed(root, "decision")) == len([1 for one in activities if one.decision])
    documents = [name for one in activities for name in one.documents]
    assert len(classed(root, "document")) == len(documents)
    routes = [(one.id, route.answer) for one in activities for route in one.routes]
    drawn = [(one.get("data-from"), one.get("data-answer", "")) for one in classed(root, "route")]
    assert sorted(drawn) == sorted(routes)
    lettered = {issue.activity for issue in session.issues if issue.code} & set(
        session.activity_by_id
    )
    assert {group.get("data-id") for group in classed(root, "issues")} == lettered


def test_each_page_is_a_file_of_its_own_to_print(session_of: SessionOf) -> None:
    session = session_of("contract-management")
    whole, *single = drawing_svg(session, paper="A4")
    ids = [group.get("data-id") for page in single for group in classed(fromstring(page), "step")]
    assert ids == [one.id for one in session.in_order]
    for page in single:
        root = fromstring(page)
        assert (root.get("width"), root.get("height")) == ("297mm", "210mm")
    assert fromstring(whole).get("height") == f"{210 * len(single)}mm"
    assert len(drawing_svg(session_of("cup-of-coffee"))) == 1


def test_it_can_be_read_searched_and_told(session_of: SessionOf) -> None:
    session = session_of("contract-management")
    root = fromstring(drawing_svg(session)[0])
    text = re.sub(r"\s+", " ", words(root))
    for activity in session.activities:
        assert activity.text in text
        assert activity.decision in text
        assert all(name in text for name in activity.documents)
    assert root.get("role") == "img"
    title, about = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == session.workshop.title
    assert about is not None
    told = about.text or ""
    assert all(one.text in told and one.decision in told for one in session.activities)
    assert "S1.03 to S2.01: Bronze" in told
    assert root.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"


def test_hostile_text_is_text_and_no_more() -> None:
    session = HOSTILE_SESSION
    content = drawing_svg(session)[0]
    root = fromstring(content)
    assert not re.search("[\x00-\x08\x0b-\x1f\x80-\x9f\u202e\ufffe]", content.decode())
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "defs", "marker", "path", "view", "g", "rect", "polyline"),
        *("polygon", "circle", "text", "tspan"),
    }
    assert not [key for element in root.iter() for key in element.attrib if key.startswith("on")]
    assert "=1+1" in words(root)
    assert "</text><script>" in words(root)
    fromstring(drawing_bpmn(session))
    assert drawing_png(session, width=300).startswith(b"\x89PNG")


def lightness(colour: str) -> float:
    """Relative luminance (WCAG 2): what is left of a colour in grey."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_colours_survive_grey_printing() -> None:
    for kind, fill in FILLS.items():
        pair = sorted((lightness(fill), lightness(ink(kind))))
        assert (pair[1] + 0.05) / (pair[0] + 0.05) >= 7, kind
    told_apart = ("step", "decision", "document", "start")
    shades = [lightness(FILLS[kind]) for kind in FILLS if kind in told_apart]
    assert all(abs(one - other) > 0.05 for one, other in combinations(shades, 2))
    assert lightness(INK) < 0.02


def test_widths_are_those_of_common_fonts() -> None:
    # Helvetica's own widths (Adobe Font Metrics): A 667, i 222, space 278, in thousandths.
    assert measure("A", 1000) == pytest.approx(667, rel=0.12)
    assert measure("i", 1000) == pytest.approx(222, rel=0.25)
    assert measure("é", 3) == measure("e", 3)
    assert measure("漢", 3) > 3
    assert measure("e\u0301", 3) == measure("e", 3)
    assert measure("", 3) == 0


def test_pictures(session_of: SessionOf) -> None:
    session = session_of("cup-of-coffee")
    with Image.open(BytesIO(drawing_png(session, width=700))) as picture:
        assert picture.width == 700
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 20) or ()}
        assert len(colours) > 20
    with Image.open(BytesIO(drawing_png(Session(), width=90))) as picture:
        assert picture.width == 90
    (page,) = drawing_page_pngs(session, width=420)
    with Image.open(BytesIO(page)) as picture:
        assert picture.size == (420, 297)


def ink_in(content: bytes) -> int:
    """How many pixels are nearly as dark as ink."""
    with Image.open(BytesIO(content)) as picture:
        return sum(picture.convert("L").histogram()[:70])


@pytest.mark.parametrize("fonts_there", [True, False])
def test_pictures_have_words_whatever_fonts_the_machine_has(
    session_of: SessionOf, monkeypatch: pytest.MonkeyPatch, fonts_there: bool
) -> None:
    monkeypatch.setattr(pictures, "there", lambda *files: fonts_there)
    session = session_of("cup-of-coffee")
    wordless = pictures.to_svg
    monkeypatch.setattr(
        pictures,
        "to_svg",
        lambda pages: re.sub(rb"<tspan[^>]*>[^<]*</tspan>", b"", wordless(pages)),
    )
    without = ink_in(drawing_png(session, width=1200))
    monkeypatch.undo()
    monkeypatch.setattr(pictures, "there", lambda *files: fonts_there)
    assert ink_in(drawing_png(session, width=1200)) > without + 2000


def test_letters_without_accents_stand_for_those_that_no_font_has() -> None:
    assert bare("Café: £5\n漢") == "Cafe: GBP 5\n?"


def test_a_tier_that_is_not_there_is_refused(session_of: SessionOf) -> None:
    session = session_of("contract-management")
    with pytest.raises(ExportError, match=r"There is no tier 'platinum'\. There are "):
        drawing_svg(session, tier="platinum")
    with pytest.raises(ExportError, match="has no tiers"):
        drawing_bpmn(Session(), tier="gold")


@pytest.mark.parametrize("name", [*SAMPLES, "nothing"])
def test_bpmn_holds_together(session_of: SessionOf, name: str) -> None:
    session = session_of(name)
    root = fromstring(drawing_bpmn(session))
    known = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(known)) == len(known)
    process = root.find(f"{BPMN}process")
    assert process is not None
    tasks = process.findall(f"{BPMN}task")
    assert [one.get("name") for one in tasks] == [one.text for one in session.in_order]
    named = [one.get("name") for one in process.findall(f"{BPMN}exclusiveGateway")]
    asked = [one.decision for one in session.in_order if one.decision]
    assert [one for one in named if one] == asked
    documents = [name for one in session.in_order for name in one.documents]
    held = [one.get("name") for one in process.findall(f"{BPMN}dataObjectReference")]
    assert sorted(held) == sorted(documents)
    flows = process.findall(f"{BPMN}sequenceFlow")
    answers = [route.answer for one in session.activities for route in one.routes if route.answer]
    assert sorted(one.get("name", "") for one in flows if one.get("name")) == sorted(answers)
    nodes = {one.get("id") for tag in NODES for one in process.findall(f"{BPMN}{tag}")}
    assert {one.get(end) for one in flows for end in ("sourceRef", "targetRef")} <= nodes
    lanes = [one.text for one in root.iter(f"{BPMN}flowNodeRef")]
    assert sorted(lanes) == sorted(map(str, nodes))
    for element, tag in ((one, tag) for one in process for tag in ("incoming", "outgoing")):
        end = "targetRef" if tag == "incoming" else "sourceRef"
        theirs = [one.get("id") for one in flows if one.get(end) == element.get("id")]
        assert [one.text for one in element.findall(f"{BPMN}{tag}")] == theirs
    drawn = {one.get("bpmnElement") for one in root.iter() if one.get("bpmnElement")}
    lines = {one.get("id") for one in (*flows, *process.findall(f"{BPMN}association"))}
    assert nodes | lines <= drawn
    assert all(len(one.findall(f"{DD}waypoint")) > 1 for one in root.iter(f"{DI}BPMNEdge"))


NODES = ("startEvent", "task", "exclusiveGateway", "endEvent")

READ = """
import {BpmnModdle} from 'bpmn-moddle';
import fs from 'node:fs';
const said = [];
for (const name of process.argv.slice(2)) {
  const {warnings} = await new BpmnModdle().fromXML(fs.readFileSync(name, 'utf8'));
  said.push(warnings.map(warning => warning.message));
}
console.log(JSON.stringify(said));
"""


@pytest.mark.slow
def test_bpmn_io_reads_it_without_a_warning(session_of: SessionOf, tmp_path: Path) -> None:
    """Needs Node; finds the npm package bpmn-moddle in NODE_MODULES, or in npm's global folder."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        pytest.skip("Node is not installed")
    told = os.environ.get("NODE_MODULES")
    modules = Path(told or subprocess.check_output([npm, "root", "-g"], text=True).strip())
    if not (modules / "bpmn-moddle").is_dir():
        pytest.skip("the npm package bpmn-moddle is not installed (npm install -g bpmn-moddle)")
    (tmp_path / "node_modules").symlink_to(modules)
    (tmp_path / "read.mjs").write_text(READ)
    sessions = [*map(session_of, (*SAMPLES, "nothing")), HOSTILE_SESSION]
    for at, session in enumerate(sessions):
        (tmp_path / f"{at}.bpmn").write_bytes(drawing_bpmn(session))
    files = [f"{at}.bpmn" for at in range(len(sessions))]
    said = subprocess.check_output([node, "read.mjs", *files], cwd=tmp_path, text=True)
    assert json.loads(said) == [[] for _ in files]
