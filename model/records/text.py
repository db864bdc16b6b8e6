"""Text as it comes in and as it is shown: the one error that a change raises, one line and blocks,
what a form's answers mean, which name is meant by what is typed, what a terminal is sent.

Every text that is kept goes through `line_of` or `block_of`, all that is shown through `plain`.
Errors are `EditError`, a sentence for the user.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain, count
from operator import itemgetter
from typing import TypeVar
from unicodedata import category, combining, normalize


class EditError(ValueError):
    """A change that cannot be made. Its text is a sentence: what is wrong, and what to do."""


# Text as it comes in: without what a terminal would obey, and never empty where it is needed.

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and surrogates, which neither a terminal nor a file should be sent; a new line
and a tab are text.
"""

# Control characters that are not white space; half a surrogate pair cannot be written as UTF-8.
_UNTYPED = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def line_of(text: str, needed: str = "") -> str:
    """The text on one line with single spaces. Raises `EditError` with ``needed`` where empty."""
    line = " ".join(CONTROL.sub(" ", text).split())
    if needed and not line:
        raise EditError(needed)
    return line


def without_controls(text: str) -> str:
    """The text without what no key types; white space is left as it stands."""
    return _SURROGATE.sub("\ufffd", _UNTYPED.sub("", text))


def block_of(text: str) -> str:
    """The text with its line breaks, without blank space at its ends."""
    lines = CONTROL.sub("", text.replace("\r\n", "\n")).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


# What the answers of a form mean: text, several texts, a date, one of a few words.
#
# A form shows what a record holds and hands all of it back. What was not touched stays as it was to
# the letter, even where the form could not have been used to type it.

Choice = TypeVar("Choice", bound=StrEnum)
Nothing = TypeVar("Nothing", bound=StrEnum | None)

EXCERPT_LENGTH = 40
"""Characters of somebody's text that a sentence quotes at most."""

LONGEST_EXTRACT = 160
"""Characters of the session's own text where a report has to stay short; the workbook has all."""

LONGEST_QUOTE = 60
"""Characters of the session's own text that a finding, or what changed, repeats."""

MOST_DIGITS = 9
"""Digits of a number at most: thousands of them take the interpreter seconds."""


def on_one_line(text: str) -> str:
    """The text on one line with single spaces, whatever else it holds."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """A text as it compares: without regard to case and space."""
    return on_one_line(text).casefold()


def cut_short(text: str, most: int) -> str:
    """The text, or the beginning of one that is longer than ``most`` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def shorten(text: str, most: int = LONGEST_EXTRACT) -> str:
    """A text on one line, cut at a word where it is longer than ``most`` characters."""
    line = line_of(text)
    if len(line) <= most:
        return line
    kept = line[: most - 1]
    at_word = kept.rpartition(" ")[0]
    return f"{at_word if len(at_word) > most // 2 else kept}…"


def excerpt(text: str) -> str:
    """The text, or the beginning of a long one, for quoting in a sentence."""
    return cut_short(line_of(text), EXCERPT_LENGTH)


def quoted(text: str) -> str:
    """A text in quotes, on one line, or the beginning of a long one."""
    return f"“{cut_short(on_one_line(text), LONGEST_QUOTE)}”"


def as_sentence(text: str) -> str:
    """A text as a sentence: with a full stop where nothing ends it."""
    return text if not text or text[-1] in ".!?…:;" else f"{text}."


def english_list(texts: Iterable[str]) -> str:
    """Words as English lists them: ``A, B and C``."""
    *first, last = (*texts,) or ("",)
    return f"{', '.join(first)} and {last}" if first else last


def first_of(texts: Sequence[str], most: int, where: str) -> str:
    """The first few of a list, and how many more there are and where."""
    if len(texts) <= most:
        return english_list(texts)
    return f"{', '.join(texts[:most])} and {len(texts) - most} more, {where}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number and its noun: ``1 activity``, ``2 activities``, ``1,000 activities``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def text_from(text: str, old: str) -> str:
    """The answer on one line; ``old`` where it says the same."""
    line = line_of(text)
    return old if line == line_of(old) else line


def join_texts(texts: Iterable[str], separator: str) -> str:
    """Several texts as a form shows them; `texts_from` reads them back."""
    return f"{separator} ".join(texts)


