"""A table that grows: where rows and the cells that others speak of come to lie."""

import re
from dataclasses import dataclass

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.utils import column_index_from_string

LAST_ROW = 1_048_576
"""Rows of a sheet (Excel's specifications and limits)."""

_CELLS = re.compile(r"^(\$?)([A-Z]{1,3})(\$?)(\d+)(?::(\$?)([A-Z]{1,3})(\$?)(\d+))?$")
_ROWS = re.compile(r"^(\$?)(\d+):(\$?)(\d+)$")


@dataclass(frozen=True, slots=True)
class Growth:
    """A body from ``first`` to ``last`` that now goes to ``new_last``, in columns of a sheet.

    ``moved`` says that all that stood below it moves down by as many rows as it grew.
    """

    sheet: str
    first: int
    last: int
    new_last: int
    left: int
    right: int
    moved: bool = False

    @property
    def by(self) -> int:
        """By how many rows it grows; a body that shrinks moves nothing."""
        return max(self.new_last - self.last, 0)

    def row(self, number: int) -> int:
        """Where a row comes to lie."""
        return number + self.by if self.moved and number > self.last else number

    def rows(self, top: int, bottom: int) -> tuple[int, int]:
        """Where rows come to lie; those that cover the body to its end cover the new one too."""
        if not self.by or bottom >= LAST_ROW:
            return self.row(top), min(self.row(bottom), LAST_ROW)
        if top > self.last or (bottom > self.last and self.moved):
            return self.row(top), self.row(bottom)
        if top <= self.first and bottom >= self.last:
            return top, max(bottom, self.new_last)
        return top, bottom

    def cells(self, text: str) -> str:
        """Cells such as ``$B$5:$B$20`` as they lie afterwards; other text stays as it is."""
        if told := _CELLS.match(text):
            return self._block(told)
        if told := _ROWS.match(text):
            top, bottom = self.rows(int(told[2]), int(told[4]))
            return f"{told[1]}{top}:{told[3]}{bottom}"
        return text

    def _block(self, told: re.Match[str]) -> str:
        top = int(told[4])
        bottom = int(told[8] or top)
        ends = sorted(
            (column_index_from_string(told[2]), column_index_from_string(told[6] or told[2]))
        )
        beside = ends[1] < self.left or ends[0] > self.right
        inside = top <= self.last and bottom <= self.last
        if told[8] is None or (beside and (inside or not self.moved)):
            new = (self.row(top), self.row(bottom))
        else:
            new = self.rows(top, bottom)
        start = f"{told[1]}{told[2]}{told[3]}{new[0]}"
        return f"{start}:{told[5]}{told[6]}{told[7]}{new[1]}" if told[8] else start

    def list_of_cells(self, text: str) -> str:
        """A list with spaces between, as rules have it. A lone cell that was the body grows too."""
        return " ".join(self._grown(one) for one in text.split())

    def _grown(self, one: str) -> str:
        told = _CELLS.match(one)
        if told and told[8] is None and int(told[4]) == self.first == self.last and self.by:
            column = column_index_from_string(told[2])
            if self.left <= column <= self.right:
                return f"{one}:{told[1]}{told[2]}{told[3]}{self.new_last}"
        return self.cells(one)

    def formula(self, text: str, sheet: str) -> str:
        """A formula that stands on ``sheet``, with the cells of ours that it speaks of."""
        if not self.by:
            return text
        try:
            tokens = Tokenizer(f"={text}").items
        except (TokenizerError, IndexError):
            return text
        return "".join(self._token(token, sheet) for token in tokens)

    def _token(self, token: Token, sheet: str) -> str:
        value = str(token.value)
        if token.type != Token.OPERAND or token.subtype != Token.RANGE:
            return value
        before, mark, cells = value.rpartition("!")
        named = before.strip("'").replace("''", "'") if mark else sheet
        return f"{before}{mark}{self.cells(cells)}" if named == self.sheet else value
