"""Go through what is still to confirm, one activity at a time, by question and answer.

Each activity is read out, one fact on a line. Answer with a word or its first letter, or type a
line as you would for a post-it. Every answer is saved before the next question. Nothing is drawn,
so a screen reader can follow, and answers can come from a pipe.
"""

import argparse
import sys
from collections.abc import Callable, Iterator

from offwall.model.line import Vocabulary
from offwall.model.line.grammar import one_line
from offwall.model.line.parse import parse
from offwall.model.line.render import say_line
from offwall.model.process.keep_post_its import correct_activity
from offwall.model.process.post_it import LineKind
from offwall.model.records import Activity, EditError, Session
from offwall.model.records.text import counted
from offwall.model.review import next_unconfirmed
from offwall.model.review.progress import confirm, record_open_point, settled
from offwall.model.store import Store
from offwall.model.tables.read_aloud import read_aloud
from offwall.tui.cli.opened import keep, opened
from offwall.tui.cli.parser import SESSION, Arguments
from offwall.tui.cli.say import say
from offwall.tui.kit import context

QUESTION = "Right? [y]es, [n]o change it, [o]pen: not agreed, [s]kip, [q]uit"
CORRECT = "What is right? New words replace the words; @cm, a:hos, +Document and their like add."
NOT_AGREED = "What is not agreed, in a few words?"
PLEASE = "Please answer yes, no, open, skip or quit, or begin a line with @ or +."
NO_LEAD = "Its place is confirmed; nobody leads it yet. @cm and its like name a lead, next time."
WORDS = ("yes", "no", "open", "skip", "quit")

ARGUMENTS: Arguments = (SESSION,)


def run(args: argparse.Namespace) -> None:
    """Ask about each activity that nobody confirmed or left open; 0 whenever it is left."""
    walk = Walk(opened(args.session), sys.stdin)
    if not walk.file.session.activities:
        say("No activities yet. Add one with: offwall add SESSION.toml 'Check the insurance @cm'")
        return
    try:
        walk.through()
    except KeyboardInterrupt:
        say("", walk.left_off())
        raise
    say(walk.left_off())


class Walk:
    """A session file on the way through its activities, and where the answers come from."""

    def __init__(self, file: Store, answers: Iterator[str]) -> None:
        self.file = file
        self._answers = answers
        self._skipped: set[str] = set()

    def through(self) -> None:
        """Ask until nothing is left to ask about, or somebody leaves."""
        after, going = "", True
        while going and (found := self._following(after)):
            say("", *read_aloud(self.file.session, found))
            going = self._ask_about(found)
            after = found.id

    def left_off(self) -> str:
        """How much is still to confirm. All that was answered is in the file."""
        waiting = sum(not settled(activity) for activity in self.file.session.activities)
        if not waiting:
            return "All is confirmed, or its open point is said."
        return (
            f"{counted(waiting, 'activity', 'activities')} still to confirm. All answers are kept."
        )

    def _following(self, after: str) -> Activity | None:
        """The next to ask about. What has just been corrected is still unconfirmed: it again."""
        session = self.file.session
        among = {activity.id for activity in session.activities} - self._skipped
        here = session.activity_by_id.get(after)
        if here is not None and here.id in among and not settled(here):
            return here
        return next_unconfirmed(session, after, among)

    def _ask_about(self, activity: Activity) -> bool:
        """Ask until there is an answer that says something; False where somebody leaves."""
        while True:
            said = self._answer(QUESTION)
            word = _word(said)
            if said is None or word == "quit":
                return False
            if word == "skip":
                self._skipped.add(activity.id)
                return True
            change = self._change(activity, word, said)
            if change is not None and self._kept(change):
                self._look_at(activity, word)
                return True

    def _look_at(self, activity: Activity, word: str) -> None:
        """What nobody leads cannot be confirmed whole: it is not asked about twice in one walk."""
        now = self.file.session.activity_by_id.get(activity.id)
        if word == "yes" and now is not None and not settled(now):
            self._skipped.add(activity.id)
            say(NO_LEAD)

    def _change(
        self, activity: Activity, word: str, text: str
    ) -> Callable[[Session], Session] | None:
        """What an answer asks for; None where it asks for nothing, or was taken back."""
        if word == "yes":
            if activity.open_point:
                say(f"Settled, in its note: {activity.open_point}")
            return lambda session: confirm(session, activity.id)
        if word == "open":
            point = self._answer(NOT_AGREED) or ""
            return (
                (lambda session: record_open_point(session, activity.id, point)) if point else None
            )
        if word == "no":
            line = self._answer(CORRECT) or ""
            return self._correction(activity, line) if line else None
        if text and parse(text, self._vocabulary(activity)).way is not LineKind.NEW:
            return self._correction(activity, text)
        if text:
            say(PLEASE)
        return None

    def _vocabulary(self, activity: Activity) -> Vocabulary:
        return Vocabulary.of(self.file.session, context.today(), activity.id)

    def _correction(self, activity: Activity, line: str) -> Callable[[Session], Session]:
        read = parse(line, self._vocabulary(activity))
        say(say_line(read, self._vocabulary(activity), "Understood"))
        for doubt in read.doubts:
            say(doubt)
        seed = context.new_seed()
        return lambda session: correct_activity(session, activity.id, read.note, read.way, seed)

    def _kept(self, change: Callable[[Session], Session]) -> bool:
        """Save a change; False, and the reason said, where it cannot be made."""
        try:
            keep(self.file, change(self.file.session))
        except EditError as sentence:
            say(str(sentence))
            return False
        say("Kept.")
        return True

    def _answer(self, question: str) -> str | None:
        """What is answered, as a line can hold it; None where no answer can come any more."""
        say(question)
        line = next(self._answers, None)
        return None if line is None else one_line(line)


def _word(text: str | None) -> str:
    """The answer that a word or its first letter stands for; empty for anything else."""
    short = (text or "").casefold()
    return next((word for word in WORDS if short in (word, word[0])), "")
