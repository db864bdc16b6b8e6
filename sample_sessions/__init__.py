"""Sessions to learn from, to try things on, and to test with; they ship with Offwall."""

from pathlib import Path

NAMES = ("contract-management", "cup-of-coffee", "empty", "brackets")
"""The whole sample, one to learn on, one with a heading and no more, one with hostile text."""


def path(name: str) -> Path:
    """Where the session of that name is installed. It is for reading: work on a copy.

    Raises KeyError where ``name`` is none of `NAMES`.
    """
    if name not in NAMES:
        raise KeyError(f"{name!r} is no sample session; there are {', '.join(NAMES)}.")
    from importlib.resources import files

    return Path(str(files(__name__).joinpath(f"{name}.toml")))
