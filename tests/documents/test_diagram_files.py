"""The drawing as files: read by something that knows only SVG, PNG or BPMN."""

import datetime as dt
import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import combinations
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from PIL import Image

from offwall.model.documents.diagram import export as pictures
from offwall.model.documents.diagram.export import (
    FILLS,
    INK,
    TINTS,
    bare,
    drawing_bpmn,
    drawing_poster,
    drawing_svg,
    drawn_activities,
    ink,
)
from offwall.model.documents.diagram.shapes import ShapeKind, measure
from offwall.model.process.graph import edges_by_activity
from offwall.model.records.session import END, Activity, Role, Route, Session, Stage, Workshop
from tests.documents.bpmn_gate import BPMN, DD, DI, NODES, BpmnPicture
from tests.documents.drawn import processes
from tests.strategies import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"

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


def routes_drawn(root: Element) -> list[tuple[str, str, str]]:
    """From, to and answer of every way in a drawing, be it a line, a chip on a card or a note."""
    return [
        (group.get("data-from", ""), group.get("data-to", ""), group.get("data-answer", ""))
        for group in root.iter(f"{SVG}g")
        if group.get("data-from")
    ]


def routes_recorded(session: Session) -> list[tuple[str, str, str]]:
    return [
        (one.start, one.to, one.label)
        for ways in edges_by_activity(session).values()
        for one in ways
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "lanes"), [*((name, "roles") for name in SAMPLES), ("contract-management", "wall")]
)
def test_the_drawing_has_as_much_as_the_session(
    session_of: SessionOf, name: str, lanes: str
) -> None:
    session = session_of(name)
    poster, *single = map(fromstring, drawing_svg(session, lanes=lanes))
    ids = [one.id for one in session.in_order]
    for roots in ([poster], single or [poster]):
        every = [classed(root, "step") for root in roots]
        assert [group.get("data-id") for groups in every for group in groups] == ids
        asked = [one for root in roots for kind in ASKED for one in classed(root, kind)]
        assert len(asked) == len([1 for one in session.activities if one.decision])
        drawn = [way for root in roots for way in routes_drawn(root)]
        assert sorted(drawn) == sorted(routes_recorded(session))
    documents = [name for one in session.activities for name in one.documents]
    assert sum(len(classed(root, "document")) for root in single or [poster]) == len(documents)
    if lanes == "roles":
        lettered = {one.activity for one in session.issues if one.code} & set(ids)
        assert {group.get("data-id") for group in classed(poster, "issues")} == lettered


ASKED = ("question", "decision")


def rectangle(group: Element) -> tuple[float, float, float, float]:
    (rect,) = group.findall(f"{SVG}rect")
    x, y, w, h = (float(rect.get(key, "")) for key in ("x", "y", "width", "height"))
    return x, y, x + w, y + h


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
def test_each_line_of_the_poster_leads_from_its_card_to_its_card(
    session_of: SessionOf, name: str
) -> None:
    """Read from the places alone: where a line begins and ends, and on which card a chip is."""
    session = session_of(name)
    root = fromstring(drawing_svg(session)[0])
    cards = {rectangle(group): group.get("data-id", "") for group in classed(root, "step")}

    def card_at(x: float, y: float) -> str:
        found = [
            known
            for (left, top, right, bottom), known in cards.items()
            if left - 0.01 <= x <= right + 0.01 and top - 0.01 <= y <= bottom + 0.01
        ]
        assert len(found) == 1, (x, y)
        return found[0]

    seen = []
    for group in (*classed(root, "route"), *classed(root, "flow")):
        (line,) = group.findall(f"{SVG}polyline")
        points = [tuple(map(float, point.split(","))) for point in line.get("points", "").split()]
        assert line.get("marker-end")
        seen.append((card_at(*points[0]), card_at(*points[-1]), group.get("data-answer", "")))
    for kind, to in (("end", END), ("back", ""), ("open", "")):
        for group in classed(root, kind):
            x0, y0, x1, y1 = rectangle(group)
            answer = group.get("data-answer", "")
            seen.append((card_at((x0 + x1) / 2, (y0 + y1) / 2), to, answer))
    assert sorted(seen) == sorted(routes_recorded(session))


@pytest.mark.slow
def test_the_poster_is_one_sheet_of_nine_points(session_of: SessionOf) -> None:
    root = fromstring(drawing_svg(session_of("contract-management"))[0])
    assert (root.get("width"), root.get("height")) == ("420mm", "297mm")
    sizes = [float(text.get("font-size", "")) for text in root.iter(f"{SVG}text")]
    assert min(sizes) * 72 / 25.4 >= 9


