"""The drawing as places on a page: nothing lies on anything, nothing is left out."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offwall import sample_sessions
from offwall.model.documents.diagram.pages import pages
from offwall.model.documents.diagram.poster import poster
from offwall.model.documents.diagram.shapes import (
    DrawingPage,
    LineStyle,
    Shape,
    ShapeKind,
    drawable_text,
)
from offwall.model.records.session import (
    END,
    Activity,
    Role,
    Route,
    Session,
    Stage,
    Tier,
    Treatment,
    Workshop,
)
from offwall.model.store.toml.load import loads
from tests.documents.drawn import (
    BOXES,
    box,
    boxes,
    ink,
    overlap,
    processes,
    segments,
    ways,
)

A3, A4 = (420.0, 297.0), (297.0, 210.0)
DIAMONDS = (ShapeKind.DECISION, ShapeKind.FORK)
LANES = ("roles", "wall")


def drawn(session: Session, how: str) -> tuple[DrawingPage, ...]:
    if how == "poster":
        return (poster(session),)
    paper, lanes = how.split()
    return pages(session, A4 if paper == "A4" else A3, lanes=lanes)


HOW = ("poster", "A3 roles", "A4 roles", "A3 wall", "A4 wall")


@pytest.mark.slow
@given(processes(), st.sampled_from(HOW))
def test_any_process_is_drawn_whole_and_clear(session: Session, how: str) -> None:
    found = drawn(session, how)
    no_line_runs_through_a_box(found)
    boxes_and_answers_stand_apart(found)
    lines_to_different_places_never_lie_on_each_other(found)
    words_fit_their_boxes_and_all_fits_the_page(found)
    nothing_is_left_out(session, found, how)
    if how.endswith("roles"):
        what_leaves_for_another_strip_says_where(session, found)


def no_line_runs_through_a_box(found: tuple[DrawingPage, ...]) -> None:
    for page in found:
        # On the poster lines pass a stage's name, too.
        names = [shape for shape in page.shapes if shape.kind is ShapeKind.STAGE]
        for path in ways(page):
            for piece in segments(path):
                for shape in (*boxes(page), *names):
                    assert not _through(piece, shape), (path, shape)


def _through(piece: tuple[float, ...], shape: Shape) -> bool:
    """Whether a line comes into a box: to touch its edge, where ways begin and end, is no harm."""
    left, top, right, bottom = box(shape)
    if shape.kind in DIAMONDS:
        # Ways leave a diamond from its slopes.
        middle, level, half = (left + right) / 2, (top + bottom) / 2, (right - left) / 2
        across = abs(min(max(middle, piece[0]), piece[2]) - middle)
        down = abs(min(max(level, piece[1]), piece[3]) - level)
        return across + down < half - 0.2
    inside = left + 0.05, top + 0.05, right - 0.05, bottom - 0.05
    return _into(piece, inside)


def _into(piece: tuple[float, ...], inside: tuple[float, ...]) -> bool:
    return (
        piece[0] < inside[2]
        and inside[0] < piece[2]
        and piece[1] < inside[3]
        and inside[1] < piece[3]
    )


def boxes_and_answers_stand_apart(found: tuple[DrawingPage, ...]) -> None:
    for page in found:
        for one, other in combinations(boxes(page), 2):
            assert not overlap(box(one), box(other)), (one, other)
        answers = [ink(path.label) for path in ways(page) if path.label]
        for one, other in combinations(answers, 2):
            assert not overlap(one, other)
        for answer in answers:
            assert not any(overlap(answer, box(shape)) for shape in boxes(page))
            for path in ways(page):
                assert not any(_into(piece, answer) for piece in segments(path))


def lines_to_different_places_never_lie_on_each_other(found: tuple[DrawingPage, ...]) -> None:
    for page in found:
        known = [(dict(path.facts), path) for path in page.paths]
        led = [
            (facts, path) for facts, path in known if path.kind in (LineStyle.ROUTE, LineStyle.FLOW)
        ]
        for (one, first), (other, second) in combinations(led, 2):
            # The ways into one step end as one line.
            if one["to"] == other["to"] and one["to"] not in ("", END):
                continue
            for piece in segments(first):
                assert not any(_along(piece, more) for more in segments(second)), (first, second)


def _along(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    for across, along in ((0, 1), (1, 0)):
        level = abs(one[across] - one[across + 2]) < 1e-6
        both = level and abs(other[across] - other[across + 2]) < 1e-6
        if both and abs(one[across] - other[across]) < 0.05:
            shared = min(one[along + 2], other[along + 2]) - max(one[along], other[along])
            if shared > 0.05:
                return True
    return False


def words_fit_their_boxes_and_all_fits_the_page(found: tuple[DrawingPage, ...]) -> None:
    for page in found:
        for shape in page.shapes:
            left, top, right, bottom = box(shape)
            assert left >= 0
            assert top >= 0
            assert right <= page.width + 0.01
            assert bottom <= page.height + 0.01
            for text in shape.texts:
                x0, y0, x1, y1 = ink(text)
                assert left <= x0 + 0.01, (shape, text)
                assert x1 <= right + 0.01, (shape, text)
                assert top <= y0 + text.size * 0.3, (shape, text)
                assert y1 <= bottom + text.size * 0.3, (shape, text)


def nothing_is_left_out(session: Session, found: tuple[DrawingPage, ...], how: str) -> None:
    shapes = [shape for page in found for shape in page.shapes]
    paths = [path for page in found for path in page.paths]

    def number(*kinds: ShapeKind) -> int:
        return sum(shape.kind in kinds for shape in shapes)

    every = session.activities
    assert number(ShapeKind.STEP) == len(every)
    asked = sum(bool(one.decision) for one in every)
    assert number(ShapeKind.DECISION, ShapeKind.QUESTION) == asked
    if how != "poster":
        assert number(ShapeKind.DOCUMENT) == sum(len(one.documents) for one in every)
    told = [dict(one.facts) for one in (*shapes, *paths) if dict(one.facts).get("from")]
    routes = [(one["from"], one["answer"]) for one in told if "answer" in one]
    assert Counter(routes) == Counter(
        (one.id, drawable_text(route.answer)) for one in every for route in one.routes
    )
    flows = [one["from"] for one in told if "answer" not in one]
    assert sorted(flows) == sorted(one.id for one in every if not one.routes)
    if "wall" not in how:
        assert number(ShapeKind.START) == 1


def what_leaves_for_another_strip_says_where(
    session: Session, found: tuple[DrawingPage, ...]
) -> None:
    page_of = {
        dict(shape.facts)["id"]: page.number
        for page in found
        for shape in page.shapes
        if shape.kind is ShapeKind.STEP
    }
    for page in found:
        jumps = [shape for shape in page.shapes if shape.kind is ShapeKind.JUMP]
        ends = {
            (round(path.points[-1][0], 3), round(path.points[-1][1], 3)): dict(path.facts)["to"]
            for path in page.paths
            if "to" in dict(path.facts)
        }
        for shape in jumps:
            to = ends[round(shape.x, 3), round(shape.y + shape.h / 2, 3)]
            ref = session.ref_by_id[to]
            away = page_of[to] != page.number
            said = " ".join(shape.texts[0].lines)
            assert said == (f"{ref}, page {page_of[to]}" if away else ref)


def test_the_wall_s_order_is_kept_and_each_step_stands_in_its_lane_and_stage() -> None:
    session = loads(sample_sessions.path("contract-management").read_text("utf-8"))
    labels = {role.code: role.name for role in session.roles}
    refs = []
    for page in pages(session, A3):
        for part in page.parts:
            steps = [shape for shape in part.shapes if shape.kind is ShapeKind.STEP]
            assert [one.x for one in steps] == sorted(one.x for one in steps)
            for shape in steps:
                activity = session.activity_by_id[dict(shape.facts)["id"]]
                (lane,) = [
                    one
                    for one in part.shapes
                    if one.kind is ShapeKind.LANE and one.y < shape.y < one.y + one.h
                ]
                (stage,) = [
                    one
                    for one in part.shapes
                    if one.kind is ShapeKind.STAGE and one.x < shape.x < one.x + one.w
                ]
                assert lane.about == labels[activity.lead]
                assert dict(stage.facts)["stage"] == activity.stage
                refs.append(session.ref_by_id[activity.id])
    assert refs == list(session.ref_by_id.values())


def test_the_wall_has_its_four_lanes() -> None:
    session = loads(sample_sessions.path("cup-of-coffee").read_text("utf-8"))
    (page,) = pages(session, A3, lanes="wall")
    lanes = [shape.about for shape in page.shapes if shape.kind is ShapeKind.LANE]
    assert lanes == ["activity", "people", "decisions", "documents"]


@pytest.mark.slow
def test_two_hundred_activities_are_one_poster_that_can_be_read() -> None:
    stages = tuple(Stage(f"S{n}", f"Stage {n}") for n in range(1, 11))
    roles = tuple(Role(f"r{n}", f"Head of Service {n}") for n in range(20))
    activities = tuple(
        Activity(
            f"a-{n}",
            f"S{n // 20 + 1}",
            f"Check the insurance certificates of supplier {n} against the contract",
            lead=f"r{n % 20}",
            decision="Is everything in order?" if n % 4 == 0 else "",
            routes=(Route("Yes"), Route("No", to=f"a-{(n * 7) % 200}")) if n % 4 == 0 else (),
        )
        for n in range(200)
    )
    page = poster(Session(stages=stages, roles=roles, activities=activities))
    assert page.width <= 1189
    sizes = [text.size for shape in page.shapes for text in shape.texts]
    assert min(sizes) * 72 / 25.4 >= 9
    assert sum(shape.kind is ShapeKind.STEP for shape in page.shapes) == 200


def test_the_same_session_is_drawn_the_same() -> None:
    session = loads(sample_sessions.path("contract-management").read_text("utf-8"))
    assert pages(session, A3) == pages(session, A3)


TIERED = Session(
    workshop=Workshop(title="Tiered"),
    stages=(Stage("S1", "One", tiers=(("bronze", Treatment.LIGHT),)),),
    roles=(Role("cm", "Contract Manager"),),
    tiers=(Tier("bronze", "Bronze"), Tier("none", "None")),
    activities=(
        Activity("a-1", "S1", "First", tiers=(("none", Treatment.NO),)),
        Activity(
            "a-2",
            "S1",
            "Hidden",
            decision="Which?",
            routes=(Route("So", to="a-3"), Route("Else", to=END)),
            tiers=(("bronze", Treatment.NO), ("none", Treatment.NO)),
        ),
        Activity("a-3", "S1", "Last", tiers=(("none", Treatment.NO),)),
    ),
)


def test_a_tier_s_hidden_steps_are_bridged() -> None:
    (page,) = pages(TIERED, A3, tier="bronze")
    steps = [shape for shape in page.shapes if shape.kind is ShapeKind.STEP]
    assert [dict(one.facts)["id"] for one in steps] == ["a-1", "a-3"]
    assert all("light" in one.texts[0].lines[0] for one in steps)
    assert not [one for one in page.shapes if one.kind in DIAMONDS]
    flows = [dict(path.facts) for path in page.paths if path.kind is LineStyle.FLOW]
    assert [(one["from"], one["to"]) for one in flows] == [("a-1", "a-3"), ("a-3", END)]
    assert page.title == "Tiered: Bronze tier"


@pytest.mark.parametrize(("session", "tier"), [(Session(), ""), (TIERED, "none")])
def test_nothing_to_draw_is_said(session: Session, tier: str) -> None:
    (page,) = pages(session, A3, tier=tier)
    assert not [shape for shape in page.shapes if shape.kind in BOXES]
    said = " ".join(line for text in page.texts for line in text.lines)
    assert ("Nothing is recorded yet" in said) == (not session.activities)
    assert ("none of the activities" in said) == bool(session.activities)


def test_a_text_without_an_end_is_cut_visibly_and_told_whole() -> None:
    endless = "word " * 20_000
    session = Session(
        stages=(Stage("S1", "One"),),
        activities=(Activity("a-1", "S1", endless, decision="x" * 90_000),),
    )
    (page,) = pages(session, A3)
    step = next(shape for shape in page.shapes if shape.kind is ShapeKind.STEP)
    assert step.texts[-1].lines[-1].endswith("…")
    assert len(step.about) > len(endless) - 2
    assert all(shape.h < 110 for shape in page.shapes if shape.kind in BOXES)


def test_a_step_too_tall_for_a_page_is_drawn_smaller_not_cut() -> None:
    papers = tuple(f"Document {n}" for n in range(60))
    session = Session(
        stages=(Stage("S1", "One"),),
        activities=(Activity("a-1", "S1", "File it", documents=papers),),
    )
    (page,) = pages(session, A4)
    assert sum(shape.kind is ShapeKind.DOCUMENT for shape in page.shapes) == 60
    assert max(shape.y + shape.h for shape in page.shapes) < A4[1]
