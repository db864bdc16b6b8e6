"""What widgets and screens tell the App: messages go up, and the session comes down."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from textual.message import Message

from offwall.model.records import Session
from offwall.model.records.session import Photo


class ServiceMessage(Message):
    """What a service does or hears of, and no screen; `tui.services.services` says which."""


@dataclass
class Edit(Message):
    """A change that was tried on the session shown and can be made.

    Args:
        label: the change in words, for undo: ``Remove S3.04``.
        change: the change; run again, it gives the same session.
    """

    label: str
    change: Callable[[Session], Session]


class DraftChanged(ServiceMessage):
    """A line being typed has changed; all are in `tui.kit.context.Context.drafts`."""


@dataclass
class Typing(ServiceMessage):
    """What the line holds now, nothing once it is left; ``card`` says for the room what it will
    make, where that is wanted.
    """

    text: str
    card: Callable[[], str] = str


@dataclass
class Say(Message):
    """Something to tell the user in the status line. ``wrong`` marks what could not be done; the
    ``file`` that the text names is a link.
    """

    text: str
    wrong: bool = field(default=False, kw_only=True)
    file: Path | None = field(default=None, kw_only=True)


@dataclass
class Go(Message):
    """Another screen is wanted, by its name; ``place`` is the record to stand on there."""

    screen: str
    place: str = ""


@dataclass
class Open(Message):
    """Another session file is wanted: a path as typed, and whether to make it first.

    It is made from a ``preset``, or as the next session after that in the file ``earlier``.
    """

    path: str
    preset: str = ""
    earlier: str = ""


class LeaveWanted(Message):
    """The program is to be left, as by Ctrl+Q."""


@dataclass
class ProjectedTold(Message):
    """Whether this screen is projected, as it was asked."""

    projected: bool


class SessionOpened(Message):
    """The session that was asked for lies on the desk: show it."""


@dataclass
class Back(Message):
    """Leave this screen for the one before, standing on the same record where it is there too."""

    place: str = ""


class PreviousSessionRequested(ServiceMessage):
    """The session that this one follows is wanted, to say what changed since."""


class LogWanted(ServiceMessage):
    """What was done to the session is wanted, as the journals tell it."""


@dataclass
class ExportRequested(ServiceMessage):
    """Documents to send; ``filled`` is the workbook that is being filled, without a choice."""

    filled: bool = False


@dataclass
class VersionWanted(ServiceMessage):
    """A version of the process is to be recorded under a name."""

    name: str


class ProposalsRequested(ServiceMessage):
    """What workbooks propose is to be worked out anew: their columns may be taken for others."""


@dataclass
class PhotoWanted(ServiceMessage):
    """A photo is to be changed, or a new one listed; ``seed`` is for its id."""

    photo: Photo | None
    seed: str


class PhotoQuestionAsked(ServiceMessage):
    """It is being asked whether there is a photo of the wall."""


class PhotosLookWanted(ServiceMessage):
    """The photos' files are to be looked at: there are others than before."""


@dataclass
class CopyWanted(ServiceMessage):
    """A text is to be copied; ``what`` says in words what it is, such as ``3 rows``.

    ``table`` says that it is rows for a spreadsheet.
    """

    text: str
    what: str
    table: bool = False
