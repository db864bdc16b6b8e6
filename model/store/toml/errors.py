"""What is wrong with a session file, said in one sentence: where, what, and what to do."""

from offwall.model.records.text import cut_short

Path = tuple[str | int, ...]
"""The way to a value: keys, and places counted from 0, such as ``("activities", 3, "lead")``."""

WHOLE = (-(2**63), 2**63 - 1)
"""The whole numbers that TOML 1.0 promises to carry."""

LONGEST = 60
"""Characters of the file's own text that an error repeats."""


class SessionFileError(ValueError):
    """A session file that cannot be read, as one sentence for the user.

    ``line`` is counted from 1, and is None where no line is to blame; ``record`` names the record,
    such as ``activity 3 (a-7f3k2m9p)``, and is empty where the whole file is meant; ``message``
    says what is wrong and what to do.
    """

    def __init__(self, message: str, line: int | None = None, record: str = "") -> None:
        self.message = message
        self.line = line
        self.record = record
        super().__init__(self.named(""))

    def named(self, file: str) -> str:
        """The sentence with the file's name before it, or without where that is empty."""
        line = "" if self.line is None else f"line {self.line}"
        where = ", ".join(part for part in (file, line, self.record) if part)
        return f"{where}: {self.message}" if where else self.message


class MisfitError(Exception):
    """A value that does not fit, while it is not yet known on which line it stands.

    ``says`` follows the name of the field; ``other`` is the way to a second record that the
    sentence names; ``remedy`` is what to do.
    """

    def __init__(self, says: str, remedy: str, *path: str | int, other: Path = ()) -> None:
        super().__init__(says)
        self.says = says
        self.remedy = remedy
        self.path: Path = path
        self.other = other

    def within(self, step: str | int) -> "MisfitError":
        """The same, seen from one level further out."""
        self.path = (step, *self.path)
        return self


def short_number(number: int) -> str:
    """A whole number as an error may repeat it; Python refuses to write very long ones."""
    return str(number) if WHOLE[0] <= number <= WHOLE[1] else "one of more than 64 bits"


def quoted_text(text: str, longest: int = LONGEST) -> str:
    """Text of the file as an error may repeat it: short, and nothing in it can move a cursor."""
    short = cut_short(text, longest)
    return "".join(
        character if character.isprintable() else f"\\u{ord(character):04x}" for character in short
    )
