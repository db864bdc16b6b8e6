"""Keys as data, and what a command comes to.

A key is one line: what is pressed, what it does, its label, its tooltip, whether the footer names
it, and what it needs. `keys` makes of a room's lines the bindings of a widget, with an id each
(``activity.confirm``). `check_action`, footer, help, palette, ``docs/keys.md`` and the keymap are
derived from them; a dimmed key that is pressed says why.

A command is a function ``(context, record) -> Outcome``: it changes nothing, asks nothing and
knows no widget. The outcome says what is to be done, and the widget does it. Loads no screen.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from textual.actions import parse
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen

from offwall.model.records.changes import SessionChange
from offwall.tui.kit.context import Context
from offwall.tui.terminal.textual_private import bound_to

if TYPE_CHECKING:
    from offwall.model.records import Session
    from offwall.tui.kit.form import Answers, Field


@dataclass(frozen=True, slots=True)
class Here:
    """Where a command acts: the session, what gives ids and dates, and the row under the cursor.

    ``record`` is what that row stands for, None on a heading or in an empty list; ``view`` is how
    the list is looked at, where there are several ways; ``several`` are the keys of the records
    that are selected, in the order shown, and ``under`` of those under a heading where none is.
    """

    session: "Session"
    fresh: Context
    key: str = ""
    record: Any = None
    view: Any = None
    several: tuple[Any, ...] = ()
    under: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Same:
    """A change that any record can be given: what acts on several, and what is repeated.

    Args:
        said: the change in words, without the record: ``Approval director``.
        change: the session with one record changed, by its key.
        asks: what a question says first where there are several: ``Remove``; empty asks nothing.
        together: the session with several changed, where that is more than each by itself.
    """

    said: str
    change: "Callable[[Session, Any], Session]"
    asks: str = ""
    together: "Callable[[Session, tuple[Any, ...]], Session] | None" = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command comes to; what is empty is not done.

    Args:
        label: the change in words, for undo.
        change: the change of the session; run again, it gives the same session.
        go: the key of the row to stand on then, now or as soon as it is there.
        say: a sentence for the status line, after all else.
        wrong: why nothing can be done; nothing else is done then.
        view: another way to look at the list, for its ``look``.
        post: a message for whoever is above.
        ask: a question; its answer comes to another outcome.
        same: the change as one that other records can be given.
    """

    label: str = ""
    change: SessionChange | None = None
    go: str = ""
    say: str = ""
    wrong: str = ""
    view: Any = None
    post: Message | None = None
    ask: "Question | Choose | Write | None" = None
    same: Same | None = None


NOTHING = Outcome()
"""Nothing is to be done."""


@dataclass(frozen=True, slots=True)
class Question:
    """A form to fill in, and what its answers come to; ``left`` is what leaving it comes to.

    One field may stand on the last ``line`` of the screen, by its label alone.
    """

    title: str
    fields: "Sequence[Field]"
    answered: "Callable[[Answers], Outcome]"
    about: str = ""
    at: str = ""
    left: Outcome = NOTHING
    line: bool = False


@dataclass(frozen=True, slots=True)
class Choose:
    """One of several to choose, and what the place of the one chosen comes to, from 0."""

    title: str
    options: Sequence[str]
    answered: Callable[[int], Outcome]
    about: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class Write:
    """A text of several lines to write, and what it comes to."""

    title: str
    text: str
    answered: Callable[[str], Outcome]
    about: str = ""


def ask_one(title: str, field: "Field", keep: Callable[[str], Outcome], about: str = "") -> Outcome:
    """Ask for one thing; ``keep`` takes what is typed."""
    return Outcome(ask=Question(title, [field], lambda text: keep(text[field.name]), about))


def ask_below(field: "Field", keep: Callable[[str], Outcome], about: str = "") -> Outcome:
    """The same on the last line of the screen, which sends a tenth of what a form does."""
    ask = Question("", [field], lambda text: keep(text[field.name]), about, line=True)
    return Outcome(ask=ask)


Command = Callable[[Any, Any], Outcome]


CommandT = TypeVar("CommandT", bound=Callable[..., Outcome])
_LOOKING: set[Callable[..., Outcome]] = set()


def looks(command: CommandT) -> CommandT:
    """Mark a command that changes nothing: it can be done where a session is read only."""
    _LOOKING.add(command)
    return command


class ActsOn(StrEnum):
    """What a command is given: the record under the cursor; the first of those selected, whose
    outcome is then for each of them (`Outcome.same`); or whatever the row stands for, None where
    that is a heading.
    """

    ONE = "one"
    SELECTED = "selected"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Need:
    """What a key needs to do anything, and the sentence for where it has not got it.

    ``of`` is asked with the context of the command. A key that ``hides``, always or where that
    says so, is not dimmed but gone.
    """

    of: Callable[[Any], object]
    says: str = ""
    hides: bool | Callable[[Any], bool] = False