@pytest.mark.slow
def test_each_page_is_a_file_of_its_own_to_print(session_of: SessionOf) -> None:
    session = session_of("contract-management")
    _, *single = drawing_svg(session, paper="A4", printed=dt.date(2026, 12, 11))
    for number, page in enumerate(single, 1):
        root = fromstring(page)
        assert (root.get("width"), root.get("height")) == ("297mm", "210mm")
        said = words(root)
        assert f"Page {number} of {len(single)}" in said
        assert "Drawn on 11 December 2026" in said
        assert "Draft: 3 of 48 activities are not yet confirmed" in said
        sizes = [float(text.get("font-size", "")) for text in root.iter(f"{SVG}text")]
        assert min(sizes) * 72 / 25.4 >= 8


@pytest.mark.slow
def test_what_is_not_confirmed_is_marked_on_its_step(session_of: SessionOf) -> None:
    session = session_of("contract-management")
    root = fromstring(drawing_svg(session)[0])
    marked = {
        group.get("data-of")
        for group in classed(root, "remark")
        if "to confirm" in "".join(group.itertext())
    }
    assert marked == {one.id for one in session.activities if not one.confirmed}


def test_a_tier_s_poster_has_its_own_answers_and_folds_what_is_decided(
    session_of: SessionOf,
) -> None:
    session = session_of("contract-management")
    by_ref = {ref: known for known, ref in session.ref_by_id.items()}
    root = fromstring(drawing_svg(session, tier="bronze")[0])
    assert len(classed(root, "step")) == drawn_activities(session, "bronze") == 21
    drawn = routes_drawn(root)
    assert (by_ref["S1.03"], by_ref["S2.01"], "") in drawn
    outcomes = Counter(start for start, _ in {(a, b) for a, b, _ in drawn})
    asked = {group.get("data-of") for group in classed(root, "question")}
    assert asked == {known for known, count in outcomes.items() if count > 1}
    (unled,) = [
        group.get("data-of")
        for group in classed(root, "remark")
        if "nothing leads here" in "".join(group.itertext())
    ]
    assert unled == by_ref["S3.05"]


def test_it_can_be_read_searched_and_told(session_of: SessionOf) -> None:
    session = session_of("contract-management")
    files = [fromstring(content) for content in drawing_svg(session)]
    text = re.sub(r"\s+", " ", " ".join(words(root) for root in files))
    for activity in session.activities:
        assert activity.text in text
        assert activity.decision in text
        assert all(name in text for name in activity.documents)
    root = files[0]
    assert root.get("role") == "img"
    title, about = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == session.workshop.title
    assert about is not None
    told = about.text or ""
    assert told.startswith("A process map: 48 steps, 13 decisions")
    assert all(one.text in told and one.decision in told for one in session.activities)
    assert "S1.03 to S2.01: Bronze" in told
    assert root.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"


@pytest.mark.slow
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
    assert drawing_poster(session, width=300)[1].startswith(b"\x89PNG")


