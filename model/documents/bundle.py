"""Everything that people leave with, in one new folder: workbook, brief, feedback, calendars,
diagram, mails.

Each is written whole or not at all, and one that cannot be written keeps none of the others
back.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from offwall.model.documents.brief.content import Audience
from offwall.model.documents.brief.report import report
from offwall.model.documents.mails import owner_mails, participants_mail
from offwall.model.records import Session
from offwall.model.records.text import on_one_line
from offwall.model.store import ExportError, os_reason, photos_folder, write_output
from offwall.model.store.files import safe_names
from offwall.model.store.photo_files import PhotoCopies

CALENDARS, PAGES, OWNERS = WITHIN = ("calendars", "map-pages", "owners")
"""Folders within the folder: nobody wants to look for the brief among twelve calendars."""

LONGEST_STEM = 150
"""Bytes of the session's name that names are made of: with what follows, every disk takes them."""


def stem(path: Path) -> str:
    """What the files and the folder are called after: the session file's name, cut where long."""
    kept = path.stem.encode(errors="surrogateescape")[:LONGEST_STEM]
    return kept.decode("utf-8", "ignore").rstrip(" .") or "session"


def make_bundle_folder(path: Path, today: dt.date, folder: Path | None, *, force: bool) -> Path:
    """Make the folder and say which it is.

    Raises `ExportError` where it cannot be made, or where one that was named is there already and
    ``force`` is not given.
    """
    if folder is not None:
        _make(folder, force=force)
        return folder
    wanted = f"{stem(path)} {today.isoformat()}"
    for number in count(1):
        name = wanted if number == 1 else f"{wanted} {number}"
        with suppress(FileExistsError):
            return _make_new(path.with_name(name))
    raise AssertionError("names do not run out")


def _make(folder: Path, *, force: bool) -> None:
    try:
        _make_new(folder)
    except FileExistsError:
        if not folder.is_dir():
            raise ExportError(f"{folder} is a file. Give the name of a folder.") from None
        if not force:
            raise ExportError(
                f"{folder} is already there. Name another folder, or say --force to write into it."
            ) from None


def _make_new(folder: Path) -> Path:
    """Make a folder that nothing bears the name of. Raises FileExistsError and `ExportError`."""
    try:
        folder.mkdir()
    except FileExistsError:
        raise
    except (OSError, ValueError) as error:
        raise ExportError(
            f"The folder {folder} could not be made: {os_reason(error)}. Nothing was written; name"
            " another place, or make room."
        ) from None
    return folder


def remove_if_empty(folder: Path, files: Sequence[Path]) -> None:
    """Leave no empty folder behind; one that holds anything stays."""
    needed = {parent for file in files for parent in file.parents}
    for made in (*(folder / name for name in WITHIN), folder):
        if made not in needed:
            with suppress(OSError):
                made.rmdir()


# The parts of what leaves: each writes its files into the folder.

PARTICIPANTS = "email-participants.txt"


@dataclass(slots=True)
class BundleJob:
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
    _illustrations: PhotoCopies | None = None

    def illustrations(self) -> PhotoCopies:
        """The drawing and the photos; made once, for it takes longer than all the rest."""
        from offwall.model.documents.brief.export import illustrations

        if self._illustrations is None:
            self._illustrations = illustrations(self.session, photos_folder(self.path))
        return self._illustrations

    def named(self, ending: str) -> Path:
        """A file of the folder that is called after the session."""
        return self.folder / f"{stem(self.path)}{ending}"

    def put(self, path: Path, content: bytes) -> None:
        """Write a file, and remember that. Raises `ExportError`."""
        self.files.append(write_output(path, content, force=self.force))

    def within(self, name: str) -> Path:
        """A folder within the folder, made where it is not there. Raises `ExportError`."""
        found = self.folder / name
        try:
            found.mkdir(exist_ok=True)
        except OSError as error:
            raise ExportError(f"{found} could not be made: {os_reason(error)}.") from None
        return found


def write_workbook(leaving: BundleJob) -> None:
    """The workbook, with the photos."""
    from offwall.model.workbook.write.export import SUFFIX, export_workbook

    target, photos = leaving.named(SUFFIX), photos_folder(leaving.path)
    export_workbook(
        leaving.session,
        target,
        exported_on=leaving.today,
        photos_in=photos,
        force=leaving.force,
        mark=leaving.mark,
    )
    leaving.files.append(target)


def write_brief(leaving: BundleJob) -> None:
    """The brief for senior management."""
    _report(leaving, Audience.MANAGEMENT)


def write_feedback(leaving: BundleJob) -> None:
    """The feedback to the participants."""
    _report(leaving, Audience.PARTICIPANTS)


