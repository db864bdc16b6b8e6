"""What copies propose for a session: edits compared with what they grew out of, and with now."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from offwall.model.records import Role, Session, derive, diff
from offwall.model.records.changes import PLACE, RECORD, Change
from offwall.model.records.session import Remark
from offwall.model.records.text import on_one_line
from offwall.model.store.merge import same, value
from offwall.model.tables import ACTIVITIES, RACI, sheet_of
from offwall.model.tables.read_back import fold_cell
from offwall.model.tables.sheet import DECISIONS, DOCUMENTS
from offwall.model.workbook.import_.copied_rows import CellComment, EditedCopy
from offwall.model.workbook.import_.draft import DraftSession, SharedAdditions
from offwall.model.workbook.import_.make_proposals import ChangeWording, ProposalMaker
from offwall.model.workbook.import_.proposals import (
    ORDER,
    Proposal,
    ProposalChoice,
    ProposalKind,
    Proposals,
    is_made,
)
from offwall.model.workbook.import_.record_rows import ActivityTables, take_rows

LONGEST_REMARK = 60
"""Characters of an author's name at most."""


def remarks(draft: DraftSession, now: Session) -> Iterator[Remark]:
    """The remarks that the session does not have yet; the same words twice are one remark.

    Their ids follow from what they say and on what, so that a workbook that is imported again
    brings none twice. A comment that stands on no record is told, and is no remark.
    """
    known = {(remark.on, fold_cell(remark.text)) for remark in now.remarks}
    for on, by, text in _said(draft):
        if (on, fold_cell(text)) not in known:
            known.add((on, fold_cell(text)))
            yield Remark(derive(text, "r", on, by), on, text, by)


def _said(draft: DraftSession) -> Iterator[tuple[str, str, str]]:
    for on, texts in draft.aside.items():
        yield from ((on, draft.copy.by, text) for text in texts)
    for comment in draft.copy.comments:
        about = draft.by_row.get((comment.sheet, comment.row))
        by, words = _author(comment)
        by = by or draft.copy.by
        if about is not None:
            yield about, by, words
        else:
            said = f"a comment by {by or 'nobody named'} is about no record: “{on_one_line(words)}”"
            draft.tell(f"{comment.sheet}, {comment.cell}", said)


def _author(comment: CellComment) -> tuple[str, str]:
    """Who wrote a note, and what; its first line is the name where a program lost the author."""
    first, line_break, rest = comment.text.partition("\n")
    name = first.strip().removesuffix(":")
    if comment.by or not line_break or name == first.strip() or len(name) > LONGEST_REMARK:
        return comment.by, comment.text
    return name, rest.strip()


# A role that nobody knew: a new one, or another name for one that is known.

LIKELY = 70.0
"""From here on, of 100, a name may be another one for a role, and the question is put."""

SURE = 90.0
"""From here on the name is rather a slip: the known role is offered first."""


def role_readings(change: Change, now: Session) -> tuple[str, tuple[ProposalChoice, ...]]:
    """What is said of the role that a copy adds, and its readings: any known role may be meant."""
    role: Role = change.new
    new = ProposalChoice(f"a new role ({role.code})", (change,))
    likest = sorted(_rated(role, now), key=lambda found: -found[0])
    others = [_another_name(role, one) for _, one in likest]
    says = f"new role ({role.code})"
    how, first = likest[0] if likest else (0.0, role)
    if how >= SURE:
        return f"another name for {first.name}?", (others[0], new, *others[1:])
    if how >= LIKELY:
        says += f", or another name for {first.name}?"
    return says, (new, *others)


def _another_name(role: Role, known: Role) -> ProposalChoice:
    names = (*known.also_called, role.name)
    change = Change("roles", known.code, "also_called", known.also_called, names)
    says = f"another name for {known.name} ({known.code})"
    return ProposalChoice(says, (change,), ((role.code, known.code),))


def _rated(role: Role, now: Session) -> Iterator[tuple[float, Role]]:
    """Each known role, and how alike it is called; initials count as a name."""
    from rapidfuzz import fuzz

    said = role.name.casefold()
    for one in now.roles:
        names = [name.casefold() for name in (one.name, one.code, *one.also_called) if name]
        likeness = max(fuzz.ratio(said, name) for name in names)
        held = max(fuzz.token_set_ratio(said, name) for name in names)
        yield max(likeness, min(held, SURE - 1)), one


# What one copy makes of a session, against what the session is now.

WALL = ("stage", PLACE)
"""The fields that say where an activity stands: together they are one move."""

CONFIRMING = dict.fromkeys(("sequence_confirmed", "lead_confirmed"), "status")
"""The fields that the one cell Status says, or that follow from another lead."""


