"""What a session keeps of a council's workbook: the next export and import find the same."""

from collections.abc import Iterable
from dataclasses import replace

from model.exchange.excel.filling.find_tables import Found
from model.session import Fitted, Session


def remember(session: Session, found: Iterable[Found]) -> Session:
    """The session with the tables that were found, each in the place of the last of its kind."""
    new = {one.kind: one.remembered() for one in found}
    kept = [_renewed(one, new.pop(one.kind, one)) for one in session.export.tables]
    return replace(session, export=replace(session.export, tables=(*kept, *new.values())))


def _renewed(old: Fitted, new: Fitted) -> Fitted:
    """The new table, with what else the session says of the old one."""
    return replace(new, extra=old.extra)
