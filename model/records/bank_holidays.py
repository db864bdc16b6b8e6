"""Bank holidays in England and Wales, Scotland and Northern Ireland, and the days one works.

The days are the library `holidays`': substitute days included, local holidays of one council not.
It is loaded when the first date is asked about: nobody needs it before part 3.
"""

import datetime as dt
import sys
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType, ModuleType
from typing import Any

from offwall.model.records.dates import FULL_DAYS
from offwall.model.records.session import Nation

SATURDAY = 5

SUBSTITUTE = ("(observed)", "(substitute day)")
"""What the library calls a day that stands in for one at a weekend, and what gov.uk calls it."""

_SUBDIVISIONS = {
    Nation.ENGLAND_AND_WALES: "ENG",  # Wales keeps the same days
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


def bank_holiday(date: dt.date, nation: Nation) -> str:
    """The name of the bank holiday on that day; empty where there is none."""
    return _of_year(date.year, nation).get(date, "")


def day_off(date: dt.date, nation: Nation) -> str:
    """Why nobody works on that day, such as ``a Saturday``; empty for a working day."""
    if date.weekday() >= SATURDAY:
        return f"a {FULL_DAYS[date.weekday()].capitalize()}"
    name = bank_holiday(date, nation)
    return f"a bank holiday in {nation}: {name}" if name else ""


def working_day(date: dt.date, nation: Nation) -> dt.date:
    """The date, or the first working day after it; the date where the calendar ends before."""
    day = date
    while day_off(day, nation):
        if day == dt.date.max:
            return date
        day += dt.timedelta(1)
    return day


@cache
def _of_year(year: int, nation: Nation) -> Mapping[dt.date, str]:
    found = _united_kingdom()(
        subdiv=_SUBDIVISIONS[nation], years=year, language="en_GB", expand=False
    )
    return MappingProxyType({day: name.replace(*SUBSTITUTE) for day, name in found.items()})


@cache
def _united_kingdom() -> Any:
    """The library's class for the one country.

    Asked for it, the library loads all its 250: a tenth of a second, when part 3 is first opened,
    and eight megabytes. An empty package in the place of theirs, while it is loaded, spares that.
    """
    import holidays

    name = "holidays.countries"
    whole = sys.modules.get(name)
    alone = ModuleType(name)
    alone.__path__ = [f"{folder}/countries" for folder in holidays.__path__]
    sys.modules[name] = whole or alone
    try:
        from holidays.countries.united_kingdom import UnitedKingdom
    finally:
        if whole is None:
            del sys.modules[name]
    return UnitedKingdom
