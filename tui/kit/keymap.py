"""A keymap of one's own: other keys for what the program does, by the ids of docs/keys.md.

What cannot be done is left out and said: an id that nobody has, a key that no keyboard has, and a
key that would then do two things where one stands.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib import import_module

from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import Keys
from textual.widget import Widget

from offwall.tui.kit.session_screen import SessionScreen, load_screens
from offwall.tui.terminal.textual_private import bindings_of, character_to_key

ELSEWHERE = ("offwall.tui.app", "offwall.tui.kit.help", "offwall.tui.review.go_to")
"""Modules with keys that are no session's screens."""

ROOM = "offwall.tui.projector"
"""Where what is shown to the room is: an App of its own."""

KNOWN_KEYS = {
    *(key.value for key in Keys),
    "space",
    *map(character_to_key, map(chr, range(33, 127))),
}
"""By name; what is typed is a key, too, and signs have names."""

Keymap = Mapping[str, str]
"""By the id of a key: what is pressed, several by comma."""


def usable(wanted: Keymap, app: type[DOMNode]) -> tuple[dict[str, str], str]:
    """What of a keymap can be done, and the sentence that says what cannot; empty where all can."""
    maps = list(_maps(app))
    known = {binding.id for found in maps for binding in found if binding.id}
    kept, wrong = {}, []
    for named, pressed in wanted.items():
        keys = [one.strip() for one in pressed.split(",")]
        keys = [character_to_key(one) if len(one) == 1 else one.lower() for one in keys]
        if named not in known:
            near = get_close_matches(named, known, 1)
            wrong.append(f"no key is called {named}" + (f" (is it {near[0]}?)" if near else ""))
        elif not KNOWN_KEYS.issuperset(keys):
            wrong.append(f"{named} names no key: {pressed}")
        else:
            kept[named] = ",".join(keys)
    wrong += [
        f"{kept.pop(named)} of {named} is the key of {other} there"
        for named in [*kept]
        if (other := _other(maps, kept, named))
    ]
    said = f"settings.toml, [keys]: {'; '.join(wrong)}. The rest holds." if wrong else ""
    return _with_sharers(maps, kept), said


def _with_sharers(maps: list[list[Binding]], kept: dict[str, str]) -> dict[str, str]:
    """With what has the same key on other rows of a list: the framework would take that away."""
    stays: dict[str, list[str]] = {}
    for found in maps:
        left = {binding.key for binding in found if binding.id in kept}
        sharing = {one.id for one in found if one.key in left} - kept.keys()
        for known, pressed in ((one.id, one.key) for one in found if one.id in sharing):
            if known and pressed not in stays.setdefault(known, []):
                stays[known].append(pressed)
    return kept | {named: ",".join(keys) for named, keys in stays.items()}


def _maps(app: type[DOMNode]) -> Iterator[list[Binding]]:
    """What can be pressed on each widget of the program: its own, and those that hold anywhere."""
    for module in (*ELSEWHERE, f"{ROOM}.show_app"):
        import_module(module)
    for _ in load_screens():
        pass
    anywhere = [*bindings_of(app), *bindings_of(SessionScreen)]
    for kind in _kinds(Widget):
        if kind.__module__.startswith("offwall."):
            with_app = kind.__module__.startswith(ROOM) == app.__module__.startswith(ROOM)
            yield [*bindings_of(kind), *(anywhere if with_app else ())]


def _kinds(base: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for kind in base.__subclasses__():
        yield kind
        yield from _kinds(kind)


def _other(maps: list[list[Binding]], kept: Mapping[str, str], named: str) -> str:
    """The id of what has a key of ``named`` already, where both can be pressed."""
    for found in maps:
        had = {binding.key for binding in found if binding.id == named}
        new = {*kept[named].split(",")} - had if had else set()
        for binding in found:
            has = kept.get(binding.id or "", binding.key).split(",")
            if binding.id and binding.id != named and new.intersection(has):
                return binding.id
    return ""
