"""Bank holidays in England and Wales, Scotland and Northern Ireland, and the days one works.

The days are the library `holidays`': substitute days included, local holidays of one council not.
It is loaded when the first date is asked about: nobody needs it before part 3.
"""

import datetime as dt
import sys
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
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

    Asked for it, the library loads all its 250, and looks its own version up: two tenths of a
    second, and eight megabytes. Empty packages in the place of its own, meanwhile, spare that.
    """
    spec = find_spec("holidays")
    (folder,) = (spec and spec.submodule_search_locations) or [""]
    alone = {"holidays": folder, "holidays.countries": f"{folder}/countries"}
    before = {name: sys.modules[name] for name in alone if name in sys.modules}
    for name, path in alone.items():
        sys.modules[name] = ModuleType(name)
        sys.modules[name].__path__ = [path]
    try:
        from holidays.countries.united_kingdom import UnitedKingdom
    finally:
        for name in alone:
            del sys.modules[name]
        sys.modules.update(before)
    return UnitedKingdom
