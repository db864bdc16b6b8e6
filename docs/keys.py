"""Makes the tables of keys, docs/keys.md, from the keys themselves.

``python -m docs.keys``, in the clone, writes them anew; a test says when that is due. A key is told
by the id of its binding: what comes before the dot says where the key works.
"""

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from types import MappingProxyType

from textual.binding import Binding
from textual.keys import format_key

from docs.meanings import MEANINGS
from offwall import tui
from offwall.tui.kit.keys import KeyTable

DOCS = Path(__file__).resolve().parent
TABLE = DOCS / "keys.md"

HEAD = """\
# Every key

Made from the program by `python -m docs.keys`; `?` shows those that apply where you are, and `:`
finds by its name each that does more than move about. Nothing needs Ctrl, Alt, a function key or a
mouse, but `ctrl+q`, which leaves from anywhere, `ctrl+l`, which draws the screen again, and
`ctrl+t`, which settles the file.

Any of them can be another: `[keys]` in `settings.toml` names the id and what is to be pressed, such
as `"activity.confirm" = "c"`; several are told by comma, and signs by their names or as they are.
"""

PLACES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Anywhere but in a field": ("app", "screen"),
        "The first screen": ("start",),
        "Home": ("home",),
        "Any list": ("list",),
        "Sections side by side": ("sections",),
        "Set up": ("setup", "workshop", "approval"),
        "The line": ("line",),
        "Part 1: topics": ("topic", "block"),
        "Part 1: issues": ("issue",),
        "Part 1: what could improve": ("challenge",),
        "Part 1: tiering": ("tiering", "tier"),
        "Part 1: governance": ("board",),
        "Actions, in parts 1 and 3": ("action",),
        "Part 1: ranking": ("ranking", "rank", "vote"),
        "Part 2: the template": ("activity", "record", "view"),
        "Part 2: what two said differently": ("clash",),
        "Part 2: RACI": ("raci",),
        "Part 2: the wall": ("wall", "card"),
        "Part 2: walking the process": ("walk",),
        "Part 2: checks": ("checks", "finding"),
        "Part 2: what the law asks": ("law",),
        "Part 2: how long and how often": ("times",),
        "Part 2: words": ("words",),
        "Part 3: the plan": ("plan", "spread"),
        "Part 3: next steps offered": ("next-step",),
        "Part 3: photos": ("photo",),
        "What was done": ("log", "then"),
        "Closing down": ("close",),
        "A second session": ("again",),
        "Workbooks that came back": ("import", "importing"),
        "What was taken for what": ("mapping",),
        "offwall show, for the room": ("show",),
        "A question with choices": ("choice",),
        "A question with fields": ("form",),
        "Go to": ("go",),
        "Help": ("help",),
    }
)
"""Where keys work, in the order of the afternoon, and how their ids begin."""

NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "backspace": "Backspace",
    "pageup": "Page Up",
    "pagedown": "Page Down",
    "home": "Home",
    "end": "End",
    "down": "Down",
    "up": "Up",
    "left": "Left",
    "right": "Right",
}
"""What is written on the keys that type no character."""


WITHOUT_KEYS = (
    *("offwall.tui.cli", "offwall.tui.package"),
    *("offwall.tui.projector.serve", "offwall.tui.projector.browser_page"),
)
"""What takes no keys; the page for a browser needs what is not always installed."""


ORDER = (
    "OffwallApp",
    "app.pause",
    "MultilineForm",
    "Choice",
    "Form",
    "PathForm",
    "app.undo",
    "app.redo",
    "app.settle",
    "app.leave",
    "app.private",
    "ActivityCardScreen",
    "ChecksScreen",
    "CloseDownScreen",
    "HelpScreen",
    "HOME_KEYS",
    "PlanScreen",
    "RaciScreen",
    "RankingScreen",
    "RecordScreen",
    "SCREEN_KEYS",
    "SetupScreen",
    "START_KEYS",
    "TiersScreen",
    "WalkScreen",
    "WallScreen",
    "GlossaryScreen",
    "app.share",
    "ShowApp",
    "ShowScreen",
    "app.draw-again",
    "ACTION_KEYS",
    "ACTION_LINE_KEYS",
    "CONFLICT_KEYS",
    "FILTER_KEYS",
    "LINE_KEYS",
    "ORDER_KEYS",
    "REVIEW_KEYS",
    "ROUTE_KEYS",
    "VIEW_KEYS",
    "ApprovalList",
    "BoardList",
    "ImprovementList",
    "ConflictList",
    "FindingList",
    "ImportList",
    "MappingList",
    "FillingList",
    "IssueTable",
    "CarryOverList",
    "LineInput",
    "NextStepList",
    "OpenItemsList",
    "PhotoList",
    "PLAN_KEYS",
    "RACI_COLUMN_KEYS",
    "RACI_KEYS",
    "RankingTable",
    "VoteLine",
    "MOVE_KEYS",
    "FIND_KEYS",
    "SELECT_KEYS",
    "LIST_KEYS",
    "CHOOSE_KEYS",
    "Sections",
    "SETUP_KEYS",
    "MeetingList",
    "WorkshopList",
    "ShowTopic",
    "WorkloadList",
    "TierGrid",
    "TierList",
    "TopicList",
    "RouteList",
    "WallView",
    "GlossaryList",
)
"""The classes with keys, and the tables of commands, in the order of the tables; one that is not
named comes last. A key that is named by its id is told there, and not with its class.
"""


