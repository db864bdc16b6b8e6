"""The private names of Textual that are leaned on: a list that a new one is held against."""

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from textual import _xterm_parser, keys
from textual._parser import Parser
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.command import CommandPalette
from textual.drivers import _writer_thread
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, OptionList

from offwall import tui
from offwall.tui.terminal import textual_private

METHODS = [
    (App, "_handle_exception", "(self, error: 'Exception') -> 'None'"),
    (App, "_context", "(self) -> 'Generator[None, None, None]'"),
    (App, "_fatal_error", "(self) -> 'None'"),
    (App, "_refresh_truecolor_filter", "(self, theme: 'TerminalTheme') -> 'None'"),
    (
        App,
        "_check_action_state",
        "(self, action: 'str', default_namespace: 'DOMNode') -> 'bool | None'",
    ),
    (Screen, "_compositor_refresh", "(self) -> 'None'"),
    (Screen, "_on_screen_resume", "(self, event: 'events.ScreenResume') -> 'None'"),
    (
        Screen,
        "_refresh_layout",
        "(self, size: 'Size | None' = None, scroll: 'bool' = False) -> 'None'",
    ),
    (Input, "_watch_value", "(self, value: 'str') -> 'None'"),
    (Input, "_position_to_cell", "(self, position: 'int') -> 'int'"),
    (Input, "_on_paste", "(self, event: 'events.Paste') -> 'None'"),
    (Input, "_on_key", "(self, event: 'events.Key') -> 'None'"),
    (Input, "_cell_offset_to_index", "(self, offset: 'int') -> 'int'"),
    (Input, "_on_mouse_down", "(self, event: 'events.MouseDown') -> 'None'"),
    (Input, "_on_mouse_move", "(self, event: 'events.MouseMove') -> 'None'"),
    (App, "_display", "(self, screen: 'Screen', renderable: 'RenderableType | None') -> 'None'"),
    (CommandPalette, "_action_command_list", "(self, action: 'str') -> 'None'"),
    (XTermParser, "feed", "(self, data: 'str') -> 'Iterable[Message]'"),
    (
        XTermParser,
        "parse",
        "(self, token_callback: 'TokenCallback') -> 'Generator[Read1 | Peek1, str, None]'",
    ),
    (XTermParser, "tick", "(self) -> 'Iterable[T]'"),
]
"""Overridden, or called: the class, the name, and what it takes and answers."""

FIELDS = [
    (App, "_batch_count"),
    (App, "_driver"),
    (App, "_exception"),
    (App, "_return_code"),
    (Screen, "_compositor"),
    (Widget, "_layout_required"),
    (Widget, "_repaint_required"),
    (Input, "_initial_value"),
    (Input, "_cursor_offset"),
    (OptionList, "_lines"),
    (Parser, "_tokens"),
    (Parser, "_gen"),
    (Parser, "_awaiting"),
    (Parser, "_timeout_time"),
]
"""Read or set: the class, and the name that its code gives a value."""

PROPERTIES = [
    (Input, "_value"),
    (OptionList, "_index_to_line"),
    (Screen, "_modal_binding_chain"),
]
"""Read: the class, and the name of the property."""

DRIVER_METHODS = [
    ("_get_terminal_size", "(self) -> 'tuple[int, int]'"),
    ("_sigtstp_application", "(self, *_) -> 'None'"),
    ("_sigcont_application", "(self, *_) -> 'None'"),
    ("run_input_thread", "(self) -> 'None'"),
]
DRIVER_FIELDS = [
    "_app",
    "_auto_restart",
    "_debug",
    "_key_thread",
    "_loop",
    "_must_signal_resume",
    "_writer_thread",
]
"""What the drivers override and use of Textual's own, which Windows does not have."""


@pytest.mark.parametrize(("owner", "name", "signature"), METHODS)
def test_a_method_is_as_it_was(owner: type, name: str, signature: str) -> None:
    assert str(inspect.signature(getattr(owner, name))) == signature


@pytest.mark.parametrize(("owner", "name"), PROPERTIES)
def test_a_property_is_read_under_the_name_it_had(owner: type, name: str) -> None:
    assert isinstance(getattr(owner, name), property)


@pytest.mark.slow
@pytest.mark.parametrize(("owner", "name"), FIELDS)
def test_a_value_is_held_under_the_name_it_had(owner: type, name: str) -> None:
    assert name in names_given(owner) | vars(owner).keys()


def test_functions_and_constants_are_as_they_were() -> None:
    assert str(inspect.signature(keys._character_to_key)) == "(character: 'str') -> 'str'"
    assert str(inspect.signature(_writer_thread.WriterThread.stop)) == "(self) -> 'None'"
    assert _xterm_parser.BRACKETED_PASTE_START == "\x1b[200~"
    assert _xterm_parser.BRACKETED_PASTE_END == "\x1b[201~"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such driver")
def test_the_driver_is_as_it_was() -> None:
    from textual.drivers.linux_driver import LinuxDriver

    for name, signature in DRIVER_METHODS:
        assert str(inspect.signature(getattr(LinuxDriver, name))) == signature
    given = {name for one in LinuxDriver.__mro__[:-1] for name in names_given(one)}
    assert not set(DRIVER_FIELDS) - given


@pytest.mark.slow
def test_no_other_file_has_a_private_name_of_textual() -> None:
    here = Path(textual_private.__file__)
    found = [
        f"{path.name}: {name}"
        for path in sorted(Path(tui.__file__).parent.rglob("*.py"))
        if path != here
        for name in private_imports(path)
    ]
    assert not found
    assert set(private_imports(here)) == {
        "textual._xterm_parser",
        "textual.keys._character_to_key",
    }


def names_given(owner: type) -> set[str]:
    """The attributes that a class's code sets on itself, and those of its body."""
    tree = ast.parse(dedent(inspect.getsource(owner)))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    } | {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def private_imports(path: Path) -> Iterator[str]:
    """The private modules and names of Textual that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
            module = str(node.module)
            if "._" in module:
                yield module
            yield from (f"{module}.{one.name}" for one in node.names if one.name[0] == "_")
        elif isinstance(node, ast.Import):
            yield from (
                one.name
                for one in node.names
                if one.name.startswith("textual") and "._" in one.name
            )
