"""One afternoon as the common measure: ``python benchmarks/afternoon.py [--pace SECONDS]``.

The script is in `afternoon.toml`: what a recorder types, and beside it what the group means. It is
typed, a key at a time, into the real command in a real pseudo-terminal of 120x40, with a home
folder of its own, into a process that was set up (`housing_repairs.toml`): part 1, sixty notes,
a terminal that hangs up in the middle of one, three notes said twice, fifteen corrections, six
disagreements, all confirmed, part 3, everything written. Only keys and the session file are used.

Printed are a table, what was not as meant, and the same in one line. *Keys* are those pressed; a
paste is one. *Beyond own words* are those that are no character of a text that the session is to
hold. *In vain* are those after which what the script waits for did not come, with what was typed
until it came otherwise. *Doubts* are sentences in the colour of warning under the line as Enter is
pressed. *Silent changes* are fields, records and places that are not as meant, where no doubt was
said; *told*, where one was. *Waited* are the seconds from a last key to the last byte that answers
it, where a person would look, or until patience ends. *Lost* are records that were kept, and are
not there at the end.

Needs what the tests need. The date is today's: days are said relative to it.
"""

import argparse
import datetime as dt
import re
import shutil
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import clone  # noqa: F401
from afternoon_meant import Meant, Record

from offwall.model import store
from offwall.model.records.session import Session
from tests.faults.pty_driver import Terminal

HERE = Path(__file__).parent
FOLDERS = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")

KEYS = {
    "part 1": "1",
    "part 2": "2",
    "part 3": "3",
    "section right": "l",
    "section left": "h",
    "back": "q",
    "first": "g",
    "last": "G",
    "down": "j",
    "new": "n",
    "add": ";",
    "edit": "e",
    "keep": "\r",
    "open": "\r",
    "leave": "\x1b",
    "keep text": "\r\r",
    "next field": "\t",
    "find": "/",
    "notes": "e",
    "explore": "\r",
    "outcome": "o",
    "minutes": "#",
    "action": "*",
    "take over": " ",
    "owner": "@",
    "when": "w",
    "remove": "x",
    "move up": "K",
    "move down": "J",
    "to stage before": "H",
    "join": "&",
    "open point": "o",
    "confirm": " ",
    "export": "E",
    "quit": "\x11",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "word back": "\x1b\x7f",
    "rub 1": "\x7f",
    "rub all": "\x15",
}
"""Each key by what it is for; a change of keys is a change here."""

SEEN = {
    "home": "Next steps and action plan",
    "part 1": "1 Consider",
    "part 2": "2 Review and record",
    "part 3": "3 Next steps",
    "line": "Complete",
    "pasted": "lines pasted",
    "reader": "Who is the brief for?",
    "written": "files into",
}
"""How the screen shows where one is; the line's is in the last row."""

WARNING = "ffd75f"
"""The colour of a doubt on this terminal; labels have it too, but in bold."""

KEPT = re.compile(r"\bkept (\d+)")
CARD = 77
"""The column where the card of the activity under the cursor begins."""

PATIENCE = 5.0
"""Seconds after which a person no longer believes that a key did something."""

QUIET = 0.12
"""Seconds without a byte that count as an answer's end."""

NAMED = re.compile("<(" + "|".join(map(re.escape, KEYS)) + ")>")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = "January February March April May June July August September October November December"


def days(today: dt.date) -> dict[str, tuple[str, dt.date]]:
    """The days of the script: how each is said, and which day that is."""

    def after(number: int) -> dt.date:
        return today + dt.timedelta(number)

    def day_month(day: dt.date) -> str:
        return f"{day.day} {MONTHS.split()[day.month - 1][:3]}"

    soon, named, short = after(3), after(20), after(37)
    ending = "th" if named.day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(named.day % 10)
    month = MONTHS.split()[named.month - 1]
    return {
        "fri": ("fri", after((4 - today.weekday() - 1) % 7 + 1)),
        "2w": ("2w", after(14)),
        "soon week": (DAYS[soon.weekday()], after(10)),
        "soon": (DAYS[soon.weekday()], after(10)),
        "named": (f"{DAYS[named.weekday()]} {named.day}{ending or 'th'} of {month}", named),
        "short": (day_month(short), short),
        "wrong": (f"{DAYS[(short.weekday() - 1) % 7][:3]} {day_month(short)}", short),
    }


