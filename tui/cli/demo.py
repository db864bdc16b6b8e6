"""Open a copy of the sample session, made in this folder under the next free name.

With --rehearse you type ten post-its in ten minutes instead. The line is explained as you go, and
your times come at the end. Nothing is kept.
"""

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from textwrap import wrap
from typing import Any

from offwall import sample_sessions
from offwall.model.line import Vocabulary
from offwall.model.line.grammar import one_line
from offwall.model.line.parse import Parsed, parse
from offwall.model.line.render import say_line
from offwall.model.records.text import counted, fold, quoted
from offwall.model.store.session_file import session_of
from offwall.tui.cli.parser import Arguments, argument
from offwall.tui.cli.say import aligned, say, width_of_terminal
from offwall.tui.kit import context
from offwall.tui.services.session_files import copy_sample

ARGUMENTS: Arguments = (
    argument("--rehearse", action="store_true", help="ten post-its to type, timed"),
)


# The rehearsal needs no session: the sample's roles are those of the room.

TRIES = 2
"""After so many that are not it, the line is shown."""

PLANNED = dt.timedelta(minutes=10)

BEGIN = (
    "Ten post-its, as somebody reads them out. Type each as one line, and press Enter.",
    "An empty line shows how it is typed, q and Enter leave. Nothing is kept.",
    "The roles: cm contract manager, hos head of service, fin finance, pro procurement, leg legal.",
)


@dataclass(frozen=True, slots=True)
class Exercise:
    """What is read out, what the line has for it, and how it is typed."""

    heard: str
    rule: str
    line: str


EXERCISES = (
    Exercise("Hold kick-off meeting.", "Words alone are a post-it.", "Hold kick-off meeting"),
    Exercise(
        "Check the insurance. The contract manager does that.",
        "@ and a role's code is who leads.",
        "Check the insurance @cm",
    ),
    Exercise(
        "Approve the plan. The head of service leads, and asks finance beforehand.",
        "c: is who is consulted.",
        "Approve the plan @hos c:fin",
    ),
    Exercise(
        "Pay the invoice. Finance leads, the head of service answers for it, procurement is told.",
        "a: is who is accountable, i: who is informed.",
        "Pay the invoice @fin a:hos i:pro",
    ),
    Exercise(
        "Sign the contract. Legal leads. There is a document: Signed contract.",
        "+ is a document.",
        "Sign the contract @leg +Signed contract",
    ),
    Exercise(
        "Check readiness. Contract manager. Ready? If yes, go on; if no, back to S2.01.",
        "? is a decision, > an answer, and = where it leads.",
        "Check readiness @cm ?Ready >yes >no=S2.01",
    ),
    Exercise(
        "Review the risks. Contract manager. A risk in the process: nobody reads them.",
        "!r is a risk in the process; !d !g !t are documentation, governance and time.",
        "Review the risks @cm !r nobody reads them",
    ),
    Exercise(
        "Hold the review. Contract manager, within ten days.",
        "w: is within when.",
        "Hold the review @cm w:ten days",
    ),
    Exercise(
        "Publish the notice. Procurement. And somebody should: Agree a template, legal, by 29 Jan.",
        "* is an action, with its owner and its date.",
        "Publish the notice @pro *Agree a template @leg by 29 Jan",
    ),
    Exercise(
        "Not for today: Should grants be in scope?",
        "^ parks a thought.",
        "^Should grants be in scope?",
    ),
)


class Rehearsal:
    """The way through the exercises: where the lines come from, and how long each took."""

    def __init__(self, lines: Iterator[str], now: Callable[[], dt.datetime]) -> None:
        self._lines, self._now = lines, now
        path = sample_sessions.path("contract-management")
        sample = session_of(path, path.read_bytes())
        self._vocabulary = Vocabulary.of(sample, now().date())
        self._times: list[dt.timedelta] = []
        self._at_once = 0

    def through(self) -> None:
        """Go through them until the last, or until somebody leaves; then say the times."""
        _tell(*BEGIN)
        for number, one in enumerate(EXERCISES, 1):
            _tell("", f"{number} of {len(EXERCISES)}: {one.heard}", one.rule)
            began = self._now()
            if not self._typed(one):
                break
            self._times.append(self._now() - began)
        self._say_times()

    def _typed(self, exercise: Exercise) -> bool:
        """Take lines until one says it, or it was shown; False where somebody leaves."""
        wanted = parse(exercise.line, self._vocabulary)
        for tried in range(TRIES):
            line = next(self._lines, None)
            if line is None or one_line(line) == "q":
                return False
            read = parse(one_line(line), self._vocabulary)
            if _plain(read.note) == _plain(wanted.note):
                self._at_once += not tried
                say("Right.")
                return True
            if not one_line(line):
                break
            self._say_read(read)
        say(f"It is typed so: {exercise.line}")
        return True

    def _say_read(self, read: Parsed) -> None:
        words = f"Not yet. Understood {quoted(read.note.text)}"
        _tell(say_line(read, self._vocabulary, words), *read.doubts)

    def _say_times(self) -> None:
        if not self._times:
            return
        rows = [(f"{n}", _minutes(took)) for n, took in enumerate(self._times, 1)]
        say("", *aligned(rows, width_of_terminal()))
        whole = sum(self._times, dt.timedelta())
        within = "within" if whole <= PLANNED else "over"
        said = f"{counted(len(self._times), 'post-it')} in {_minutes(whole)}, {self._at_once}"
        say(f"{said} right at once; {within} the ten minutes.")


def _plain(value: Any) -> Any:
    """A note as it compares: without regard to case, space and full stops."""
    if isinstance(value, str):
        return fold(value).rstrip(".")
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return _plain(astuple(value)) if hasattr(value, "__dataclass_fields__") else value


def _tell(*lines: str) -> None:
    """Say lines, no word of which a terminal breaks."""
    width = width_of_terminal()
    say(*(part for line in lines for part in (wrap(line, width) if width and line else [line])))


def _minutes(took: dt.timedelta) -> str:
    seconds = round(took.total_seconds())
    return f"{seconds // 60}:{seconds % 60:02}"


def rehearse() -> int:
    """Rehearse from standard input, by this computer's clock."""
    Rehearsal(sys.stdin, context.now).through()
    return 0


def run(args: argparse.Namespace) -> Path | int:
    """Make the copy, which the caller opens; or rehearse, and return the exit status."""
    if args.rehearse:
        return rehearse()
    return copy_sample(Path())
