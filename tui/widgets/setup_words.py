"""How set up shows and asks for what several of its records have: a role, a date."""

import datetime as dt

from model.dates import parse_when, say_date, short_date
from model.edits.errors import EditError
from model.edits.roles import role_from
from model.raci import role_name
from model.session import Session
from tui.dialogs.form import Field
from tui.widgets.record_list import Cell


def role_cell(session: Session, code: str) -> Cell:
    """The code of a role; one that no role bears is marked."""
    return (code, "lead") if code in session.role_by_code else (code and f"{code}?", "wrong")


def role_field(session: Session, name: str, label: str, code: str, hint: str = "") -> Field:
    """Asks for a role, and says which one is meant."""

    def meant(said: str) -> str:
        try:
            return role_name(session, role_from(session, said, code))
        except EditError:
            return ""

    choices = [word for role in session.roles for word in (role.code, role.name)]
    help_ = f"{hint} A role's code or name, or its start; may stay empty.".strip()
    return Field(name, label, code, help_, choices, chosen=True, says=meant)


def date_field(name: str, label: str, date: dt.date | None, today: dt.date) -> Field:
    """Asks for a date, and says which day is meant."""

    def meant(said: str) -> str:
        found = parse_when(said, today)
        return say_date(found) if found else ""

    value = short_date(date) if date else ""
    hint = "Such as 29 Jan, 29/1, 2027-01-29 or fri; may stay empty."
    return Field(name, label, value, hint, chosen=True, says=meant)
