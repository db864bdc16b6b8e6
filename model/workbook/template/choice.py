"""What people say of a workbook that is not understood by itself: its columns, sheet and table."""

from dataclasses import dataclass, replace

from offwall.model.process import role_labels
from offwall.model.records import Session
from offwall.model.records.session import Alias
from offwall.model.store import ExportError
from offwall.model.tables import ROLE, sheet_of, template_kinds
from offwall.model.workbook.template.header_words import LEAVE, fold_header

SAID_FOR = {
    "nothing": LEAVE,
    "date": "due",
    "target date": "due",
    "number": "ref",
    "phase": "stage",
}
"""What people call a column of ours besides its key."""


@dataclass(frozen=True, slots=True)
class MappingChoice:
    """What people say of a workbook: its columns, such as ``Deed=activity``, a sheet, a table.

    ``copy_sheet`` says whether a copy of each sheet is filled; none, what the session remembers.
    """

    columns: tuple[str, ...] = ()
    sheet: str = ""
    table: str = ""
    copy_sheet: bool | None = None


AS_IT_IS = MappingChoice()
"""Nothing is said: the workbook speaks for itself."""


def with_columns(session: Session, choice: MappingChoice) -> Session:
    """The session that remembers what people said of columns.

    Raises:
        ExportError: a column is said to be what is none of ours.
    """
    aliases = tuple(_alias(session, one) for one in choice.columns)
    said = {fold_header(word) for one in aliases for word in one.words}
    kept = tuple(
        one for one in session.export.aliases if not said & set(map(fold_header, one.words))
    )
    tables = tuple(
        replace(
            table,
            columns=tuple(one for one in table.columns if fold_header(one.header) not in said),
        )
        for table in session.export.tables
    )
    export = replace(session.export, aliases=(*kept, *aliases), tables=tables)
    if choice.copy_sheet is not None:
        export = replace(export, copy_sheet=choice.copy_sheet)
    return session if export == session.export else replace(session, export=export)


def _alias(session: Session, said: str) -> Alias:
    header, _, means = (part.strip() for part in said.rpartition("="))
    if not header:
        raise ExportError(f"{said}: say it as “Their header=what it is”, such as “Deed=activity”.")
    roles = {
        word.casefold(): f"{ROLE}{code}"
        for code, label in role_labels(session).items()
        for word in (code, label)
    }
    folded = means.casefold()
    known = {key for kind in template_kinds() for key in sheet_of(kind).described}
    found = SAID_FOR.get(folded) or roles.get(folded) or (folded if folded in known else "")
    if folded == LEAVE or found:
        return Alias(found or LEAVE, (header,))
    some = "activity, stage, lead, action, owner, date, status, issue, code, documents, nothing"
    raise ExportError(f"“{means}” is no column of ours. Say one of {some}, or a role's name.")