class CopyComparison:
    """One copy's session, the one that it grew out of, and the one that there is now."""

    def __init__(self, draft: DraftSession, now: Session) -> None:
        self._draft, self._now = draft, now
        self._theirs = draft.result()
        self._words = ChangeWording(draft.base, self._theirs)
        self._maker = ProposalMaker(draft, self._theirs, now)

    def proposals(self) -> Iterator[Proposal]:
        """What the copy proposes, what is new first: others may need it."""
        changes = [
            one
            for one in diff(self._draft.base, self._theirs)
            if not is_made(self._now, one, self._maker.held(one.collection))
        ]
        added = [change for change in changes if change.field == RECORD and change.new is not None]
        self._maker.announce(added)
        yield from map(self._added, added)
        rest = [change for change in changes if change.field != RECORD]
        yield from self._moved(one for one in rest if _is_move(one))
        yield from self._fields([one for one in rest if not _is_move(one)])
        yield from self._doubts()
        yield from self._gone()
        yield from map(self._maker.remark, remarks(self._draft, self._now))
        yield from self._part_back()

    def _part_back(self) -> Iterator[Proposal]:
        """That the part which the copy holds is no longer out."""
        key = "handed_out", self._draft.copy.part
        held = self._maker.held(key[0]).get(key[1])
        if held and held.back is None:
            back = ProposalChoice("", (Change(*key, "back", None, self._draft.today),))
            says = "came back; it is no longer out"
            yield self._maker.make(ProposalKind.CHANGED, key, says, [back], field="back")

    def _added(self, change: Change) -> Proposal:
        key = change.collection, change.key
        if isinstance(change.new, Role):
            return self._maker.make(ProposalKind.NEW, key, *role_readings(change, self._now))
        reading = ProposalChoice("", (change,))
        return self._maker.make(ProposalKind.NEW, key, self._words.new(change), [reading])

    def _moved(self, changes: Iterable[Change]) -> Iterator[Proposal]:
        by_key: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            by_key[change.key].append(change)
        for key, found in by_key.items():
            if key in self._maker.held("activities"):
                reading, says = ProposalChoice("", tuple(found)), self._words.move(key)
                yield self._maker.make(
                    ProposalKind.MOVED, ("activities", key), says, [reading], field=PLACE
                )

    def _fields(self, changes: Sequence[Change]) -> Iterator[Proposal]:
        """A proposal a field; what follows from another goes with it, as it is in one cell."""
        leads = {change.key for change in changes if change.field == "lead"}
        found: dict[tuple[str, str, str], Proposal] = {}
        for change in changes:
            if (proposal := self._changed(change)) is None:
                continue
            field = CONFIRMING.get(change.field, change.field)
            if field != change.field and change.key in leads and not change.new:
                field = "lead"
            key = change.collection, change.key, field
            if key in found and ProposalKind.CLASH not in (found[key].kind, proposal.kind):
                proposal = _together(found[key], proposal)
            elif key in found:
                key = change.collection, change.key, change.field
            found[key] = proposal
        yield from found.values()

    def _changed(self, change: Change) -> Proposal | None:
        """A field: taken where nobody changed it since, united where it can be, else a clash."""
        key = change.collection, change.key
        now = self._maker.held(change.collection).get(change.key)
        if now is None:
            return self._came_back(change)
        there = getattr(now, change.field)
        ours = value(change.old, there, change.new)
        theirs = value(change.old, change.new, there)
        says = self._words.field(now, change)
        if same(ours, theirs):
            if same(there, theirs):
                return None
            made = ProposalChoice("", (replace(change, old=there, new=theirs),))
            return self._maker.make(ProposalKind.CHANGED, key, says, [made], field=change.field)
        kept = self._words.field(now, replace(change, new=there))
        readings = [
            ProposalChoice(f"as the workbook says: {says}", (replace(change, old=there),)),
            ProposalChoice(f"leave it as it is here: {kept}"),
        ]
        why = "changed in the workbook, and here too since it was exported"
        return self._maker.make(ProposalKind.CLASH, key, why, readings, field=change.field)

    def _came_back(self, change: Change) -> Proposal:
        key = change.collection, change.key
        record = self._maker.brought(change.collection)[change.key]
        again = Change(*key, RECORD, None, record)
        readings = [
            ProposalChoice("bring it back, with the change", (again,)),
            ProposalChoice("leave it out"),
        ]
        says = f"was removed here, and changed there: {self._words.field(record, change)}"
        return self._maker.make(ProposalKind.CLASH, key, says, readings)

    def _doubts(self) -> Iterator[Proposal]:
        """What a workbook says in two ways; a reading that the session has already settles it."""
        for doubt in self._draft.doubts:
            key = "activities", doubt.activity
            readings = [
                ProposalChoice(says, tuple(Change(*key, it, None, new) for it, new in of.items()))
                for says, of in doubt.readings
            ]
            fields = "+".join(sorted({name for _, of in doubt.readings for name in of}))
            yield self._maker.make(ProposalKind.CLASH, key, doubt.why, readings, field=fields)

    def _gone(self) -> Iterator[Proposal]:
        says = "is no longer in the workbook; it stays, unless you remove it"
        for key in self._draft.gone:
            if found := self._maker.held(key[0]).get(key[1]):
                remove = Change(*key, RECORD, found, None)
                reading = ProposalChoice("remove it here too", (remove,))
                yield self._maker.make(ProposalKind.MISSING, key, says, [reading], field="gone")


