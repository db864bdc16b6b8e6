"""What is drawn afresh and handed in: ids' seeds and today's date. The model has neither."""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass


def seed() -> str:
    """A new seed for the ids of one change; 128 random bits as hexadecimal digits."""
    return secrets.token_hex(16)


def today() -> dt.date:
    """The date where this computer is."""
    return dt.datetime.now().astimezone().date()


@dataclass(frozen=True, slots=True)
class Fresh:
    """Where the screens get seeds and dates from; tests hand in their own."""

    seed: Callable[[], str] = seed
    today: Callable[[], dt.date] = today
