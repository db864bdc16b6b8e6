"""A session with hostile text in every field that holds words."""

from dataclasses import fields, is_dataclass, replace
from itertools import cycle
from typing import Any

from offwall.model.records.fields import Table
from offwall.model.records.session import Session

HOSTILE = (
    "\x1b]0;STOLEN TITLE\x07",
    "\x1b]52;c;U1RPTEVO\x07",
    "\x1b[2J\x1b[5;5HJUMPED",
    "\x9b2J\x9d0;STOLEN TITLE\x9c",
    "\x00\x08\x08\x7f\r\nNEXT LINE",
    "\u202eDEKCAB\u202c\u2066in\u2069",
    "\u200bze\u200dro\ufeff\u00ad\u2028",
    "\U000e0041\U000e007f tags \ufe0f",
    "towe" + "r\u0301" + "\u0489" * 300,
    "[bold red]BOLD[/] [@click=app.bell]CLICK[/] [/",
    "[PO] =1+1 $HOME %s {0} \\x1b",
    "مرحبا שלום 👩‍👩‍👧 ﷽ 契約 " + "long " * 100,
)

NAMES = {
    *("id", "code", "role", "stage", "lead", "also", "accountable", "consulted", "informed"),
    *("decided_by", "to", "then", "activity", "issue", "owner", "helper", "on", "kind", "chair"),
    *("members", "gates", "sha256", "approval", "approvals", "record", "field"),
}
"""Fields that point to a record or name it; all others that are text hold words."""


def hostile_session(session: Session, *, controls: bool) -> Session:
    """The session with hostile words behind all its own, each kind in turn.

    Without ``controls`` it is what a file may hold; with them, what only a hostile one does.
    """
    kinds = [text for text in HOSTILE if controls or all(map(_allowed, text))]
    words = cycle(kinds)

    def hostile(value: Any) -> Any:
        if isinstance(value, Table):
            return value
        if type(value) is str and value:
            return f"{value} {next(words)}"
        if isinstance(value, tuple):
            return tuple(hostile(each) for each in value)
        if is_dataclass(value) and not isinstance(value, type):
            changes = {
                each.name: hostile(getattr(value, each.name))
                for each in fields(value)
                if each.init and each.name not in NAMES
            }
            return replace(value, **changes)
        return value

    found: Session = hostile(session)
    return found


def _allowed(character: str) -> bool:
    return character >= " " and not "\x7f" <= character <= "\x9f"
