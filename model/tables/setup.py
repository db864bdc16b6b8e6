"""Who and what is in it: the sheets Documents, Roles, People and Words."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from offwall.model.process.graph import hand_offs
from offwall.model.process.raci import role_loads
from offwall.model.records import Group, Role, Session
from offwall.model.records.ids import PersonId, RoleCode
from offwall.model.records.session import Document, Person, Word
from offwall.model.tables.read_back import (
    EditedRow,
    Fields,
    as_items,
    as_needed,
    as_one_of,
    as_owner,
    as_words,
    cell_as_text,
)
from offwall.model.tables.sheet import (
    COMMENT,
    DOCUMENTS,
    ID,
    Cell,
    CellKind,
    CellValue,
    Facts,
    Sheet,
)

# The documents: the register, and every name that an activity uses.


def used(session: Session) -> dict[str, list[str]]:
    """The refs that use each document, by its name without regard to capitals."""
    found: dict[str, list[str]] = {}
    for activity in session.in_order:
        ref = session.ref_by_id[activity.id]
        for name in dict.fromkeys(text.casefold() for text in activity.documents):
            found.setdefault(name, []).append(ref)
    return found


class _UsedDocument(NamedTuple):
    """A document, whether the register has it, and the refs that use it."""

    document: str
    owner: str
    template: str
    where: str
    registered: bool
    used_in: tuple[str, ...]


def _documents(at: Facts) -> Iterator[_UsedDocument]:
    """The register in its order, then the names it lacks as the wall has them."""
    refs, known = at.once(used), {one.name.casefold() for one in at.session.documents}
    for one in at.session.documents:
        where = tuple(refs.get(one.name.casefold(), ()))
        yield _UsedDocument(one.name, one.owner, one.template, one.where, True, where)
    for activity in at.session.in_order:
        for name in activity.documents:
            if name.casefold() not in known:
                known.add(name.casefold())
                yield _UsedDocument(name, "", "", "", False, tuple(refs[name.casefold()]))


DOCUMENTS_SHEET: Sheet[_UsedDocument] = Sheet(
    key=DOCUMENTS,
    title="Documents",
    about="Every document that the process uses or makes, who owns it and where it is used.",
    rows=_documents,
    cells=(
        Cell("document", "Document", width=40),
        Cell("owner", "Owner", width=24, choices="owners", read=as_owner),
        Cell("template", "Template", width=18, read=as_words),
        Cell("where", "Where kept", width=30, read=as_words),
        Cell("used_in", "Used in", width=30),
        Cell("times", "Times used", lambda at, row: len(row.used_in), 9, kind=CellKind.INT),
        Cell("registered", "In the register", width=12, choices="yes_no"),
        COMMENT,
    ),
    collection="documents",
    anchor="document",
    known_by="document",
    new=lambda draft, words: Document(words),
)
"""One row a document."""


# The roles, with what each has to do.


def _handed(session: Session) -> tuple[Counter[str], Counter[str]]:
    """How often each role hands over to another, and takes over from one."""
    out: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for (giver, taker), times in hand_offs(session).items():
        out[giver] += times
        taken[taker] += times
    return out, taken


def _roles(at: Facts) -> Iterator[Role]:
    """The roles by what they are called; codes that are not set up come last."""
    for code, label in at.labels.items():
        known = at.session.role_by_code.get(code)
        yield known or Role(RoleCode(code), label, about="not set up")


_LETTERS = ("responsible", "accountable", "consulted", "informed")


def _load(letter: str, field: str) -> Cell[Role]:
    def value(at: Facts, one: Role) -> CellValue:
        found: int = getattr(at.once(role_loads)[one.code], field)
        return found

    return Cell(letter, letter, value, 7, kind=CellKind.INT)


def _turns(key: str, header: str, side: int) -> Cell[Role]:
    return Cell(
        key, header, lambda at, one: at.once(_handed)[side][one.code], 10, kind=CellKind.INT
    )


ROLES_SHEET: Sheet[Role] = Sheet(
    key="roles",
    title="Roles",
    about="Who does what how often: R responsible, A accountable, C consulted, I informed. "
    "A hand-off is a step to an activity that another role leads.",
    rows=_roles,
    cells=(
        Cell("code", "Code", width=10),
        Cell("role", "Role", lambda at, one: at.labels[one.code], 30, read=as_needed, field="name"),
        Cell("also_called", "Also called", width=30, read=as_items),
        Cell("about", "About", width=46, read=as_words),
        *(_load(field[0].upper(), field) for field in _LETTERS),
        _turns("hands_over", "Hand-offs out", 0),
        _turns("takes_over", "Hand-offs in", 1),
        COMMENT,
    ),
    collection="roles",
    anchor="role",
    known_by="code",
    new=lambda draft, words: Role(draft.naming.role(words), words),
)
"""One row a role, with its R, A, C and I counted."""


# The people, and the words agreed.


def _as_role(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    """A person's role: one that is known, else the words."""
    naming = row.draft.naming
    return {"role": naming.role(value) if naming.known(value) else cell_as_text(value)}


_AS_GROUP = as_one_of(Group, empty=Group.PARTICIPANT)

PEOPLE_SHEET: Sheet[Person] = Sheet(
    key="people",
    title="People",
    about="Who was there, and who must hear what came out.",
    rows=lambda at: at.session.people,
    cells=(
        Cell("name", "Name", width=28, read=as_needed),
        Cell("role", "Role", width=28, choices="roles", read=_as_role),
        Cell("team", "Team", width=28, read=as_words),
        Cell("group", "Group", width=14, choices="groups", read=_AS_GROUP),
        COMMENT,
        ID,
    ),
    collection="people",
    anchor="name",
    new=lambda draft, words: Person(PersonId(draft.id_for("people", "p", words)), words),
)
"""Who was there, and who must hear."""

WORDS_SHEET: Sheet[Word] = Sheet(
    key="words",
    title="Words",
    about="What the group agreed to say, and what not to say for it.",
    rows=lambda at: at.session.words,
    cells=(
        Cell("say", "Say", width=36),
        Cell("avoid", "Do not say", width=60, read=as_items),
        COMMENT,
    ),
    collection="words",
    anchor="say",
    known_by="say",
    new=lambda draft, words: Word(words),
)
"""What the group agreed to say, and not to say."""
