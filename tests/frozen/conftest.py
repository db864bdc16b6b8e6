"""The commands, as they are typed."""

from tests.cli.conftest import offwall

__all__ = ["offwall"]