def lightness(colour: str) -> float:
    """Relative luminance (WCAG 2): what is left of a colour in grey."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_colours_survive_grey_printing() -> None:
    for kind, fill in [*FILLS.items(), *((ShapeKind.TAB, tint) for tint in TINTS)]:
        if fill == "none":
            continue
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
    with Image.open(BytesIO(drawing_poster(session, width=700)[1])) as picture:
        assert picture.width == 700
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 20) or ()}
        assert len(colours) > 20
    with Image.open(BytesIO(drawing_poster(Session(), width=90)[1])) as picture:
        assert picture.width == 90


def ink_in(content: bytes) -> int:
    """How many pixels are nearly as dark as ink."""
    with Image.open(BytesIO(content)) as picture:
        return sum(picture.convert("L").histogram()[:70])


@pytest.mark.slow
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
    without = ink_in(drawing_poster(session, width=1200)[1])
    monkeypatch.undo()
    monkeypatch.setattr(pictures, "there", lambda *files: fonts_there)
    assert ink_in(drawing_poster(session, width=1200)[1]) > without + 2000


def test_letters_without_accents_stand_for_those_that_no_font_has() -> None:
    assert bare("Café: £5\n漢") == "Cafe: GBP 5\n?"


@pytest.mark.parametrize("name", [*SAMPLES, "nothing"])
def test_bpmn_holds_together(session_of: SessionOf, name: str) -> None:
    session = session_of(name)
    root = fromstring(drawing_bpmn(session))
    known = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(known)) == len(known)
    process = root.find(f"{BPMN}process")
    assert process is not None
    tasks = process.findall(f"{BPMN}task")
    refs = session.ref_by_id
    assert [one.get("name") for one in tasks] == [
        f"{refs[one.id]} {one.text}" for one in session.in_order
    ]
    named = [one.get("name") for one in process.findall(f"{BPMN}exclusiveGateway")]
    assert [one for one in named if one] == [
        one.decision for one in session.in_order if len({r.to for r in one.routes}) > 1
    ]
    documents = [name for one in session.in_order for name in one.documents]
    held = [one.get("name") for one in process.findall(f"{BPMN}dataObjectReference")]
    assert sorted(held) == sorted(documents)
    assert len(process.findall(f"{BPMN}dataObject")) == len(set(documents))
    flows = process.findall(f"{BPMN}sequenceFlow")
    answers = [
        answer for one in flows if one.get("name") for answer in one.get("name", "").split(" / ")
    ]
    assert sorted(answers) == sorted(r.answer for one in session.activities for r in one.routes)
    nodes = {one.get("id") for tag in NODES for one in process.findall(f"{BPMN}{tag}")}
    assert {one.get(end) for one in flows for end in ("sourceRef", "targetRef")} <= nodes
    # Each node is in its stage's lane, and there in the lane of who leads.
    lanes = [one.text for one in root.iter(f"{BPMN}flowNodeRef")]
    assert sorted(lanes) == sorted([*map(str, nodes), *map(str, nodes)])
    for element, tag in ((one, tag) for one in process for tag in ("incoming", "outgoing")):
        end = "targetRef" if tag == "incoming" else "sourceRef"
        theirs = [one.get("id") for one in flows if one.get(end) == element.get("id")]
        assert [one.text for one in element.findall(f"{BPMN}{tag}")] == theirs
    seen = {one.get("bpmnElement") for one in root.iter() if one.get("bpmnElement")}
    lines = {one.get("id") for one in (*flows, *process.findall(f"{BPMN}association"))}
    assert nodes | lines <= seen
    assert all(len(one.findall(f"{DD}waypoint")) > 1 for one in root.iter(f"{DI}BPMNEdge"))


def test_bpmn_is_drawn_in_rows_with_few_crossings(session_of: SessionOf) -> None:
    picture = BpmnPicture(drawing_bpmn(session_of("contract-management")))
    assert picture.crossings() * 3 <= len(picture.flows)
    wide = max(shape.box[2] for shape in picture.shapes.values())
    assert wide < 3000


def test_bpmn_says_who_and_when(session_of: SessionOf) -> None:
    session = session_of("contract-management")
    process = fromstring(drawing_bpmn(session)).find(f"{BPMN}process")
    assert process is not None
    names = {role.code: role.name for role in session.roles}
    tasks = process.findall(f"{BPMN}task")
    for activity, task in zip(session.in_order, tasks, strict=True):
        said = (task.findtext(f"{BPMN}documentation") or "").split("\n")
        assert f"Lead (responsible): {names[activity.lead]}" in said
        assert f"Accountable: {names[activity.accountable]}" in said
        for what, codes in (("Consulted", activity.consulted), ("Informed", activity.informed)):
            told = f"{what}: {', '.join(names[code] for code in codes)}"
            assert (told in said) == bool(codes)
        assert (f"Timescale: {activity.timescale}" in said) == bool(activity.timescale)
        assert any(line.startswith("Tiers: Gold: yes") for line in said)


def test_an_id_in_bpmn_stays_when_other_activities_come(session_of: SessionOf) -> None:
    session = session_of("contract-management")
    more = replace(session, activities=(Activity("a-new", "S1", "New"), *session.activities))

    def ids(content: bytes) -> dict[str, str]:
        process = fromstring(content).find(f"{BPMN}process")
        assert process is not None
        tasks = process.findall(f"{BPMN}task")
        return {one.get("id", ""): one.get("name", "").split(" ", 1)[1] for one in tasks}

    before, after = ids(drawing_bpmn(session)), ids(drawing_bpmn(more))
    assert before.items() <= after.items()


@pytest.mark.slow
@settings(max_examples=1000 if os.environ.get("HYPOTHESIS_PROFILE") == "night" else 50)
@given(processes())
def test_bpmn_of_any_process_is_clear_and_passes_the_rules(session: Session) -> None:
    picture = BpmnPicture(drawing_bpmn(session))
    assert not picture.overlaps()
    assert not picture.through()
    assert not picture.undocked()
    assert not picture.shared()
    assert not picture.faults()


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