def _report(leaving: BundleJob, audience: Audience) -> None:
    from offwall.model.documents.brief.export import BRIEF_NAMES, WORD, brief_docx

    content = report(leaving.session, audience, leaving.today, earlier=leaving.earlier)
    found = leaving.illustrations()
    leaving.notes += found.sentences
    leaving.put(
        leaving.named(f"-{BRIEF_NAMES[audience]}{WORD}"), brief_docx(content, found.pictures)
    )


def write_calendars(leaving: BundleJob) -> None:
    """A calendar for all, and one for each owner."""
    from offwall.model.documents.calendar import calendars

    files = calendars(leaving.session, now=leaving.now)
    if not files:
        leaving.notes.append("There is no calendar, as no action has a target date.")
        return
    folder = leaving.within(CALENDARS)
    for name, content in files:
        leaving.put(folder / name, content)


def write_drawing(leaving: BundleJob) -> None:
    """The map: all pages in one file, and where there are several a file for each."""
    from offwall.model.documents.diagram.export import drawing_svg

    whole, *pages = drawing_svg(leaving.session)
    leaving.put(leaving.named("-map.svg"), whole)
    folder = leaving.within(PAGES) if pages else leaving.folder
    for number, page in enumerate(pages, 1):
        leaving.put(folder / f"page-{number}.svg", page)


def write_participants_mail(leaving: BundleJob) -> None:
    """The mail to those who took part; it names the files that are there to go with it."""
    wanted = (".xlsx", "-feedback.docx", "-map.svg")
    there = [path.name for path in map(leaving.named, wanted) if path in leaving.files]
    text = participants_mail(leaving.session, there)
    leaving.put(leaving.folder / PARTICIPANTS, text.encode())


def write_owner_mails(leaving: BundleJob) -> None:
    """A mail to each who took something on."""
    from offwall.model.documents.calendar import calendar_names

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


BUNDLE_PARTS: Mapping[str, Callable[[BundleJob], None]] = {
    "the workbook": write_workbook,
    "the brief": write_brief,
    "the feedback": write_feedback,
    "the calendars": write_calendars,
    "the map": write_drawing,
    "the mail to participants": write_participants_mail,
    "the mails to owners": write_owner_mails,
}
"""What is written, in this order, and what each is called while it is."""


Tell = Callable[[int, int, str], None]
"""Hears the place of a part, how many there are, and what it is."""


@dataclass(frozen=True, slots=True)
class BundleResult:
    """What came of it: where it lies, the files written, in order, and what is to be said.

    ``failed`` has a sentence for each part that was not written; ``left_out`` names the parts that
    were not begun, because somebody wanted to leave; ``notes`` say what is not in the files.
    """

    folder: Path
    files: tuple[Path, ...]
    failed: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def write_bundle(
    session: Session,
    path: Path,
    *,
    now: dt.datetime,
    today: dt.date,
    earlier: Session | None = None,
    mark: str = "",
    folder: Path | None = None,
    force: bool = False,
    tell: Tell = lambda *_: None,
    stopped: Callable[[], bool] = lambda: False,
) -> BundleResult:
    """Write all that leaves of the session of the file ``path``.

    It goes into a new folder beside the file, ``NAME 2026-12-10`` or the next free name, or into
    ``folder``, which may be there already only with ``force``. ``earlier`` is the session that
    this one follows; ``mark`` is what `model.workbook.write.export.keep_snapshot` answered, for
    the workbook.
    ``tell`` hears of each part before it is written; where ``stopped`` says so before that, it and
    those after it are left out.

    Raises:
        ExportError: the folder could not be made.
    """
    made = make_bundle_folder(path, today, folder, force=force)
    leaving = BundleJob(session, path, made, now, today, earlier, mark, force)
    failed, left_out = _write_parts(leaving, tell, stopped)
    remove_if_empty(made, leaving.files)
    notes = tuple(dict.fromkeys(leaving.notes))
    return BundleResult(made, tuple(leaving.files), failed, left_out, notes)


def _write_parts(
    leaving: BundleJob, tell: Tell, stopped: Callable[[], bool]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write the parts; a sentence for each that failed, and the names of those left out."""
    failed, left_out = [], []
    for number, (name, write) in enumerate(BUNDLE_PARTS.items(), 1):
        if stopped():
            left_out.append(name)
            continue
        tell(number, len(BUNDLE_PARTS), name)
        try:
            write(leaving)
        except ExportError as sentence:
            failed.append(str(sentence))
        except Exception as unforeseen:
            # A fault in one part, or in a library that makes it, must not cost the others.
            failed.append(_unforeseen(name, unforeseen))
    return tuple(failed), tuple(left_out)


def _unforeseen(name: str, error: Exception) -> str:
    why = on_one_line(str(error))[:200] or type(error).__name__
    return f"{name[:1].upper()}{name[1:]} was not written, because of a fault: {why}."