@dataclass
class Counts:
    """What is counted of an afternoon."""

    keys: int = 0
    own: int = 0
    vain: int = 0
    doubts: int = 0
    waited: float = 0.0
    bytes: int = 0
    missed: list[str] = field(default_factory=list)


class Hands:
    """Types into the command and looks at its screen; counts as it goes."""

    def __init__(self, path: Path, pace: float) -> None:
        self.path, self.pace = path, pace
        self.counts = Counts()
        self.step = "start"
        self.session = store.read_session(path)
        self.last_sent = self.last_read = monotonic()
        self.start()

    def start(self) -> None:
        """Open the session in a terminal, and wait for its first screen."""
        environment = dict.fromkeys(FOLDERS, str(self.path.parent))
        self.terminal = Terminal(self.path, size=(120, 40), **environment)
        self.last_sent = monotonic()
        self.see(lambda: SEEN["home"] in self.shown)

    def hang_up(self) -> None:
        """The terminal's window is closed: it hangs up."""
        self.counts.bytes += len(self.terminal.raw)
        self.terminal.drop()
        self.terminal.process.wait(30)
        self.start()

    def end(self) -> int:
        """Leave; the exit status."""
        self._send(KEYS["quit"])
        self.counts.keys += 1
        status = self.terminal.ended(30)
        self.counts.bytes += len(self.terminal.raw)
        return status

    @property
    def shown(self) -> str:
        """What the screen shows."""
        return self.terminal.shown

    @property
    def kept(self) -> int:
        """How many changes the heading says are kept."""
        found = KEPT.search(self.shown.partition("\n")[0])
        return int(found[1]) if found else 0

    @property
    def in_line(self) -> bool:
        """Whether a line is being typed."""
        return SEEN["line"] in self.shown.splitlines()[-1]

    @property
    def card(self) -> str:
        """What stands on the card of the activity under the cursor, in one line."""
        return " ".join(" ".join(line[CARD:] for line in self.shown.splitlines()[2:8]).split())

    def _read(self, seconds: float) -> bool:
        came = self.terminal.read(seconds)
        if came:
            self.last_read = monotonic()
        return came

    def _send(self, keys: str) -> None:
        self.terminal.send(keys)
        self.last_sent = self.last_read = monotonic()

    def see(self, come_true: Callable[[], object], seconds: float = PATIENCE) -> bool:
        """Wait until the screen is so and quiet, or patience ends; whether it came."""
        until = monotonic() + seconds
        while not (held := bool(come_true())) and monotonic() < until:
            self._read(0.05)
        while monotonic() < until and self._read(QUIET):
            pass
        self.counts.waited += max(0.0, (self.last_read if held else until) - self.last_sent)
        return held

    def type(self, text: str) -> None:
        """Type keys one after another, at the pace, as somebody who does not look up."""
        place = 0
        while place < len(text):
            named = next((key for key in LONG if text.startswith(key, place)), text[place])
            self._send(named)
            self.counts.keys += 1
            place += len(named)
            until = monotonic() + self.pace
            while (left := until - monotonic()) > 0:
                self._read(left)

    def own(self, *texts: str) -> None:
        """Count these characters as own words; they have been typed."""
        self.counts.own += sum(map(len, texts))

    def vain(self, what: str, keys: int = 1) -> None:
        """Count keys that did not do what they were pressed for."""
        self.counts.vain += keys
        self.counts.missed.append(f"{what} ({keys})")

    def press(self, name: str, come_true: Callable[[], object] | None = None) -> bool:
        """Press a key and wait until the screen answers, or is as it should be."""
        before = len(self.terminal.raw)
        self.type(KEYS[name])
        if self.see(come_true or (lambda: len(self.terminal.raw) > before)):
            return True
        self.vain(f"{name} of “{self.step}”")
        return False

    def paste(self, lines: str, come_true: Callable[[], object]) -> bool:
        """Paste, which is one key, and wait until the screen shows it."""
        self._send(f"\x1b[200~{lines}\x1b[201~")
        self.counts.keys += 1
        if self.see(come_true):
            return True
        self.vain("a paste")
        return False

    def keeping(self, name: str = "keep") -> bool:
        """Press a key that keeps something, and wait until it is kept; whether it was."""
        before = self.kept
        return self.press(name, lambda: self.kept > before)

    def file(self) -> Session:
        """The session as the file has it, once it has what was kept; nobody waits for that."""
        until = monotonic() + PATIENCE
        while (found := store.read_session(self.path)) == self.session and monotonic() < until:
            self._read(0.05)
        while found != (again := self._again()):
            found = again
        self.session = found
        return found

    def _again(self) -> Session:
        self._read(QUIET)
        return store.read_session(self.path)

    def doubts(self) -> int:
        """How many sentences of doubt stand under the line; looked at before Enter."""
        while self._read(QUIET):
            pass
        screen = self.terminal.screen
        below = range(screen.cursor.y + 1, min(screen.cursor.y + 4, 39))
        said = "".join(
            cell.data if (cell.fg, cell.bold) == (WARNING, False) else " "
            for row in below
            for cell in (screen.buffer[row][column] for column in range(120))
        )
        found = len(re.findall(r"[.?]\s", said + " "))
        self.counts.doubts += found
        return found


