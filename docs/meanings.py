"""What each key means over the whole program: one meaning, or two that are related.

A meaning is the names under which footer and help tell it; its first name says it. Digits are
values (scores, sections, answers), and in the RACI's grid its own letters R A C I are set: neither
is here. A test holds every key of the program to this table, and docs/keys.md shows it.
"""

from collections.abc import Mapping
from types import MappingProxyType

Meaning = tuple[str, ...]

LEFT: Meaning = (
    "Left",
    "Stage before",
    "Role before",
    "Section before",
    "Sheet before",
)
RIGHT: Meaning = (
    "Right",
    "Next stage",
    "Next role",
    "Next section",
    "Next tier",
    "Next sheet",
)
START: Meaning = ("To the start",)
END: Meaning = ("To the end",)
DOWN: Meaning = ("Down",)
UP: Meaning = ("Up",)
NEW: Meaning = ("New", "New gate", "New word")
OPEN: Meaning = (
    *("Open", "Edit", "Note", "Go there", "Go on", "Explore", "Card", "Its actions", "Say what"),
)
KEEP: Meaning = ("Keep", "Accept", "Take over")
LEAVE: Meaning = ("Back", "Leave", "Close", "Clear", "Show all", "Follow")

MEANINGS: Mapping[str, tuple[Meaning, ...]] = MappingProxyType(
    {
        "a": (("Also agree",), ("Words",)),
        "A": (("Accept all",),),
        "b": (("Back", "Answer back"),),
        "B": (("Last time", "As it was"), ("Second",)),
        "c": (("Checks", "Columns", "Back"),),
        "C": (("Close down", "Back"),),
        "d": (("Vote",),),
        "D": (("Votes of one",),),
        "e": (("Edit", "Note", "Notes", "Say what"), ("Go there",)),
        "E": (("Export", "Write"),),
        "f": (("Filter",),),
        "F": (("All",),),
        "g": (START,),
        "G": (END,),
        "h": ((*LEFT, "Tier before"),),
        "H": (("To the stage before",),),
        "i": (("Improve",),),
        "I": (("Examples", "Standard list"),),
        "j": (DOWN,),
        "J": (("Move down",),),
        "k": (UP,),
        "K": (("Move up",),),
        "l": (RIGHT,),
        "L": (("To the next stage",),),
        "m": (("Next", "Next !", "To fill"),),
        "M": (("Move to ...",), ("Topic",)),
        "n": (NEW,),
        "N": (("New before", "New word before"),),
        "o": (("Outcome", "Close"), ("Open",)),
        "O": (("Keep this",),),
        "p": (("Park",),),
        "P": (("Private",),),
        "q": (LEAVE[:3],),
        "Q": (("Dots",),),
        "r": (("RACI",),),
        "R": (("Walk", "Other start"),),
        "s": (("Status",),),
        "S": (("Split ...",),),
        "t": (("Tier", "Next tier", "This tier only"),),
        "T": (("Conflicts", "Take other"), ("Other name",)),
        "u": (("Undo",),),
        "U": (("Redo",),),
        "v": (("Select",),),
        "V": (("Share the line",),),
        "(": (("Hold the room",),),
        ")": (("The law",),),
        "w": (("When",), ("Notice days",)),
        "W": (("Wall",), ("Map",)),
        "x": (("Remove",), ("Leave out", "Leave", "Leave both")),
        "X": (("Clear votes",), ("Offer again",)),
        "y": (("Yes, light",), ("Photo taken", "Projected")),
        "Y": (("Photo later", "Not projected"),),
        "z": (("What was done",),),
        "Z": (("Pause the clock",),),
        "#": (("Minutes", "Times"),),
        "$": (("Copy sheets",),),
        "<": (("Back to here", "Take back"),),
        "!": (("Add to it",),),
        '"': (("Copy",),),
        "'": (("Again",),),
        "_": (("Title",),),
        "|": (("Done on",),),
        "%": (("Add to it",),),
        "&": (("Join",),),
        "*": (("Add to it",), ("Action",)),
        "+": (("Add to it",), ("Helper",)),
        ",": (("Go to", "Open"),),
        "-": (("Clear", "Inherit", "Unmove"),),
        ".": (("Mend", "Make it"),),
        "/": (("Find",),),
        ":": (("Commands",),),
        ";": (("Add to it",),),
        "=": (("Approval",),),
        ">": (("Add to it",),),
        "?": (("Help",), ("Close",)),
        "@": (("Owner", "Give"), ("Add to it",)),
        "[": (("Stage before",),),
        "{": (("Found before",),),
        "}": (("Next found",),),
        "\\": (("No more hints",),),
        "]": (("Next stage",), ("Follow",)),
        "^": (("Add to it",), ("Parked",)),
        "⏎": (OPEN, KEEP),
        "esc": (LEAVE,),
        "space": (
            (*("Confirm", "Accept", "Take over", "Merge", "Say everywhere"),),
            ("Next", "Status", "Board", "Choose", "This one"),
        ),
        "tab": (("Next field", "Next section"), ("Complete",)),
        "shift+tab": (("Field before", "Section before"),),
        "⌫": (("Answer back",),),
        "home": (START,),
        "end": (END,),
        "pgdn": (("Page down", "Steps down"),),
        "pgup": (("Page up", "Steps up"),),
        "←": ((*LEFT, "Tier before"),),
        "→": (RIGHT,),
        "↓": (("List down", *DOWN), ("Choose", "Next choice")),
        "↑": (("List up", *UP), ("Choose", "Choice before")),
        "ctrl+l": (("Draw again",),),
        "ctrl+q": (("Leave at once",),),
        "ctrl+t": (("Settle the file",),),
    }
)
"""By the key as footers show it."""

GRID = "raci."
"""How the ids begin of the keys whose letters are the grid's own."""
GRID_LETTERS = "RraciACI"