NEVER = Need(lambda _: False, hides=True)
"""For a key of a base class that makes no sense in this one."""


@dataclass(frozen=True)
class Key(Binding):
    """A key as data: a binding of Textual's, with its command and what that needs."""

    command: Command | None = None
    needs: Need | None = None
    acts_on: ActsOn = ActsOn.ONE

    @property
    def changes(self) -> bool:
        """Whether its command may change the session; an action of a widget alone only looks."""
        return self.command is not None and _bare(self.command) not in _LOOKING


def _bare(command: Any) -> Any:
    """The function of a command, without the words that were given to it."""
    return getattr(command, "func", command)


def key(  # noqa: PLR0917  (a line of a table is read by place)
    keys: str,
    name: str,
    label: str = "",
    does: str | Command = "",
    tooltip: str | None = None,
    needs: Need | None = None,
    *,
    footer: bool = False,
    acts_on: ActsOn = ActsOn.ONE,
    shown: str | None = None,
) -> Key:
    """One line of a table.

    Args:
        keys: what is pressed, several by comma, as Textual names them.
        name: the last part of its id.
        label: one or two words for footer and help; a key without is not listed.
        does: a command, or an action of the widget with its parameters; else that of its name.
        tooltip: the sentence of help; else the first line of the command's docstring.
        needs: without this it is dimmed.
        footer: whether the footer names it; `foot` is short for that.
        acts_on: what a command is given.
        shown: what the footer shows in place of the keys.
    """
    command = None if isinstance(does, str) else does
    action = (does if isinstance(does, str) else "") or name.replace("-", "_")
    if tooltip is None:
        said = _bare(command)
        tooltip = ((said and said.__doc__) or "").partition("\n")[0].rstrip(".")
    told = tooltip if label else ""
    return Key(
        *(keys, action, label, footer, shown),
        tooltip=told,
        id=name,
        command=command,
        needs=needs,
        acts_on=acts_on,
    )


foot = partial(key, footer=True)
"""A key that the footer names."""

key_each = partial(key, acts_on=ActsOn.SELECTED)
"""A key that acts on all that are selected."""

foot_each = partial(foot, acts_on=ActsOn.SELECTED)
"""The same, which the footer names."""


class KeyTable(list[BindingType]):
    """The keys of a widget, or of a family of commands."""


def keys(room: str, *entries: Key) -> KeyTable:
    """The entries with the room before their ids; an id with a point in it stays as it is."""

    def made(entry: Key) -> Key:
        known = entry.id or ""
        known = known if "." in known else f"{room}.{known}"
        action = f"run({known!r})" if entry.command else entry.action
        return replace(entry, id=known, action=action)

    return KeyTable(map(made, entries))


_KNOWN: dict[type[Any], dict[str, Key]] = {}


def keys_of(kind: type[Any]) -> dict[str, Key]:
    """The keys of a class and its bases by what they do; a class comes before its bases.

    What a class has ``GONE`` are actions of its bases that make no sense in it.
    """
    if kind in _KNOWN:
        return _KNOWN[kind]
    found = _KNOWN[kind] = {}
    for base in kind.__mro__:
        gone = [Key("", action, needs=NEVER) for action in vars(base).get("GONE", ())]
        for entry in (*vars(base).get("BINDINGS", ()), *gone):
            if isinstance(entry, Key):
                found.setdefault(entry.action, entry)
    return found


def key_for(node: Any, action: str, parameters: Iterable[object]) -> Key | None:
    """The key behind an action of a widget, if it is in a table."""
    said = ", ".join(map(repr, parameters))
    known = keys_of(type(node))
    return known.get(f"{action}({said})" if said else action) or known.get(action)


def why_off(screen: Screen[Any], pressed: str, refused: str) -> str:
    """Why a key does nothing here, where it is dimmed; nothing where it does something.

    ``refused`` says why nothing can be changed, where that is so.
    """
    says = ""
    for node in (screen.focused or screen).ancestors_with_self:
        for binding in bound_to(node, pressed):
            space, action, parameters = parse(binding.action)
            state = True if space else node.check_action(action, parameters)
            if state:
                return ""
            found = key_for(node, action, parameters)
            if state is None and found:
                off = refused if found.changes else ""
                says = says or off or (found.needs.says if found.needs else "")
    return says


def state_of(
    node: Any, action: str, parameters: tuple[object, ...], here: Callable[[], Any]
) -> bool | None:
    """What `check_action` answers: whether it can be done, None for dimmed, False for gone."""
    found = key_for(node, action, parameters)
    need = found.needs if found else None
    if need is NEVER:
        return False
    if need is None or need.of(at := here()):
        return True
    return False if (need.hides(at) if callable(need.hides) else need.hides) else None