def _together(first: Proposal, second: Proposal) -> Proposal:
    """Two changes of one cell as one."""
    both = ProposalChoice("", (*first.readings[0].changes, *second.readings[0].changes))
    return replace(first, says=f"{first.says}; {second.says}", readings=(both,))


def _is_move(change: Change) -> bool:
    return change.collection == "activities" and change.field in WALL


# A copy read as edits of the session that it was exported from.


def session_of_copy(
    copy: EditedCopy, now: Session, shared: SharedAdditions, *, today: dt.date, seed: str
) -> DraftSession:
    """What people made of the session in a workbook; ``now`` is what became of it meanwhile."""
    draft = DraftSession(copy, now, today, seed, shared)
    tables = {read.kind: read for read in copy.tables}
    process = {ACTIVITIES, RACI, DECISIONS}
    # Whoever there is comes first; a role that an activity's row brings may own a document.
    rest = [kind for kind in tables if kind not in process]
    later = [kind for kind in rest if sheet_of(kind).called or kind == DOCUMENTS]
    for kind in rest:
        if kind not in later:
            take_rows(draft, tables[kind])
    if process & tables.keys():
        ActivityTables(draft, tables).take()
    for kind in later:
        take_rows(draft, tables[kind])
    return draft


# What several copies propose for a session, as one list.

DIFFER = "the workbooks say it differently"
"""What is said of a proposal about which several workbooks do not agree."""


def propose_changes(
    copies: Sequence[EditedCopy], session: Session, *, today: dt.date, seed: str
) -> Proposals:
    """What the copies propose for the session, each against what it was exported from.

    Copies that say the same are one proposal; where they differ, it is a clash with each one's
    reading. ``seed`` is what the ids of new records are derived from.
    """
    found: dict[str, Proposal] = {}
    told: list[str] = []
    shared = SharedAdditions()
    for copy in copies:
        draft = session_of_copy(copy, session, shared, today=today, seed=seed)
        for one in CopyComparison(draft, session).proposals():
            found[one.id] = _united(found[one.id], one) if one.id in found else one
        told += [f"{copy.file}: {said}" for said in (*copy.said, *draft.told)]
    mapping = tuple(line for copy in copies for line in copy.mapping)
    summary = tuple(line for copy in copies for line in copy.summary)
    ordered = tuple(sorted(found.values(), key=_rank))
    return Proposals(ordered, tuple(dict.fromkeys(told)), mapping, summary)


def _united(first: Proposal, second: Proposal) -> Proposal:
    sources = (*first.sources, *second.sources)
    known = [_made_of(reading) for reading in first.readings]
    new = tuple(reading for reading in second.readings if _made_of(reading) not in known)
    if not new:
        return replace(first, sources=sources)
    before = first.readings if first.says == DIFFER else tuple(_by(first))
    readings = (*before, *_by(replace(second, readings=new)))
    needs = tuple(dict.fromkeys((*first.needs, *second.needs)))
    return replace(
        first, kind=ProposalKind.CLASH, says=DIFFER, readings=readings, sources=sources, needs=needs
    )


def _made_of(reading: ProposalChoice) -> list[Change]:
    """The changes of a reading, wherever among its like a record is put."""
    return [replace(change, after="") for change in reading.changes]


def _by(proposal: Proposal) -> Iterator[ProposalChoice]:
    """The readings of a proposal, each with the workbook that it is from."""
    files = ", ".join(dict.fromkeys(source.file for source in proposal.sources))
    for reading in proposal.readings:
        said = reading.says or proposal.says
        yield replace(reading, says=f"{said} ({files})") if reading.changes else reading


def _rank(proposal: Proposal) -> tuple[int, bool, str]:
    """By kind, what others need first, activities as the wall reads."""
    later = proposal.collection not in ("stages", "roles")
    place = proposal.place if proposal.collection == "activities" else f"~{proposal.place}"
    return ORDER.index(proposal.kind), later, place
