"""What an install may lack: the packages that set PDF, and those that make slides."""

import importlib.util
from dataclasses import dataclass

from offwall.model.store import ExportError


@dataclass(frozen=True, slots=True)
class Extra:
    """An extra of the package: what it is for, its name, and the modules that it brings."""

    what: str
    name: str
    modules: tuple[str, ...]

    @property
    def missing(self) -> str:
        """How to install it; empty where it is there."""
        if all(importlib.util.find_spec(module) for module in self.modules):
            return ""
        return f'{self.what} need the extra “{self.name}”: pip install "offwall[{self.name}]".'

    def check(self) -> None:
        """Raise `ExportError` where it is not installed."""
        if missing := self.missing:
            raise ExportError(missing)


PDF = Extra("PDF files", "pdf", ("typst", "font_source_sans_pro"))
SLIDES = Extra("Slides", "slides", ("pptx",))
