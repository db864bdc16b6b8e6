"""Large letters, drawn in cells: three lines high, of half blocks, to be read across a room.

Five points high and three wide, as the smallest screens have always had them, but for the few
letters that need more. A heading with a letter that is not here is spaced out instead: collections
of fonts leave out what they lack, and here nothing of a heading may be lost.
"""

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
}
"""Each letter's five rows of points, top to bottom; small letters are drawn as capitals."""

ROWS = 5
BLOCKS = {("#", "#"): "█", ("#", "."): "▀", (".", "#"): "▄", (".", "."): " "}
"""The cell for an upper and a lower point."""


def large(text: str, width: int) -> list[str]:
    """Three lines that say the text in large letters; none where it lacks a letter or does not fit.

    ``width`` is in cells.
    """
    letters = [GLYPHS.get(letter, "").split() for letter in text.upper()]
    if not letters or not all(letters):
        return []
    rows = [".".join(letter[row] for letter in letters) for row in range(ROWS)]
    if len(rows[0]) > width:
        return []
    rows.append("." * len(rows[0]))
    return [
        "".join(BLOCKS[pair] for pair in zip(*rows[row : row + 2], strict=True))
        for row in range(0, ROWS, 2)
    ]


def spaced(text: str, width: int) -> str:
    """The text with a space after each letter, twice as wide; as it is where that does not fit."""
    wide = " ".join(text)
    return wide if len(wide) <= width else text
