"""Which name is meant by a few letters: pure, for the line and every field alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offwall.model.records.text import Candidate, candidates, ranked
from tests.steps import steps

ROLES = (
    Candidate("ao", "ao Admissions Officer, leads 6", ("ao", "Admissions Officer", "Registrar")),
    Candidate("hos", "hos Head of Service", ("hos", "Head of Service")),
    Candidate("cm", "cm Contract Manager", ("cm", "Contract Manager")),
    Candidate("cmo", "cmo Chief Medical Officer", ("cmo", "Chief Medical Officer")),
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("", ["ao", "hos", "cm", "cmo"]),
        ("ao", ["ao"]),
        ("off", ["ao", "cmo"]),
        ("REG", ["ao"]),
        ("cm", ["cm", "cmo"]),
        ("head ser", ["hos"]),
        ("h s", ["hos"]),
        ("ser head", []),
        ("Head of ", ["hos"]),
        ("Head o", ["hos"]),
        ("cm ", []),
        ("  cm", ["cm", "cmo"]),
        ("ead", []),
        ("zz", []),
        ("[", []),
    ],
)
def test_the_start_of_any_word_and_initials_mean_a_name(said: str, meant: list[str]) -> None:
    assert [one.text for one in ranked(said, ROLES)] == meant


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("STRASSE", "Hauptstraße"),
        ("jose", "José Núñez"),
        ("nu\u0303n", "José Núñez"),
        ("i\u0307", "İstanbul office"),
        ("[po", "[PO] sends [red]x[/red]"),
        ("po", "[PO] sends [red]x[/red]"),
        ("=1", "=1+1"),
        ("@sum", "@SUM(A1)"),
        ("日", "مرحبا 日本語"),
        ("\x1b", "a \x1b]52;c"),
    ],
)
def test_a_hostile_name_is_a_name(said: str, name: str) -> None:
    found = [one.text for one in ranked(said, candidates([name, "Other"]))]
    assert found == ([] if said == "STRASSE" else [name])


def test_the_whole_name_comes_before_a_start_and_initials_before_a_word() -> None:
    known = candidates(["Cost model", "Head of Service", "A hos note", "Hos", "Hospital"])
    assert [one.text for one in ranked("hos", known)] == [
        *("Hos", "Hospital"),
        *("Head of Service", "A hos note"),
    ]


def test_two_alike_are_both_there_in_their_order() -> None:
    alike = (Candidate("p-1", "Jane Doe, cm", ("Jane Doe",)), Candidate("p-2", "Jane Doe", ()))
    assert [
        one.text for one in ranked("jane", (alike[0], Candidate("p-2", "", ("Jane Doe",))))
    ] == [
        "p-1",
        "p-2",
    ]


def test_five_hundred_roles_cost_a_letter_little() -> None:
    known = tuple(Candidate(f"r{n}", "", (f"r{n}", f"Officer {n} of Service")) for n in range(500))
    ranked("o", known)
    assert steps(lambda: ranked("of s", known)) < 30_000
    assert [one.text for one in ranked("officer 499", known)] == ["r499"]


@given(st.text(max_size=8), st.lists(st.text(max_size=12), max_size=5))
def test_what_is_found_was_known_and_a_name_finds_itself(said: str, names: list[str]) -> None:
    known = candidates(names)
    assert set(ranked(said, known)) <= set(known)
    for one in known:
        whole = one.text.strip()
        assert not whole or one in ranked(whole, known)
