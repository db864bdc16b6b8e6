"""What people say of a workbook that is not understood by itself: its columns, sheet and table."""

from dataclasses import dataclass, replace

from offwall.model.process import role_labels
from offwall.model.records import Session
from offwall.model.records.session import Alias, Fitted, Heading
from offwall.model.store import ExportError
from offwall.model.tables import ACTIVITIES, RACI, ROLE, sheet_of, template_kinds
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
    """What people say of a workbook: its columns, such as ``Deed=activity``, a sheet, a table."""

    columns: tuple[str, ...] = ()
    sheet: str = ""
    table: str = ""


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
    return replace(session, export=export) if aliases else session


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


# What people correct on the screen: each is a change of what the session remembers.


def with_table(session: Session, new: Fitted, instead: Fitted) -> Session:
    """The session that remembers a table otherwise than before."""
    said = {one.header for one in instead.columns}
    kept = [
        one
        for one in session.export.tables
        if (one.sheet, one.name) != (instead.sheet, instead.name)
        or len(said & {each.header for each in one.columns}) * 2 < len(said)
    ]
    return replace(session, export=replace(session.export, tables=(*kept, new)))


def with_meaning(table: Fitted, header: str, means: str) -> Fitted:
    """The table with one of its columns taken for another; no two mean the same."""
    alone = means not in (LEAVE, ROLE)
    columns = [
        replace(one, means=LEAVE) if alone and one.means == means else one for one in table.columns
    ]
    headers = [one.header for one in columns]
    at = headers.index(header) if header in headers else len(headers)
    columns[at : at + 1] = [Heading(header, means)]
    return replace(table, columns=tuple(columns))


def with_row(table: Fitted, words: str, means: str) -> Fitted:
    """The table with the rows of some words taken for a stage, a record, or nothing."""
    others = (one for one in table.rows if one.header != words)
    return replace(table, rows=(*others, Heading(words, means)))


def meanings(session: Session, kind: str) -> dict[str, str]:
    """What a column of a table of a kind may be, and how that is called."""
    sheet = sheet_of(kind)
    found = {sheet.anchor: sheet.described[sheet.anchor].header}
    if kind in (ACTIVITIES, RACI):
        found["stage"] = "Stage"
        found[ROLE] = "RACI of the role that it names"
        found |= {
            f"{ROLE}{code}": f"RACI of {label}" for code, label in role_labels(session).items()
        }
    read = {key: one.header for key, one in sheet.described.items() if one.read}
    found |= {key: header for key, header in read.items() if key not in found}
    return found | {LEAVE: "Nothing: it is kept as it is"}