def bindings() -> Iterator[Binding]:
    """Every key of the program, one after another; hidden ones without a description are not."""
    place = {name: number for number, name in enumerate(ORDER)}
    told = [
        (place.get(binding.id or "", place.get(name, len(ORDER))), binding)
        for name, found in _tables()
        for binding in found
        if binding.description
    ]
    yield from (binding for _, binding in sorted(told, key=lambda one: one[0]))


def _tables() -> Iterator[tuple[str, Sequence[Binding]]]:
    """Every table of keys, by its own name or that of its class; no key twice.

    A class may put tables of others together, and then adds what is new in it.
    """
    named = [*_named_tables()]
    told: set[int] = set()
    for name, found in sorted(named, key=lambda one: not isinstance(one[1], KeyTable)):
        yield name, [binding for binding in found if id(binding) not in told]
        told.update(map(id, found))


def _named_tables() -> Iterator[tuple[str, Sequence[Binding]]]:
    for module in walk_packages(tui.__path__, "offwall.tui."):
        if module.name == "offwall.tui.__main__" or module.name.startswith(WITHOUT_KEYS):
            continue
        for name, found in vars(import_module(module.name)).items():
            if isinstance(found, KeyTable):
                yield name, found
            elif isinstance(found, type) and found.__module__ == module.name:
                yield name, vars(found).get("BINDINGS", ())


def said(key: str) -> str:
    """The keys of a binding as a table shows them, each in code."""
    return " ".join(_in_code(NAMES.get(one) or format_key(one)) for one in key.split(","))


def _in_code(key: str) -> str:
    """A key in code; a bar would end the cell of the table."""
    return f"`{key}`".replace("|", "\\|")


def by_place(found: Sequence[Binding]) -> dict[str, list[Binding]]:
    """The bindings of each place. Raises `LookupError` for one that works nowhere that is told."""
    place_of = {start: place for place, starts in PLACES.items() for start in starts}
    told: dict[str, list[Binding]] = {place: [] for place in PLACES}
    for binding in found:
        told[place_of[(binding.id or "").partition(".")[0]]].append(binding)
    return told


def table() -> str:
    """docs/keys.md."""
    parts = [HEAD, *_letters()]
    for place, found in by_place(list(bindings())).items():
        parts.append(f"\n## {place}\n\n| keys | name | what it does | id |\n|---|---|---|---|\n")
        parts.extend(_rows(found))
    return "".join(parts)


def _letters() -> Iterator[str]:
    """What each key means, over the whole program."""
    yield "\n## A key and its meaning, everywhere\n\nDigits are values: scores, sections, answers. "
    yield "In the RACI's grid R, r, a, c and i are its own.\n\n| key | meaning |\n|---|---|\n"
    for pressed, meanings in MEANINGS.items():
        yield f"| {_in_code(pressed)} | {'; '.join(', '.join(names) for names in meanings)} |\n"


def _rows(found: Sequence[Binding]) -> Iterator[str]:
    """A row for all keys that do the same."""
    same: dict[tuple[str, str], list[Binding]] = {}
    for binding in found:
        same.setdefault((binding.description, binding.tooltip), []).append(binding)
    for (name, what), alike in same.items():
        shown = " ".join(dict.fromkeys(said(one.key) for one in alike))
        known = " ".join(dict.fromkeys(f"`{one.id}`" for one in alike))
        yield f"| {shown} | {name} | {what} | {known} |\n"


def main() -> None:
    """Write it."""
    TABLE.write_text(table(), "utf-8")


if __name__ == "__main__":
    main()
