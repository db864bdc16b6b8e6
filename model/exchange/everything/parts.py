"""The parts of what leaves: each writes its files into the folder."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from model.disk import reason
from model.exchange.everything.folder import CALENDARS, OWNERS, PAGES, stem
from model.exchange.file_names import safe_names
from model.exchange.files import ExportError, write
from model.exchange.photo_file import folder_of
from model.exchange.photos import Gathered
from model.mails import owner_mails, participants_mail
from model.report import Audience, report
from model.session import Session

PARTICIPANTS = "email-participants.txt"


@dataclass(slots=True)
class Leaving:
    """What leaves of a session and where to, and what is already written."""

    session: Session
    path: Path
    folder: Path
    now: dt.datetime
    today: dt.date
    earlier: Session | None = None
    mark: str = ""
    force: bool = False
    files: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _illustrations: Gathered | None = None

    def illustrations(self) -> Gathered:
        """The drawing and the photos; made once, for it takes longer than all the rest."""
        from model.exchange.brief.illustrations import illustrations

        if self._illustrations is None:
            self._illustrations = illustrations(self.session, folder_of(self.path))
        return self._illustrations

    def named(self, ending: str) -> Path:
        """A file of the folder that is called after the session."""
        return self.folder / f"{stem(self.path)}{ending}"

    def put(self, path: Path, content: bytes) -> None:
        """Write a file, and remember that. Raises `ExportError`."""
        self.files.append(write(path, content, force=self.force))

    def within(self, name: str) -> Path:
        """A folder within the folder, made where it is not there. Raises `ExportError`."""
        found = self.folder / name
        try:
            found.mkdir(exist_ok=True)
        except OSError as error:
            raise ExportError(f"{found} could not be made: {reason(error)}.") from None
        return found


def workbook(leaving: Leaving) -> None:
    """The workbook, with the photos."""
    from model.exchange.excel import SUFFIX, export

    target, photos = leaving.named(SUFFIX), folder_of(leaving.path)
    export(
        leaving.session,
        target,
        exported_on=leaving.today,
        photos_in=photos,
        force=leaving.force,
        mark=leaving.mark,
    )
    leaving.files.append(target)


def brief(leaving: Leaving) -> None:
    """The brief for senior management."""
    _report(leaving, Audience.MANAGEMENT)


def feedback(leaving: Leaving) -> None:
    """The feedback to the participants."""
    _report(leaving, Audience.PARTICIPANTS)


def _report(leaving: Leaving, audience: Audience) -> None:
    from model.exchange.brief import NAMES, WORD, brief_docx

    content = report(leaving.session, audience, leaving.today, earlier=leaving.earlier)
    found = leaving.illustrations()
    leaving.notes += found.sentences
    leaving.put(leaving.named(f"-{NAMES[audience]}{WORD}"), brief_docx(content, found.pictures))


def calendars(leaving: Leaving) -> None:
    """A calendar for all, and one for each owner."""
    from model.exchange.calendar import calendars

    files = calendars(leaving.session, now=leaving.now)
    if not files:
        leaving.notes.append("There is no calendar, as no action has a target date.")
        return
    folder = leaving.within(CALENDARS)
    for name, content in files:
        leaving.put(folder / name, content)


def drawing(leaving: Leaving) -> None:
    """The map: all pages in one file, and where there are several a file for each."""
    from model.exchange.drawing import drawing_svg

    whole, *pages = drawing_svg(leaving.session)
    leaving.put(leaving.named("-map.svg"), whole)
    folder = leaving.within(PAGES) if pages else leaving.folder
    for number, page in enumerate(pages, 1):
        leaving.put(folder / f"page-{number}.svg", page)


def to_participants(leaving: Leaving) -> None:
    """The mail to those who took part; it names the files that are there to go with it."""
    wanted = (".xlsx", "-feedback.docx", "-map.svg")
    there = [path.name for path in map(leaving.named, wanted) if path in leaving.files]
    text = participants_mail(leaving.session, there)
    leaving.put(leaving.folder / PARTICIPANTS, text.encode())


def to_owners(leaving: Leaving) -> None:
    """A mail to each who took something on."""
    from model.exchange.calendar import calendar_names

    there = {path.name for path in leaving.files}
    names = calendar_names(leaving.session)
    diaries = {key: name for key, name in names.items() if name in there}
    mails = owner_mails(leaving.session, leaving.today, diaries)
    if not mails:
        leaving.notes.append("There is no mail to an owner, as no action has one.")
        return
    folder = leaving.within(OWNERS)
    called = safe_names((mail.name for mail in mails), "owner")
    for name, mail in zip(called, mails, strict=True):
        leaving.put(folder / f"{name}.txt", mail.text.encode())


PARTS: Mapping[str, Callable[[Leaving], None]] = {
    "the workbook": workbook,
    "the brief": brief,
    "the feedback": feedback,
    "the calendars": calendars,
    "the map": drawing,
    "the mail to participants": to_participants,
    "the mails to owners": to_owners,
}
"""What is written, in this order, and what each is called while it is."""
