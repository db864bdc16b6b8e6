"""Large letters, drawn in cells: three lines high, of half blocks, to be read across a room.

Five points high and three wide, as the smallest screens have always had them, but for the few
letters that need more. A text with a letter that is not here is not drawn at all: collections of
fonts leave out what they lack, and here nothing of a text may be lost.
"""

from typing import Any

from textual.app import App

from offwall.tui.looks.appearance import AsciiFilter

GLYPHS = {
    "A": ".#. #.# ### #.# #.#",
    "B": "##. #.# ##. #.# ##.",
    "C": ".## #.. #.. #.. .##",
    "D": "##. #.# #.# #.# ##.",
    "E": "### #.. ##. #.. ###",
    "F": "### #.. ##. #.. #..",
    "G": ".### #... #.## #..# .###",
    "H": "#.# #.# ### #.# #.#",
    "I": "### .#. .#. .#. ###",
    "J": "..# ..# ..# #.# .#.",
    "K": "#.# #.# ##. #.# #.#",
    "L": "#.. #.. #.. #.. ###",
    "M": "#...# ##.## #.#.# #...# #...#",
    "N": "#..# ##.# #.## #..# #..#",
    "O": ".##. #..# #..# #..# .##.",
    "P": "##. #.# ##. #.. #..",
    "Q": ".##. #..# #..# #.## .###",
    "R": "##. #.# ##. #.# #.#",
    "S": ".## #.. .#. ..# ##.",
    "T": "### .#. .#. .#. .#.",
    "U": "#.# #.# #.# #.# ###",
    "V": "#.# #.# #.# #.# .#.",
    "W": "#...# #...# #.#.# ##.## #...#",
    "X": "#.# #.# .#. #.# #.#",
    "Y": "#.# #.# .#. .#. .#.",
    "Z": "### ..# .#. #.. ###",
    "0": "### #.# #.# #.# ###",
    "1": ".#. ##. .#. .#. ###",
    "2": "##. ..# .#. #.. ###",
    "3": "##. ..# .#. ..# ##.",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ##. ..# ##.",
    "6": ".## #.. ### #.# ###",
    "7": "### ..# ..# .#. .#.",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ##.",
    " ": ".. .. .. .. ..",
    "-": "... ... ### ... ...",
    "–": "... ... ### ... ...",
    ".": ". . . . #",
    ",": ".. .. .. .# #.",
    ":": ". # . # .",
    ";": ".. .# .. .# #.",
    "'": "# # . . .",
    "’": "# # . . .",
    "!": "# # # . #",
    "?": "##. ..# .#. ... .#.",
    "(": ".# #. #. #. .#",
    ")": "#. .# .# .# #.",
    "/": "..# ..# .#. #.. #..",
    "&": ".#.. #.#. .#.. #.## .##.",
    "+": "... .#. ### .#. ...",
    "%": "#.# ..# .#. #.. #.#",
    "£": ".## #.. ##. #.. ###",
    "=": "... ### ... ### ...",
    "—": "... ... ### ... ...",
    "_": "... ... ... ... ###",
    "*": "... #.# .#. #.# ...",
    '"': "#.# #.# ... ... ...",
    "“": "#.# #.# ... ... ...",
    "”": "#.# #.# ... ... ...",
    "‘": "# # . . .",
}
"""Each letter's five rows of points, top to bottom; small letters are drawn as capitals."""

LETTER_ROWS = 5
BLOCKS = {("#", "#"): "█", ("#", "."): "▀", (".", "#"): "▄", (".", "."): " "}
"""The cell for an upper and a lower point."""


def large_text(text: str, width: int) -> list[str]:
    """Three lines that say the text in large letters; none where it lacks a letter or does not fit.

    ``width`` is in cells.
    """
    letters = [GLYPHS.get(letter, "").split() for letter in text.upper()]
    if not letters or not all(letters):
        return []
    rows = [".".join(letter[row] for letter in letters) for row in range(LETTER_ROWS)]
    if len(rows[0]) > width:
        return []
    rows.append("." * len(rows[0]))
    return [
        "".join(BLOCKS[pair] for pair in zip(*rows[row : row + 2], strict=True))
        for row in range(0, LETTER_ROWS, 2)
    ]


def large_lines(text: str, width: int, most: int) -> list[str]:
    """The text in large letters, in so many lines of them at most; none where that cannot be."""
    said: list[str] = []
    for word in text.split():
        if said and large_text(longer := f"{said[-1]} {word}", width):
            said[-1] = longer
        else:
            said.append(word)
    drawn = [large_text(line, width) for line in said]
    if len(drawn) > most or not all(drawn):
        return []
    return [row for line in drawn for row in line]


def draws_ascii(app: App[Any]) -> bool:
    """Whether half blocks would become something else on their way to the terminal."""
    return any(isinstance(passed, AsciiFilter) for passed in app.get_line_filters())
