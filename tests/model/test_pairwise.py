"""Asking which of two comes first: as seldom as can be, and never in circles."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.pairwise import Answer, most_questions, settled, sort


def answered(keys: list[str], wanted: list[str]) -> tuple[tuple[str, ...], list[Answer]]:
    """Answer every question by a wanted order; the order that comes of it, and the answers."""
    answers: list[Answer] = []
    left = most_questions(len(keys))
    while (found := sort(keys, answers)).question:
        assert 1 <= found.left <= left
        assert found.order is None
        left = found.left - 1
        first, second = sorted(found.question, key=wanted.index)
        assert (first, second) not in answers
        answers.append((first, second))
    assert found.left == 0
    assert found.order is not None
    return found.order, answers


@pytest.mark.parametrize(
    ("number", "most"), [(0, 0), (1, 0), (2, 1), (3, 3), (4, 5), (5, 8), (8, 17), (10, 25)]
)
def test_the_most_questions_are_those_of_a_merge_sort(number: int, most: int) -> None:
    assert most_questions(number) == most


def test_every_order_of_five_is_found_with_at_most_eight_questions() -> None:
    keys = list("abcde")
    counts = set()
    for wanted in permutations(keys):
        order, answers = answered(keys, list(wanted))
        assert order == wanted
        counts.add(len(answers))
    assert max(counts) == most_questions(5) == 8


@given(st.data(), st.integers(0, 14))
def test_any_order_is_found_and_settled_alike(data: st.DataObject, number: int) -> None:
    keys = [f"n-{place}" for place in range(number)]
    wanted = data.draw(st.permutations(keys))
    order, answers = answered(keys, wanted)
    assert list(order) == wanted
    assert len(answers) <= most_questions(number)
    assert settled(keys, answers) == order
    assert sort(keys, reversed(answers)) == sort(keys, answers)


def test_what_follows_from_two_answers_is_not_asked() -> None:
    assert sort(list("abc"), [("a", "b"), ("b", "c")]).order == ("a", "b", "c")
    assert sort(list("abc"), [("a", "x"), ("x", "b")]).question == ("b", "c")


def test_an_answer_taken_back_is_asked_again() -> None:
    keys = list("abcd")
    first = sort(keys, [])
    assert first.question == ("a", "b")
    assert sort(keys, [("b", "a")]).question == ("c", "d")
    assert sort(keys, []) == first


def test_nothing_and_one_need_no_question() -> None:
    for keys in ([], ["a"]):
        assert sort(keys, [("a", "b")]).order == tuple(keys)
        assert settled(keys, [("a", "b")]) == tuple(keys)


pairs = st.lists(st.tuples(st.sampled_from("abcdef?"), st.sampled_from("abcdef?")), max_size=20)


@given(pairs)
def test_answers_that_contradict_one_another_still_come_to_an_end(answers: list[Answer]) -> None:
    keys = list("fbdace")
    given_now = list(answers)
    for _ in range(most_questions(len(keys)) + 1):
        found = sort(keys, given_now)
        if found.question is None:
            break
        given_now.append(found.question)
    assert found.order is not None
    assert sorted(found.order) == sorted(keys)
    assert sorted(settled(keys, given_now)) == sorted(keys)


@given(pairs)
def test_what_is_settled_keeps_every_answer_where_none_contradicts(answers: list[Answer]) -> None:
    keys = list("abcdef")
    onward = [(one, other) for one, other in answers if one < other and one != "?"]
    order = settled(list(reversed(keys)), onward)
    for first, second in onward:
        if second != "?":
            assert order.index(first) < order.index(second)


def test_without_answers_all_stay_as_they_stand() -> None:
    assert settled(list("cab"), []) == tuple("cab")
    assert settled(list("cab"), [("b", "c")]) == tuple("abc")
    assert settled(list("cab"), [("a", "b"), ("b", "a")]) == tuple("cab")


def test_a_thousand_that_tie_are_settled_at_once() -> None:
    keys = [f"n-{place}" for place in range(1000)]
    order = settled(keys, [(keys[-1], keys[0])])
    assert order.index(keys[-1]) < order.index(keys[0])
    assert len(order) == 1000
    assert sort(keys, []).left == most_questions(1000)