def texts_from(text: str, separator: str, old: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The answers between the separators, each once, in order."""
    if line_of(text) == line_of(join_texts(old, separator)):
        return old
    return tuple(dict.fromkeys(filter(None, map(line_of, text.split(separator)))))


def date_from(text: str, today: dt.date, old: dt.date | None = None) -> dt.date | None:
    """The date that the answer means; none for none. Raises `EditError` where it is no date."""
    words = line_of(text)
    if not words:
        return None
    # Few commands ask for a date, and every one is the quicker without these.
    from offwall.model.records.dates import parse_when, short_date

    if old and words == short_date(old):
        return old
    if found := parse_when(words, today):
        return found
    raise EditError(
        f"{excerpt(words)} is no date. Type one such as 29 Jan, 29/1, 2027-01-29, 2w or fri."
    )


def whole_number(words: str, least: int, most: int) -> int | None:
    """The whole number that the words are in plain digits; none where it is not between the two."""
    if not (words.isascii() and words.isdecimal()) or len(words) > MOST_DIGITS:
        return None
    number = int(words)
    return number if least <= number <= most else None


def number_from(text: str, least: int, most: int, wrong: str) -> int | None:
    """The whole number that the answer is; none for none. Raises `EditError` where it is none
    between the two: what was said is no ``wrong``.
    """
    words = line_of(text)
    number = whole_number(words, least, most)
    if words and number is None:
        raise EditError(f"{excerpt(words)} is no {wrong}")
    return number


def free_name(
    wanted: str, taken: Container[str], between: str = "", compared: Callable[[str], str] = str
) -> str:
    """What is wanted, or that and the first number from 2 by which nothing is called yet.

    ``compared`` makes of a name what ``taken`` holds of it.
    """
    numbered = (f"{wanted}{between}{number}" for number in count(2))
    return next(name for name in chain([wanted], numbered) if compared(name) not in taken)


def choice_from(text: str, kinds: type[Choice], default: Nothing, what: str) -> Choice | Nothing:
    """The one of ``kinds`` that the answer is, or that has a word that the answer begins; raises
    `EditError` where that is none, or several.
    """
    wanted = line_of(text).casefold()
    if not wanted:
        return default
    found = [kind for kind in kinds if f" {wanted}" in f" {kind.casefold()}"]
    exact = [kind for kind in found if kind.casefold() == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    names = ", ".join(kinds)
    raise EditError(f"{excerpt(text)} does not say which {what}. Type the start of one: {names}.")


# Which of several known names is meant by the letters typed so far, the likeliest first.
#
# One matcher for the line and for every field: by the whole name, its start, its initials, or the
# start of any of its words; case, accents and space do not count.

_MOST_KNOWN = 32_768
"""Names whose folded form is remembered: two for each of 10,000 activities, and all else."""
_NO_MATCH = 9


@dataclass(frozen=True, slots=True)
class Candidate:
    """One that may be meant: what is put in, what the list says of it, and what it is called.

    ``names`` are all that it goes by; the text itself where there is no other.
    """

    text: str
    label: str
    names: tuple[str, ...] = ()


def candidates(texts: Iterable[str]) -> tuple[Candidate, ...]:
    """Each text once, as what may be meant by itself."""
    return tuple(Candidate(text, text) for text in dict.fromkeys(texts))


def ranked(text: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those that the letters may mean, the likeliest first; all of them where none is typed.

    A space at the end says that a word is whole: then only a name that goes on so is meant.
    """
    wanted = _folded(text)[0]
    if not wanted:
        return list(candidates)
    whole = text[-1:].isspace()
    graded = [
        (min(_grade(wanted, name, whole=whole) for name in one.names or [one.text]), one)
        for one in candidates
    ]
    graded = [(grade, one) for grade, one in graded if grade < _NO_MATCH]
    return [one for _, one in sorted(graded, key=itemgetter(0))]


def _grade(wanted: str, name: str, *, whole: bool) -> int:
    """How likely a name is meant, 0 the most."""
    folded, words, initials = _folded(name)
    if whole:
        return 1 if folded.startswith(f"{wanted} ") else _NO_MATCH
    if folded.startswith(wanted):
        return int(folded != wanted)
    if initials.startswith(wanted):
        return 2 if initials == wanted else 4
    return 3 if _begin(wanted, words) else _NO_MATCH


def _begin(wanted: str, words: str) -> bool:
    """Whether each part of what is typed begins a word, in order."""
    at = 0
    for part in wanted.split():
        at = words.find(f" {part}", at) + 1
        if not at:
            return False
    return True


@lru_cache(_MOST_KNOWN)
def _folded(name: str) -> tuple[str, str, str]:
    """A name as it compares; its words, with their signs and without, each after a space; its
    initials.
    """
    plain = fold(name)
    if not plain.isascii():
        split = normalize("NFKD", plain)
        plain = fold("".join(mark for mark in split if not combining(mark)))
    words = plain.split()
    bare = [
        [word]
        if word.isalnum()
        else "".join(mark if mark.isalnum() else " " for mark in word).split()
        for word in words
    ]
    starts = [part for word, parts in zip(words, bare, strict=True) for part in (word, *parts)]
    return (
        plain,
        "".join(f" {part}" for part in dict.fromkeys(starts)),
        "".join(parts[0][0] for parts in bare if parts),
    )


# Text as every format that leaves can hold it; XML, within most of them, bears the least.

# Controls but tab and line feed, halves of a pair, and the two that are no characters: XML 1.0
# has no way to write them.
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows: with them a text can show what it does not say."""


def unturned(text: str) -> str:
    """The text without marks that turn the direction of writing; for all that leaves."""
    return _TURNING.sub("", text)


def xml_safe(text: str) -> str:
    """A text with line feeds for line breaks, and a visible mark for what XML cannot hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)


