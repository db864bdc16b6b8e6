"""What is in it, and who: the sheets Stages, Documents, Roles, People, Words and The law."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from offwall.model.process import LIST_SEPARATOR
from offwall.model.process.graph import hand_offs
from offwall.model.process.raci import role_loads
from offwall.model.records import Group, Role, Session, Stage, Treatment
from offwall.model.records.fields import PersonId, RoleCode, TierCode
from offwall.model.records.session import Besides, Document, Person, Requirement, Rhythm, Word
from offwall.model.review.requirements import NO_ADVICE, NOBODY, OLD_RULES, limits, says_who
from offwall.model.tables.process import TIMES
from offwall.model.tables.read_back import (
    EditedRow,
    Fields,
    as_date,
    as_items,
    as_needed,
    as_one_of,
    as_owner,
    as_words,
    cell_as_items,
    cell_as_text,
    fold_cell,
)
from offwall.model.tables.sheet import (
    COMMENT,
    DOCUMENTS,
    ID,
    Cell,
    CellKind,
    Facts,
    Sheet,
    Shown,
)

# The stages of the process.


def _treated_by(at: Facts, stage: Stage) -> str:
    """How each tier treats what stands in the stage, where no activity says otherwise."""
    kept = dict(stage.tiers)
    return LIST_SEPARATOR.join(
        f"{tier.code}: {kept.get(tier.code, Treatment.YES)}" for tier in at.session.tiers
    )


def _as_done_by(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    tiers = row.draft.base.tiers
    codes = {fold_cell(said): tier.code for tier in tiers for said in (tier.name, tier.code)}
    found: dict[TierCode, Treatment] = {}
    for item in cell_as_items(value):
        name, _, said = item.partition(":")
        how = next((one for one in Treatment if one == fold_cell(said)), None)
        if (code := codes.get(fold_cell(name))) is None or how is None:
            return row.leave("tiers", item, f"not written like gold: {', '.join(Treatment)}")
        found[code] = how
    # A tier does all of it where nothing is said.
    return {"tiers": tuple((c, how) for c, how in found.items() if how is not Treatment.YES)}


STAGES_SHEET: Sheet[Stage] = Sheet(
    key="stages",
    title="Stages",
    about="What each stage covers, how often it is gone through, who is accountable, and how each "
    "tier treats it.",
    rows=lambda at: at.session.stages,
    cells=(
        Cell("id", "Ref", width=8),
        Cell("name", "Stage", width=26, read=as_needed),
        Cell("about", "What it covers", width=40, read=as_words),
        Cell("rhythm", "Rhythm", width=12, choices="rhythms", read=as_one_of(Rhythm)),
        Cell(
            *("accountable", "Accountable", None, 24, "roles"),
            read=lambda row, _, value: {"accountable": row.draft.naming.role(value)},
        ),
        Cell("tiers", "Tiers", _treated_by, 26, read=_as_done_by),
        *TIMES[:-1],
        Cell(
            *("activities", "Activities", lambda at, one: len(at.session.by_stage[one.id]), 11),
            kind=CellKind.INT,
        ),
        COMMENT,
    ),
    pinned=2,
    collection="stages",
    anchor="name",
    new=lambda draft, words: draft.new_stage(words),
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
    refs, known = at.once(used), {document.name.casefold() for document in at.session.documents}
    for document in at.session.documents:
        where = tuple(refs.get(document.name.casefold(), ()))
        yield _UsedDocument(
            document.name, document.owner, document.template, document.where, True, where
        )
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
        Cell("document", "Document", width=36),
        Cell("owner", "Owner", width=24, choices="owners", read=as_owner),
        Cell("template", "Template", width=18, read=as_words),
        Cell("where", "Where kept", width=26, read=as_words),
        Cell("used_in", "Used in", width=26),
        Cell("times", "Times used", lambda at, row: len(row.used_in), 9, kind=CellKind.INT),
        Cell("registered", "In the register", width=12, choices="yes_no"),
        COMMENT,
    ),
    collection="documents",
    anchor="document",
    known_by="document",
    new=lambda draft, words: Document(words),
)


# The roles, with what each has to do.


def _handed(session: Session) -> tuple[Counter[str], Counter[str]]:
    """How often each role hands over to another, and takes over from one."""
    out, taken = Counter[str](), Counter[str]()
    for (giver, taker), times in hand_offs(session).items():
        out[giver] += times
        taken[taker] += times
    return out, taken


def _roles(at: Facts) -> Iterator[Role]:
    """The roles by what they are called; codes that are not set up come last."""
    for code, label in at.labels.items():
        known = at.session.role_by_code.get(code)
        yield known or Role(RoleCode(code), label, about="not set up")


def _load(letter: str, field: str) -> Cell[Role]:
    def value(at: Facts, role: Role) -> int:
        found: int = getattr(at.once(role_loads)[role.code], field)
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
        *(
            _load(field[0].upper(), field)
            for field in ("responsible", "accountable", "consulted", "informed")
        ),
        _turns("hands_over", "Hand-offs out", 0),
        _turns("takes_over", "Hand-offs in", 1),
        COMMENT,
    ),
    collection="roles",
    anchor="role",
    known_by="code",
    new=lambda draft, words: Role(draft.naming.role(words), words),
)


# The people, and the words agreed.


def _as_role(row: EditedRow, cell: Cell[Any], value: Any) -> Fields:
    """A person's role: one that is known, else the words."""
    naming = row.draft.naming
    return {"role": naming.role(value) if naming.known(value) else cell_as_text(value)}


PEOPLE_SHEET: Sheet[Person] = Sheet(
    key="people",
    title="People",
    about="Who was there, and who must hear what came out.",
    rows=lambda at: at.session.people,
    cells=(
        Cell("name", "Name", width=28, read=as_needed),
        Cell("role", "Role", width=28, choices="roles", read=_as_role),
        Cell("team", "Team", width=28, read=as_words),
        Cell(
            "group", "Group", width=14, choices="groups", read=as_one_of(Group, Group.PARTICIPANT)
        ),
        COMMENT,
        ID,
    ),
    collection="people",
    anchor="name",
    new=lambda draft, words: Person(PersonId(draft.id_for("people", "p", words)), words),
)

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
    written=Shown.FILLED,
)


# What the law asks, where that is recorded.

_behind = partial(Cell[Requirement], printed=Shown.NEVER)

REQUIREMENTS_SHEET: Sheet[Requirement] = Sheet(
    key="requirements",
    title="The law",
    about=f"What the law asks of the process, and which activity does it. {NO_ADVICE} {OLD_RULES}",
    rows=lambda at: at.session.requirements if at.session.records(Besides.REQUIREMENTS) else (),
    cells=(
        Cell("requirement", "Requirement", width=34, read=as_needed, field="text"),
        Cell("done_by", "Done by", lambda at, one: says_who(at.session, one) or NOBODY, 30),
        Cell("outside", "Outside, because", width=24, read=as_words),
        Cell("section", "Section", width=28, read=as_words),
        _behind("source", "Read it at", width=28, read=as_words),
        Cell("read_on", "Read there on", width=13, kind=CellKind.DATE, read=as_date),
        Cell("since", "In force since", width=13, kind=CellKind.DATE, read=as_date),
        _behind("applies", "Applies to", lambda at, one: limits(at.session, one), 36),
        _behind("exempt", "Exempt", width=36, read=as_words),
        Cell("must", "Needs", width=36, read=as_words),
        COMMENT,
        ID,
    ),
    collection="requirements",
    anchor="requirement",
    written=Shown.FILLED,
)
