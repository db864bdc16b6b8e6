"""Roles: a short code to type, a name, and what else people call it. No word means two roles."""

import re

from offwall.model.records import (
    EditError,
    Role,
    Session,
    excerpt,
    line_of,
    text_from,
    updated,
    without,
)
from offwall.model.records.edit import put_record, record_by_key
from offwall.model.records.pointers import describe_uses, repoint
from offwall.model.records.text import join_texts, texts_from

_CODE = re.compile(r"[^\W_][\w&/'-]*")
"""A word that can stand behind ``@`` on a line and end where a comma or a space follows."""


def add_role(
    session: Session,
    name: str,
    *,
    code: str = "",
    also_called: str = "",
    about: str = "",
    beside: str = "",
    before: bool = False,
) -> Session:
    """Add a role beside another, or at the end. Without a code, one is made from the name.

    Raises `EditError` without a name, and where a word already means another role.
    """
    named = line_of(name, "Say what the role is called, such as Contract Manager.")
    role = Role(
        _code(code) if line_of(code) else free_code(session, named),
        named,
        texts_from(also_called, ","),
        line_of(about),
    )
    _check_apart(session, role)
    return put_record(session, "roles", role, beside, before)


def change_role(
    session: Session, role: str, *, name: str, code: str, also_called: str, about: str
) -> Session:
    """Change a role; whatever named its code names the new one.

    Raises `EditError` without a name or a code, and where a word already means another role.
    """
    old: Role = record_by_key(session, "roles", role)
    new = Role(
        old.code if line_of(code) == line_of(old.code) else _code(code),
        text_from(name, old.name, "Say what the role is called, such as Contract Manager."),
        texts_from(also_called, ",", old.also_called),
        text_from(about, old.about),
        old.extra,
    )
    _check_apart(session, new, old)
    if new.code != old.code:
        session = repoint(session, "roles", old.code, new.code)
    return updated(
        session,
        "roles",
        old,
        code=new.code,
        name=new.name,
        also_called=new.also_called,
        about=new.about,
    )


def remove_role(session: Session, role: str) -> Session:
    """Take a role away that nothing names. Raises `EditError` with where it is named."""
    gone: Role = record_by_key(session, "roles", role)
    if used := describe_uses(session, "roles", role):
        raise EditError(
            f"{excerpt(gone.name)} is still named by {used}. Name another role there first."
        )
    return without(session, "roles", gone)


def role_from(session: Session, said: str, old: str = "") -> str:
    """The code of the role that the answer names, by code, name, other name or the start of one.

    Empty for empty; ``old`` where it was not changed. Raises `EditError` where it means no role,
    or several.
    """
    if line_of(said) == line_of(old):
        return old
    wanted = line_of(said).casefold()
    if not wanted:
        return ""
    meant = _meant(session, wanted)
    if len(meant) == 1:
        return meant[0].code
    if meant:
        names = ", ".join(f"{excerpt(role.code)} ({excerpt(role.name)})" for role in meant[:4])
        raise EditError(f"{excerpt(said)} may be {names}. Type the code of the one you mean.")
    raise EditError(f"No role is called {excerpt(said)}. Leave it empty, or add the role first.")


def _meant(session: Session, wanted: str) -> list[Role]:
    """The roles of that code, else of that name, else those of which a name begins so."""
    by_word = [(role, _words(role)) for role in session.roles]
    return (
        [role for role, words in by_word if words[0] == wanted]
        or [role for role, words in by_word if wanted in words]
        or [role for role, words in by_word if any(word.startswith(wanted) for word in words)]
    )


def free_code(session: Session, name: str) -> str:
    """A code that no role bears: the name's initials, or the start of its one word."""
    words = re.findall(r"[^\W_]+", name.casefold())
    stem = "".join(word[0] for word in words) if len(words) > 1 else "".join(words)[:3]
    taken = {word for role in session.roles for word in _words(role)}
    code, number = stem or "role", 2
    while code in taken:
        code, number = f"{stem or 'role'}{number}", number + 1
    return code


def _code(said: str) -> str:
    code = line_of(said, "Say how the role is typed after @, such as cm.")
    if not _CODE.fullmatch(code):
        raise EditError(
            f"{excerpt(code)} cannot be typed after @. A code is one short word of letters and "
            "digits, such as cm."
        )
    return code


def _words(role: Role) -> tuple[str, ...]:
    """All that means this role, folded."""
    return tuple(line_of(said).casefold() for said in (role.code, role.name, *role.also_called))


def _check_apart(session: Session, new: Role, old: Role | None = None) -> None:
    """Raise `EditError` where a word of ``new`` that ``old`` had not means another role."""
    had = _words(old) if old else ()
    for role in session.roles:
        if role is old:
            continue
        for word in _words(new):
            if word in _words(role) and word not in had:
                known = join_texts((excerpt(role.code), excerpt(role.name)), ":")
                raise EditError(
                    f"{excerpt(word)} already means a role ({known}). Use another word."
                )
