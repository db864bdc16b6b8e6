"""What is drawn afresh and handed in: ids' seeds, today's date, the time. The model has none."""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tui.drafts import Drafts


def seed() -> str:
    """A new seed for the ids of one change; 128 random bits as hexadecimal digits."""
    return secrets.token_hex(16)


def today() -> dt.date:
    """The date where this computer is."""
    return now().date()


def now() -> dt.datetime:
    """The time where this computer is."""
    return dt.datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Fresh:
    """Where the screens get seeds and dates from; tests hand in their own."""

    seed: Callable[[], str] = seed
    today: Callable[[], dt.date] = today
    presets: Path | None = None
    """The folder of a council's own presets and catalogues; the shipped ones alone without it."""
    now: Callable[[], dt.datetime] = now

    drafts: Drafts = field(default_factory=Drafts, compare=False)
    """The lines that were begun and not kept."""