LONG = sorted((key for key in KEYS.values() if len(key) > 1), key=len, reverse=True)


class Afternoon:
    """The script played: each step is typed, and what it means is noted beside it."""

    def __init__(self, hands: Hands, script: Mapping[str, Any], today: dt.date) -> None:
        self.hands, self.script = hands, script
        self.days = days(today)
        self.meant = Meant(hands.session)

    # What is said, in keys and as meant.

    def keys(self, said: str) -> str:
        """The keys of a step, with days and refs as they are now."""
        for name, (words, _) in self.days.items():
            said = said.replace("{" + name + "}", words)
        said = re.sub(r"\{ref (\w+)\}", lambda one: self._ref(one[1]), said)
        return NAMED.sub(lambda one: KEYS[one[1]], said)

    def _ref(self, name: str) -> str:
        return self.hands.session.ref_by_id.get(self.meant.names[name].id, "S1.01")

    def record(self, collection: str, said: Mapping[str, Any], **more: Any) -> Record:
        """A record as the script means it."""
        values = {key: value for key, value in said.items() if key not in APART} | more
        if "due" in values:
            values["due"] = self.days[values["due"]][1]
        return Record(collection, values, doubtful=bool(said.get("doubt")))

    def noted(self, doubts: int, *records: Record) -> None:
        """Give the records that were just made to those that were meant, in order."""
        before, after = self.hands.session, self.hands.file()
        made = self.meant.made_now(before, after, doubts)
        for record in records:
            record.doubts += doubts
            if made[record.collection]:
                record.id = made[record.collection].pop(0)

    # Part 1.

    def part_one(self) -> None:
        """An issue with its action, and a topic of their own."""
        hands = self.hands
        hands.press("part 1", lambda: SEEN["part 1"] in hands.shown)
        hands.press("section right")
        self._issue()
        hands.press("section left")
        self._topic()
        hands.press("back", lambda: SEEN["home"] in hands.shown)

    def _issue(self) -> None:
        hands, said = self.hands, self.script["issue"]
        hands.press("new")
        hands.type(f"{said['say']}{KEYS['next field']}{said['code']}")
        hands.keeping()
        issue = self.record("issues", {}, text=said["say"], code=said["code"].upper())
        self.noted(0, self.meant.add(issue))
        hands.press("action", lambda: hands.in_line)
        self._action(self.script["issue_action"], issue=issue)
        hands.press("leave", lambda: not hands.in_line)
        hands.press("explore")
        hands.type(said["causes"])
        hands.keeping()
        topic = self.record("topics", {}, kind="issue", issue=issue, outcome=said["outcome"])
        self._write("outcome", said["outcome"])
        self.noted(0, self.meant.add(topic))
        issue.meant |= {"causes": said["causes"], "status": "closed"}
        hands.own(said["say"], said["causes"], said["outcome"])
        hands.file()

    def _write(self, key: str, text: str) -> None:
        """Write a text of several lines and keep it."""
        self.hands.press(key)
        self.hands.type(text)
        self.hands.keeping("keep text")

    def _topic(self) -> None:
        hands, said = self.hands, self.script["topic"]
        hands.press("last")
        hands.press("open")
        hands.type(said["title"])
        hands.keeping()
        topic = self.record("topics", {}, kind="own", title=said["title"])
        self.noted(0, self.meant.add(topic))
        self._write("notes", said["notes"])
        self._write("outcome", said["outcome"])
        hands.press("minutes")
        hands.type(str(said["minutes"]))
        hands.keeping()
        topic.meant |= {key: said[key] for key in ("notes", "outcome", "minutes")}
        hands.own(said["title"], said["notes"], said["outcome"])
        hands.file()

    def _action(self, said: Mapping[str, Any], **more: Any) -> None:
        """An action's line, kept."""
        record = self.meant.add(self.record("actions", said, **more))
        self.hands.type(self.keys(said["say"]))
        doubts = self.hands.doubts()
        self.hands.own(said["text"])
        self._keep_line()
        self.noted(doubts, record)

    # Part 2.

    def part_two(self) -> None:
        """The notes, what is joined, corrected, not agreed, and the rest confirmed."""
        hands = self.hands
        hands.press("part 2", lambda: SEEN["part 2"] in hands.shown)
        stage, twice = "", []
        for said in self.script["notes"]:
            stage = said.get("stage", stage)
            if "paste" in said:
                records = [self._meant_note(each, stage)[0] for each in said["pasted"]]
                self._paste(said["paste"])
                self.noted(0, *records)
            elif "same" in said:
                twice.append((said["same"], self._note(said, None)))
            else:
                self._note(said, self._meant_note(said, stage))
        self._close_line()
        for name, second in twice:
            self._join(name, second)
        for said in self.script["corrections"]:
            self._correct(said)
        for said in self.script["disagreements"]:
            self._disagree(said)
        self._confirm()
        hands.press("back", lambda: SEEN["home"] in hands.shown)

    def _meant_note(self, said: Mapping[str, Any], stage: str) -> list[Record]:
        """The activity that a note means, and its issues and actions."""
        accountable = self.meant.start.stage_by_id[stage].accountable
        values = {"accountable": accountable, **said, "stage": stage}
        one = self.meant.add(self.record("activities", values), said.get("name", ""))
        return [one, *self._attached(said, one)]

    def _attached(self, said: Mapping[str, Any], one: Record) -> list[Record]:
        return [
            self.meant.add(self.record(collection, each, activity=one))
            for collection in ("issues", "actions")
            for each in said.get(collection, ())
        ]

    def _note(self, said: Mapping[str, Any], records: list[Record] | None) -> str:
        """Type a note and keep it; the id of the activity that it made, or empty."""
        hands, typed = self.hands, self.keys(said["say"])
        hands.step = said["say"]
        self._open_line()
        if "hang_up" in said:
            hands.type(said["hang_up"])
            hands.doubts()
            hands.hang_up()
            hands.press("part 2", lambda: SEEN["part 2"] in hands.shown)
            if hands.press("new", lambda: said["hang_up"] in hands.shown):
                # What was begun stands selected: a key of the cursor keeps it.
                hands.type(KEYS["end"])
            else:
                hands.type(KEYS["rub all"] + said["hang_up"])
            typed = typed.removeprefix(said["hang_up"])
        self._type(typed, said)
        doubts = hands.doubts()
        hands.own(*own_words(said))
        self._keep_line()
        before = {one.id for one in hands.session.activities}
        self.noted(doubts, *(records or ()))
        return next((one.id for one in hands.session.activities if one.id not in before), "")

    def _type(self, typed: str, said: Mapping[str, Any]) -> None:
        """Type; where a word is rubbed out by a key that does not, by the other way."""
        first, key, rest = typed.partition(KEYS["word back"])
        self.hands.type(first)
        if not key:
            return
        word = first.rpartition(" ")[2]
        if "do" in said:
            # The keys before it opened a line that was there.
            self.hands.see(lambda: self.hands.in_line)
            word = self._line().split()[-1]
        wanted = first.removesuffix(word).strip()

        def gone() -> bool:
            return self.hands.in_line and word not in self._line()

        self.hands.see(lambda: word in self._line())
        if self.hands.press("word back", gone):
            self.hands.type(rest)
            return
        if not self.hands.in_line:
            self.hands.press("edit" if said.get("do") else "new", lambda: wanted in self._line())
        before = self.hands.counts.keys
        self.hands.type(self.keys(said["else"]))
        self.hands.vain("what the key was to rub out", self.hands.counts.keys - before - len(rest))

    def _line(self) -> str:
        """The row in which the cursor stands."""
        screen = self.hands.terminal.screen
        return screen.display[screen.cursor.y]

    def _open_line(self) -> None:
        if not self.hands.in_line:
            self.hands.press("new", lambda: self.hands.in_line)

    def _close_line(self) -> None:
        if self.hands.in_line:
            self.hands.press("leave", lambda: not self.hands.in_line)

    def _calm(self) -> None:
        """Back on the list, from wherever keys in vain have led."""
        for _ in range(4):
            if SEEN["part 2"] in self.hands.shown and not self.hands.in_line:
                return
            self.hands.press("leave")

    def _keep_line(self) -> None:
        """Enter; once more where the program asks to be sure."""
        if not self.hands.keeping() and self.hands.in_line:
            self.hands.keeping()

    def _paste(self, text: str) -> None:
        """Paste lines where one stands, on the list; where that is not taken, into a line."""
        hands, lines = self.hands, text.strip("\n")
        self._close_line()
        kept = hands.kept
        if not hands.paste(lines, lambda: SEEN["pasted"] in hands.shown or hands.kept > kept):
            self._open_line()
            hands.paste(lines, lambda: SEEN["pasted"] in hands.shown)
        if hands.in_line:
            hands.keeping()

    def find(self, words: str) -> None:
        """Stand on the next that says some words."""
        hands = self.hands
        before = hands.counts.keys
        hands.press("find")
        hands.type(words)
        hands.type(KEYS["keep"])
        if not hands.see(lambda: words.casefold() in hands.card.casefold()):
            hands.vain(f"finding {words}", hands.counts.keys - before)

    def _go_to(self, name: str) -> Record:
        record = self.meant.names[name]
        self.hands.step = name
        self.hands.press("first", lambda: True)
        self.find(record.meant["text"][:22].strip())
        return record

    def _join(self, name: str, second: str) -> None:
        """Bring the note that was said twice below its first, and make one of the two."""
        hands, record = self.hands, self._go_to(name)
        column = [one.id for one in hands.session.by_stage[record.meant["stage"]]]
        if second not in column or record.id not in column:
            return
        hands.press("find")
        hands.press("keep")
        for _ in range(column.index(second) - column.index(record.id) - 1):
            hands.keeping("move up")
            hands.file()
        if hands.keeping("join") and second in {one.id for one in hands.file().activities}:
            hands.vain(f"joining {name}")

    def _correct(self, said: Mapping[str, Any]) -> None:
        """Put something right; where the session does not say so then, its keys were in vain."""
        hands, record = self.hands, self._go_to(said["name"])
        before = hands.counts.keys
        keys = self.keys(said["do"])
        edits = keys.startswith(KEYS["edit"])
        if edits:
            hands.press("edit", lambda: hands.in_line)
            keys = keys.removeprefix(KEYS["edit"])
        ending = keys[-1:]
        self._type(keys[:-1], said)
        doubts = hands.doubts() if hands.in_line else 0
        hands.own(*own_words(said))
        attached = self._mean(said, record)
        kept = hands.kept
        hands.type(ending)
        came = hands.see(lambda: hands.kept > kept)
        self.noted(doubts, *attached)
        record.doubts += doubts
        if not came:
            hands.vain(f"correcting {said['name']}", hands.counts.keys - before)
            self._calm()

    def _mean(self, said: Mapping[str, Any], record: Record) -> list[Record]:
        """Note what a correction means; the records that it makes."""
        if said.get("gone"):
            self.meant.take_away(record)
        elif "down" in said or "stage" in said:
            self.meant.move(record, down=said.get("down", 0), stage=said.get("stage", ""))
        else:
            record.meant |= {key: value for key, value in said.items() if key not in APART}
        return self._attached(said, record)

    def _disagree(self, said: Mapping[str, Any]) -> None:
        record = self._go_to(said["name"])
        self.hands.press("open point")
        self.hands.type(said["point"])
        self.hands.own(said["point"])
        self.hands.keeping()
        self.hands.file()
        record.meant |= {"open_point": said["point"], "sequence_confirmed": True}

    def _confirm(self) -> None:
        """Go through what is left, a key each."""
        self.hands.press("first", lambda: True)
        self.hands.press("down")
        waiting = [
            one for one in self.hands.session.activities if not (one.confirmed or one.open_point)
        ]
        for _ in waiting:
            self.hands.keeping("confirm")
        self.hands.file()
        for record in self.meant.records:
            if record.collection == "activities" and "open_point" not in record.meant:
                record.meant |= {"sequence_confirmed": True, "lead_confirmed": True}

    # Part 3.

    def part_three(self) -> None:
        """The actions as they are called out, two next steps with owner and date."""
        hands = self.hands
        hands.press("part 3", lambda: SEEN["part 3"] in hands.shown)
        hands.press("new", lambda: hands.in_line)
        for said in self.script["actions"]:
            self._action(said, kind="next step")
        hands.press("leave", lambda: not hands.in_line)
        hands.press("section right")
        steps = [self._take_over(said) for said in self.script["next_steps"]]
        hands.press("section left")
        for said, step in zip(self.script["next_steps"], steps, strict=True):
            self._own(said, step)
        hands.press("back", lambda: SEEN["home"] in hands.shown)

    def _take_over(self, said: Mapping[str, Any]) -> Record:
        self.hands.keeping("take over")
        step = self.record("actions", {}, owner=said["is"], due=said["when"])
        step.free = frozenset({"text", "kind", "issue", "activity", "near", "source"})
        self.noted(0, self.meant.add(step))
        return step

    def _own(self, said: Mapping[str, Any], step: Record) -> None:
        """Say who does a next step, and by when."""
        text = next((one.text for one in self.hands.session.actions if one.id == step.id), "")
        self.hands.press("first", lambda: True)
        self.hands.press("find")
        self.hands.type(text[:22])
        self.hands.press("keep")
        for key, words in (("owner", said["owner"]), ("when", said["when"])):
            self.hands.press(key)
            self.hands.type(words)
            self.hands.keeping()
        self.hands.file()

    def export(self) -> None:
        """Everything into a new folder, the brief for whom it is first offered."""
        hands = self.hands
        hands.press("export")
        hands.type(KEYS["keep"])
        if not hands.see(lambda: SEEN["reader"] in hands.shown):
            hands.vain("reader")
        hands.type(KEYS["keep"])
        if not hands.see(lambda: SEEN["written"] in hands.shown, 60):
            hands.vain("export")
        written = {one.suffix for one in hands.path.parent.glob("* 2*/**/*")}
        assert {".xlsx", ".docx", ".svg", ".txt"} <= written, written


