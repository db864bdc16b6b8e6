"""Everything that people leave with, in one new folder: on top what people want, the workbook,
the brief, the feedback, the map and the action plan; below it the mails and the calendars.

Each is written whole or not at all, and one that cannot be written keeps none of the others
back.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from offwall.model.actions.facts import Facts
from offwall.model.documents import extras
from offwall.model.documents.brief.papers import briefing, map_paper, plan_paper, raci_paper, report
from offwall.model.documents.brief.readers import Audience
from offwall.model.documents.mails import (
    EML,
    Mail,
    corporate_mail,
    mail_file,
    owner_mails,
    participants_mail,
    roles_without_people,
    senior_mail,
)
from offwall.model.documents.paper import Paper
from offwall.model.documents.pdf import PDF, PdfFile, drawing_pdf, paper_pdf
from offwall.model.records import Session, counted, line_of
from offwall.model.records.text import english_list, on_one_line
from offwall.model.store import ExportError, os_reason, photos_folder, write_output
from offwall.model.store.files import safe_names

if TYPE_CHECKING:
    from offwall.model.documents.brief.export import Illustrations

PAGES, MAILS, ROLES = WITHIN = ("map-pages", "mails-and-calendars", "role-pages")
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
    wanted, number = f"{stem(path)} {today.isoformat()}", 1
    made = folder or path.with_name(wanted)
    while True:
        try:
            made.mkdir()
        except FileExistsError:
            if folder is None:
                number += 1
                made = path.with_name(f"{wanted} {number}")
                continue
            if not folder.is_dir():
                raise ExportError(f"{folder} is a file. Give the name of a folder.") from None
            if not force:
                said = "Name another folder, or say --force to write into it."
                raise ExportError(f"{folder} is already there. {said}") from None
        except (OSError, ValueError) as error:
            raise ExportError(
                f"The folder {made} could not be made: {os_reason(error)}. Nothing was written;"
                " name another place, or make room."
            ) from None
        return made


# The parts of what leaves: each writes its files into the folder.


@dataclass
class BundleJob:
    """What leaves of a session and where to, and what is already written."""

    session: Session
    path: Path
    folder: Path
    now: dt.datetime
    today: dt.date
    earlier: Session | None = None
    version: Session | None = None
    mark: str = ""
    force: bool = False
    audience: Audience = Audience.MANAGEMENT
    files: list[Path] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @cached_property
    def illustrations(self) -> "Illustrations":
        """The drawing and the photos; made once, for it takes longer than all the rest."""
        from offwall.model.documents.brief.export import illustrations

        return illustrations(self.session, photos_folder(self.path))

    def named(self, ending: str) -> Path:
        """A file of the folder that is called after the session."""
        return self.folder / f"{stem(self.path)}{ending}"

    def put(self, path: Path, content: bytes) -> None:
        """Write a file, and remember that. Raises `ExportError`."""
        self.files.append(write_output(path, content, force=self.force))

    def there(self, *endings: str) -> list[str]:
        """The names of the files called after the session, with these endings, that are there."""
        return [path.name for path in map(self.named, endings) if path in self.files]

    def put_mail(self, name: str, mail: Mail) -> None:
        """A mail as text, and as a draft with what is attached to it. Raises `ExportError`."""
        folder, files = self.within(MAILS), {path.name: path for path in self.files}
        self.put(folder / f"{name}.txt", mail.text.encode())
        attached = {one: files[one].read_bytes() for one in mail.attached if one in files}
        self.put(folder / f"{name}{EML}", mail_file(mail, attached, now=self.now))

    def put_pdf(self, ending: str, made: Callable[[], PdfFile]) -> None:
        """A PDF, or a sentence that says why there is none. Raises `ExportError`."""
        if missing := extras.PDF.missing:
            self.notes.append(f"No PDF was written. {missing}")
            return
        target, found = self.named(f"{ending}{PDF}"), made()
        self.put(target, found.content)
        self.notes += found.notes(target.name)

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


def write_report(leaving: BundleJob, audience: Audience) -> None:
    """The brief for who decides, or the feedback to the participants."""
    from offwall.model.documents.brief.export import brief_kind

    found = leaving.illustrations
    leaving.notes += found.sentences
    since = {"earlier": leaving.earlier, "version": leaving.version}
    paper = report(leaving.session, audience, leaving.today, found.pictures, **since)
    _put_paper(leaving, f"-{brief_kind(audience)}", paper)


def _put_paper(leaving: BundleJob, ending: str, paper: Paper) -> None:
    from offwall.model.documents.brief.export import WORD, brief_docx

    leaving.put(leaving.named(f"{ending}{WORD}"), brief_docx(paper).data)
    leaving.put_pdf(ending, partial(paper_pdf, paper))


def write_raci(leaving: BundleJob) -> None:
    """The RACI, to print; the workbook has it to work with."""
    paper = raci_paper(leaving.session, leaving.today)
    leaving.put_pdf("-raci", partial(paper_pdf, paper, turned=True))


def write_role_pages(leaving: BundleJob) -> None:
    """A page a role, to pin up, and all of them as a sheet."""
    from offwall.model.documents.brief.role_pages import role_files, roles_with_a_part

    facts = Facts(leaving.session, leaving.today)
    for name, content, notes in role_files(facts, roles_with_a_part(facts)):
        leaving.put(leaving.within(ROLES) / name, content)
        leaving.notes += notes


def write_slides(leaving: BundleJob) -> None:
    """Six slides for the briefing."""
    if missing := extras.SLIDES.missing:
        leaving.notes.append(f"No slides were written. {missing}")
        return
    from offwall.model.documents.slides import SLIDES, paper_slides

    paper = briefing(leaving.session, leaving.audience, leaving.today)
    leaving.put(leaving.named(SLIDES), paper_slides(paper))


def write_calendars(leaving: BundleJob) -> None:
    """A calendar for all, and one for each owner."""
    from offwall.model.documents.calendar import calendars

    if not (files := calendars(leaving.session, now=leaving.now)):
        leaving.notes.append("There is no calendar, as no action and no meeting has a date.")
        return
    for name, content in files:
        leaving.put(leaving.within(MAILS) / name, content)


def write_drawing(leaving: BundleJob) -> None:
    """The map: the poster, a file for each page of the detail, and all of them as PDF."""
    from offwall.model.documents.diagram.export import drawing_svg

    whole, *pages = drawing_svg(leaving.session, printed=leaving.today)
    leaving.put(leaving.named("-map.svg"), whole)
    paper = map_paper(leaving.session, leaving.today)
    leaving.put_pdf("-map", partial(drawing_pdf, paper, [whole, *pages]))
    folder = leaving.within(PAGES) if pages else leaving.folder
    for number, page in enumerate(pages, 1):
        leaving.put(folder / f"page-{number}.svg", page)


def write_group_mails(leaving: BundleJob) -> None:
    """To those who took part, to corporate colleagues, and the brief's cover to senior managers."""
    session, today = leaving.session, leaving.today
    maps = leaving.there("-map.pdf") or leaving.there("-map.svg")
    told = [*leaving.there(".xlsx", "-feedback.docx"), *maps]
    decide = leaving.there("-brief.pdf") or leaving.there("-brief.docx")
    found = (
        participants_mail(session, today, told),
        corporate_mail(session, today, told),
        senior_mail(session, [*decide, *maps], leaving.audience),
    )
    for mail in filter(None, found):
        leaving.put_mail(f"email-{mail.name.replace(' ', '-')}", mail)


