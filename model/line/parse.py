"""One line read into a `Note`. What is not understood stays as text; nothing is thrown away."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from model.line.names import UnknownRole
from model.line.paste import strip_bullets
from model.line.reader import Left, Reader, Span
from model.line.segments import cut
from model.line.vocabulary import Vocabulary
from model.line.words import Kind, clean
from model.note import Note, Way
from model.session import Session


@dataclass(frozen=True, slots=True)
class Parsed:
    """A line and what was understood.

    ``spans`` are places in ``line``, which is the line typed without control characters.
    ``unknown_roles`` become roles when the line is kept. ``left_as_text`` are the words that
    begin like a token and are none here, each with a sentence that says why.
    """

    line: str
    note: Note
    way: Way
    spans: tuple[Span, ...] = ()
    unknown_roles: tuple[UnknownRole, ...] = ()
    left_as_text: tuple[Left, ...] = ()

    @property
    def adds(self) -> bool:
        """Whether the line adds to the activity under the cursor."""
        return self.way is Way.ADDS

    @property
    def stands_alone(self) -> bool:
        """Whether the line is only parked issues or actions, of no activity."""
        return self.way is Way.ALONE


def parse(text: str, vocabulary: Vocabulary) -> Parsed:
    """Read one line. Never fails: what is no token is the activity's text."""
    line = clean(text)
    pieces = cut(line, vocabulary)
    reader = Reader(vocabulary)
    for segment in pieces.segments:
        reader.take(segment)
    for word in pieces.refused:
        reader.leave(word)
    kinds = [segment.kind for segment in pieces.segments[1:]]
    note = reader.note()
    return Parsed(
        line,
        note,
        _way(note, kinds if not pieces.segments[0].words else []),
        tuple(sorted(reader.spans, key=lambda span: span.start)),
        tuple(reader.unknown),
        tuple(reader.left),
    )


def _way(note: Note, kinds: list[Kind]) -> Way:
    """What a line does whose first words are tokens of these kinds; none: it begins with text."""
    if not kinds or (kinds[0] is Kind.STAGE and note.text):
        return Way.NEW  # "/S3 Pay the invoice" names its stage first; "/S3" alone moves one there
    alone = not note.text and {*kinds} <= {Kind.ACTION, Kind.PARKED}
    return Way.ALONE if alone else Way.ADDS


def parse_lines(
    lines: Sequence[str], session: Session, today: dt.date, adding_to: str = ""
) -> tuple[Parsed, ...]:
    """Read pasted or piped lines, bullets stripped and empty lines left out.

    A line that begins with a token adds to the activity of the line before it, or, at the
    front, to ``adding_to``; whether ``>`` counts there goes by that activity's decision.
    """
    return tuple(read_lines(lines, session, today, adding_to))


def read_lines(
    lines: Iterable[str], session: Session, today: dt.date, adding_to: str = ""
) -> Iterator[Parsed]:
    """Read them one by one, for whoever has something else to do in between."""
    deciding = Vocabulary(session, today, adding_to, decision=True)
    plain = Vocabulary(session, today, adding_to, decision=False)
    decision = Vocabulary.of(session, today, adding_to).decision
    for line in map(strip_bullets, lines):
        if line:
            found = parse(line, deciding if decision else plain)
            decision = bool(found.note.decision) or (decision and found.way is not Way.NEW)
            yield found