APART = frozenset(
    "name say do else hang_up paste pasted same point doubt gone down issues actions".split()  # noqa: SIM905
)
"""Keys of the script that are no field of a record."""


def own_words(said: Mapping[str, Any]) -> Iterator[str]:
    """The texts that a step types and the session is to hold."""
    for key in ("text", "decision", "timescale", "note"):
        if key in said and (key != "text" or "do" not in said):
            yield said[key]
    yield from said.get("documents", ())
    for route in said.get("routes", ()) if "do" not in said else ():
        yield route[0]
    for each in (*said.get("issues", ()), *said.get("actions", ())):
        yield each["text"]


def play(pace: float) -> tuple[Counts, Meant, Session]:
    """The whole afternoon."""
    script = tomllib.loads((HERE / "afternoon.toml").read_text("utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(HERE / "housing_repairs.toml", folder))
        hands = Hands(path, pace)
        try:
            afternoon = Afternoon(hands, script, dt.date.today())  # noqa: DTZ011 - as the program takes it
            afternoon.part_one()
            afternoon.part_two()
            afternoon.part_three()
            afternoon.export()
            assert hands.end() == 0
        finally:
            hands.terminal.close()
        return hands.counts, afternoon.meant, store.read_session(path)


def main() -> None:
    """Print what was not as meant, the table, and the line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pace", type=float, default=0.02, help="seconds between two keys")
    counts, meant, session = play(parser.parse_args().pace)
    found = [*meant.differences(session)]
    for one in sorted(found, key=lambda each: each.told):
        found_now = repr(one.found)[:90]
        print(f"{'told  ' if one.told else 'SILENT'} {one.where}: {one.meant!r} is {found_now}")
    for missed in counts.missed:
        print(f"in vain {missed}")
    if not counts.doubts:
        print("No doubt was seen: is WARNING still the colour in which they are said?")
    figures = {
        "keys": f"{counts.keys:,}",
        "beyond own words": f"{counts.keys - counts.own:,}",
        "in vain": f"{counts.vain}",
        "doubts": f"{counts.doubts}",
        "silent changes": f"{sum(not one.told for one in found)}",
        "told": f"{sum(one.told for one in found)}",
        "waited": f"{counts.waited:.1f} s",
        "lost": f"{len(meant.lost(session))}",
        "bytes": f"{counts.bytes:,}",
    }
    print("\n" + "\n".join(f"{name:<20}{figure:>10}" for name, figure in figures.items()))
    print("\nafternoon: " + ", ".join(f"{name} {figure}" for name, figure in figures.items()))


if __name__ == "__main__":
    main()