def write_owner_mails(leaving: BundleJob) -> None:
    """A mail to each who took something on; roles that nobody has are told to the facilitator."""
    from offwall.model.documents.calendar import calendar_names

    session, there = leaving.session, {path.name for path in leaving.files}
    names = calendar_names(session, leaving.now)
    diaries = {key: name for key, name in names.items() if name in there}
    mails = owner_mails(session, leaving.today, diaries)
    if waiting := roles_without_people(session):
        roles = english_list(line_of(session.role_by_code[key].name) or key for key in waiting)
        said = counted(sum(map(len, waiting.values())), "action waits", "actions wait")
        leaving.notes.append(f"{said} without a mail, as nobody on the list is {roles}.")
    if not (mails or waiting):
        leaving.notes.append("There is no mail to an owner, as no action has one.")
        return
    called = safe_names((mail.name for mail in mails), "owner")
    for name, mail in zip(called, mails, strict=True):
        leaving.put_mail(name, mail)


BUNDLE_PARTS: Mapping[str, Callable[[BundleJob], None]] = {
    "the workbook": write_workbook,
    "the brief": lambda leaving: write_report(leaving, leaving.audience),
    "the feedback": lambda leaving: write_report(leaving, Audience.PARTICIPANTS),
    "the map": write_drawing,
    "the action plan": lambda leaving: _put_paper(
        leaving, "-action-plan", plan_paper(leaving.session, leaving.today)
    ),
    "the RACI": write_raci,
    "the role pages": write_role_pages,
    "the slides": write_slides,
    "the calendars": write_calendars,
    "the mails to groups": write_group_mails,
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
    version: Session | None = None,
    mark: str = "",
    folder: Path | None = None,
    force: bool = False,
    audience: Audience = Audience.MANAGEMENT,
    tell: Tell = lambda *_: None,
    stopped: Callable[[], bool] = lambda: False,
) -> BundleResult:
    """Write all that leaves of the session of the file ``path``.

    It goes into a new folder beside the file, ``NAME 2026-12-10`` or the next free name, or into
    ``folder``, which may be there already only with ``force``. ``earlier`` is the session that
    this one follows, ``version`` as the last version was; ``audience`` is who the brief is for;
    ``mark`` is what `model.workbook.write.export.keep_snapshot` answered, for the workbook.
    ``tell`` hears of each part before it is written; where ``stopped`` says so before that, it and
    those after it are left out.

    Raises:
        ExportError: the folder could not be made.
    """
    made = make_bundle_folder(path, today, folder, force=force)
    leaving = BundleJob(session, path, made, now, today, earlier, version, mark, force, audience)
    failed, left_out = _write_parts(leaving, tell, stopped)
    for one in (*map(made.joinpath, WITHIN), made):
        with suppress(OSError):  # one that holds anything stays
            one.rmdir()
    notes = tuple(dict.fromkeys(leaving.notes))
    return BundleResult(made, tuple(leaving.files), tuple(failed), tuple(left_out), notes)


def _write_parts(
    leaving: BundleJob, tell: Tell, stopped: Callable[[], bool]
) -> tuple[list[str], list[str]]:
    """Write each part; what is said of those that failed, and the names of those left out."""
    failed, left_out = list[str](), list[str]()
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
            why = on_one_line(str(unforeseen))[:200] or type(unforeseen).__name__
            said = f"{name[:1].upper()}{name[1:]} was not written, because of a fault"
            failed.append(f"{said}: {why}.")
    return failed, left_out
