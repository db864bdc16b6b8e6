"""The facilitator's run sheet, two pages: what to say, which key, when to stop, what to photograph.

`docs/run-sheet.md` is this as Markdown: ``offwall runsheet -o docs/run-sheet.md --force``.
"""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from offwall.model.documents.paper import Bullets, Heading, PageBreak, Paper, Part, table
from offwall.model.setup.workshop import PLANNED_MINUTES

COLUMNS = (("From minute", 9), ("Say", 40), ("Keys", 17), ("Go on when", 34))


class Turn(NamedTuple):
    """A stretch of a part: from which minute, what to say, the keys, and when it is enough."""

    minute: int
    say: str
    keys: tuple[str, ...]
    until: str


TOPIC = (
    Turn(
        0,
        "We have an hour for one thing that holds this process back. Which is it?",
        ("1", "Enter looks", "space chooses"),
        "One is chosen, after five minutes at most.",
    ),
    Turn(
        5,
        "How does it go today? When did it last go well, and why?",
        ("e notes",),
        "Two people in a row say what was said before.",
    ),
    Turn(
        25,
        "What causes it? What could we do, and what speaks for leaving it as it is?",
        ("l to the issues", "Enter explores one"),
        "Each way has a point for it and a point against it.",
    ),
    Turn(
        45,
        "What comes of it, and who takes it on?",
        ("o outcome", "* makes an action"),
        "One sentence stands there, and every action has a name.",
    ),
)

RECORD = (
    Turn(
        0,
        "I read each post-it out. Stop me where it is wrong or where one is missing.",
        ("2", "n a post-it", "Enter keeps it"),
        "A stage is typed. Do not argue about wording: the room's words stand.",
    ),
    Turn(
        20,
        "Is that the order? Who leads it: one role, not a team?",
        ("space agrees", "J K move", "@ lead"),
        "Every row of the stage is agreed, or has an open point.",
    ),
    Turn(
        60,
        "Who answers for it? Whom do we ask before, and tell after?",
        ("r the RACI", "a c i", "q back"),
        "One role answers for each. Take out who would only like to know.",
    ),
    Turn(
        75,
        "Fifteen minutes' break.",
        ("Z stops the clock",),
        "Everybody is back. Photograph the wall as it is now.",
    ),
    Turn(
        90,
        "What is decided here, and where does each answer lead?",
        ("; adds to it", "t next tier"),
        "Every answer leads somewhere.",
    ),
    Turn(
        125,
        "We walk it once from the start to the end. What would stop us?",
        ("R walks", "c checks", "m to fill"),
        "The end is reached. What is left to fill is somebody's after today.",
    ),
)

PLAN = (
    Turn(
        0,
        "What happens next, who sees to it, and by when?",
        ("3", "m the next to fill", "@ owner", "w date"),
        "Every action has one person's name and a day.",
    ),
    Turn(
        15,
        "Who completes which stage at their desk?",
        ("n an action each",),
        "Each open stage has a name. Afterwards: offwall export --for that name.",
    ),
    Turn(
        22,
        "This is what is still open. What may we leave so?",
        ("C close down", "Enter goes there"),
        "Nothing on the list surprises anybody.",
    ),
    Turn(
        27,
        "You hear from us within ten working days. We meet again on this day.",
        ("E writes", "ctrl+q leaves"),
        "The folder is written and its name is on the screen.",
    ),
)

PARTS = {
    "topic": ("Part 1: consider a topic", TOPIC),
    "record": ("Part 2: review and record", RECORD),
    "plan": ("Part 3: next steps and plan", PLAN),
}

BEFORE = (
    "Set up (0): the stages, roles and people as this room calls them.",
    "Try offwall show from the back row: the letters can be read, or make them larger.",
    "Type ten post-its (offwall demo --rehearse), so that your fingers know the line.",
    "On the wall: nobody's name, only roles; the three parts with their times.",
)

STUCK = (
    "More than two minutes on one post-it: say “we cannot agree today”, o keeps the open point.",
    "Somebody goes off the subject: say “that matters, and not now”, p parks it.",
    "Two talk about other steps than the screen shows: stop, and read the row out.",
    "A part runs over: take the time from part 2, never from part 3.",
)

PHOTOS = (
    ("Before part 1", "The whole wall from straight in front, and each stage close up."),
    ("In the break", "Each stage that changed."),
    ("Before a post-it is taken off", "That post-it, with its neighbours."),
    (
        "At the end",
        "The whole wall and each stage again; any flip chart. Then list them in part 3.",
    ),
)

AFTER = (
    "The same day: send the feedback and the mails that E wrote; print the role pages.",
    "Within a week: hand each open stage to its person (offwall export --for).",
    "After four weeks: offwall chase says what is late and writes the reminders.",
)


def run_sheet(today: dt.date) -> Paper:
    """The sheet as a paper."""
    whole = sum(PLANNED_MINUTES.values())
    title = "Run sheet for the facilitator"
    about = f"An afternoon of {whole // 60} hours; ? on any screen lists its keys"
    parts, subject = tuple(_parts()), "Process mapping workshop"
    return Paper(title, about, "", "", today, parts, subject=subject)


def _parts() -> Iterator[Part]:
    yield Heading("Before they come")
    yield Bullets.of(BEFORE)
    for part, (title, turns) in PARTS.items():
        if part == "record":
            yield PageBreak()
        yield Heading(f"{title} ({PLANNED_MINUTES[part]} minutes)")
        rows = ((str(one.minute), one.say, ", ".join(one.keys), one.until) for one in turns)
        yield from table(f"{title}: what to say, which key, and when to go on.", COLUMNS, rows)
        if part == "topic":
            yield Heading("When it sticks")
            yield Bullets.of(STUCK)
            yield Heading("What to photograph")
            about = "When to take photos, and of what."
            yield from table(about, (("When", 30), ("What", 70)), PHOTOS)
    yield Heading("Afterwards")
    yield Bullets.of(AFTER)
