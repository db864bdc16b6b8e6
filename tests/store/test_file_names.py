"""Names of files that are made of what people wrote."""

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from offwall.model.store.files import LONGEST_FILE_NAME, MOST_BYTES, safe_name, safe_names
from tests.strategies import EXAMPLES


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Head of Service", "Head-of-Service"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\x\\..", "C-x"),
        ("..", "owner"),
        ("", "owner"),
        ("🎉", "owner"),
        ("CON", "owner-CON"),
        ("lpt1", "owner-lpt1"),
        ("COM", "COM"),
        ("-rf", "rf"),
        ("a\x1b]0;b\x07", "a-0-b"),
        ("Zoë Ünal", "Zoë-Ünal"),
        ("Zoe\u0308", "Zoë"),
        ("हिन्दी", "हिन्दी"),
        ("\u202egnp.exe", "gnp-exe"),
        ("x" * 300, "x" * LONGEST_FILE_NAME),
    ],
)
def test_the_name_says_the_words_as_far_as_it_can(words: str, name: str) -> None:
    assert safe_name(words, "owner") == name


@settings(max_examples=EXAMPLES)
@given(st.text(max_size=400))
@example("\u0130" * 300)
@example("𝒳" * 300)
def test_no_name_leaves_its_folder_or_is_too_long(words: str) -> None:
    name = safe_name(words, "owner")
    assert name
    assert PurePosixPath(name).name == PureWindowsPath(name).name == name
    assert name not in (".", "..")
    assert len(name.encode()) <= MOST_BYTES + len("owner-")
    assert not any(unicodedata.category(one)[0] in "CZ" for one in name)


def test_no_two_are_alike_on_a_disk_that_does_not_tell_capitals() -> None:
    assert safe_names(["Jane", "JANE", "jane!", "🎉", "/", "Jane-2"], "owner") == [
        *("Jane", "JANE-2", "jane-3", "owner", "owner-2", "Jane-2-2")
    ]
