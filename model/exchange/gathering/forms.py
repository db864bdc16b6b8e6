"""The forms in which gathered tables leave, by the ending of the name."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

from model.exchange.gathering import parquet, xlsx


class Rows(Protocol):
    """Takes the rows of one session after another; ``counts`` are those of each table."""

    counts: list[int]

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Put a session's rows behind the others."""


class Opened(Protocol):
    """Opens what takes the rows; leaving it puts the files in place, an exception leaves none."""

    def __call__(
        self, target: Path, *, force: bool, today: dt.date
    ) -> AbstractContextManager[Rows]:
        """Raises `model.exchange.files.ExportError` where they cannot be written."""


@dataclass(frozen=True, slots=True)
class Form:
    """What takes the rows, and which files come of a name."""

    opened: Opened
    files: Callable[[Path], list[Path]]


def _alone(target: Path) -> list[Path]:
    return [target]


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        ".xlsx": Form(xlsx.xlsx, _alone),
        parquet.SUFFIX: Form(parquet.parquet, parquet.paths),
    }
)
"""Each form under the ending of its file's name."""
