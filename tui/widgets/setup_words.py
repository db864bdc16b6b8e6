"""How set up shows a role that a record points to, and how a form asks for one."""

from model.session import Session
from tui.widgets.record_list import Cell

ROLE_HINT = "A role's code or name; its start is enough. May stay empty."


def role_cell(session: Session, code: str) -> Cell:
    """The code of a role; one that no role bears is marked."""
    return (code, "lead") if code in session.role_by_code else (code and f"{code}?", "wrong")


def role_name(session: Session, code: str) -> str:
    """What the role of that code is called."""
    role = session.role_by_code.get(code)
    return role.name if role else code


def role_choices(session: Session) -> list[str]:
    """What can be typed for a role."""
    return [word for role in session.roles for word in (role.code, role.name)]