# Text as it is shown: as data, without anything a terminal would obey. The session may hold any
# text that TOML can; what would move the cursor, set a title, hide a word or turn the direction of
# a line is taken out for showing, and the session keeps it as it is.

_SPACES = re.compile(r"[\t\n\r\v\f\x85\u2028\u2029]+")
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # C0 (ESC among them), DEL and C1
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"  # soft hyphen, joiners and marks without a shape
    "\u180b-\u180f\u3164\uffa0"  # Mongolian selectors, fillers
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # zero-width and bidi controls
    "\ufe00-\ufe0f\ufff9-\ufffb\U000e0000-\U000e0fff"  # selectors, annotations and tags
    "\U0001d173-\U0001d17a"  # controls of musical notation
    "\ud800-\udfff]"  # surrogates, which no terminal can be sent
)

ONE_CELL = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027]*")
"""Letters and signs of Latin script, each of one cell and safe: most texts are of nothing else."""

MOST_MARKS = 4
"""Combining marks shown on one letter: more than any script writes, fewer than a tower."""


def plain(text: str) -> str:
    """The text on one line, safe to send to any terminal."""
    if ONE_CELL.fullmatch(text):
        return text
    text = _UNSEEN.sub("", _SPACES.sub(" ", text))
    return text if text.isascii() else _without_towers(text)


def plain_lines(text: str) -> str:
    """The text with its line breaks, safe to send to any terminal."""
    return "\n".join(plain(line) for line in text.splitlines())


def _without_towers(text: str) -> str:
    shown: list[str] = []
    height = 0
    for character in text:
        height = height + 1 if category(character) in ("Mn", "Me") else 0
        if height <= MOST_MARKS:
            shown.append(character)
    return "".join(shown)


# Rows as text that a spreadsheet takes: tab-separated, with titles, and no formula in it.

FORMULA_SIGNS = ("=", "+", "-", "@")
"""What a spreadsheet takes the rest of a cell for a formula after."""


def as_table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows under their titles, as lines of cells parted by tabs."""
    made = io.StringIO()
    writer = csv.writer(made, dialect="excel-tab", lineterminator="\n")
    writer.writerow([_as_cell(title) or "Mark" for title in titles])
    writer.writerows([_as_cell(cell) for cell in row] for row in rows)
    return made.getvalue()


def _as_cell(text: str) -> str:
    """The text on one line; an apostrophe before what would be a formula makes it text."""
    said = on_one_line(plain(text))
    return f"'{said}" if said.startswith(FORMULA_SIGNS) else said
