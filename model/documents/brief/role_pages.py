"""A page a role, to pin to the wall: what it does, for which tier, with whom, by when, with what.

The pages and their sheet are made of the same `RoleTask` records, so that they cannot disagree.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import Any

from offwall.model.actions.facts import NOBODY, Facts
from offwall.model.documents import extras
from offwall.model.documents.brief.asks import in_time
from offwall.model.documents.brief.papers import framed
from offwall.model.documents.paper import Bullets, Heading, Paper, Paragraph, Part
from offwall.model.process import treatment
from offwall.model.process.names import join_labels
from offwall.model.process.raci import raci_columns, raci_letters
from offwall.model.records import Activity, Session, Treatment, line_of
from offwall.model.records.fields import NO_TIER, RoleCode, TierCode
from offwall.model.records.text import as_sentence, english_list, shorten
from offwall.model.review.progress import as_printed
from offwall.model.store.files import safe_names
from offwall.model.tables.sheet import Cell, FilledSheet


class TaskKind(StrEnum):
    """What a role is to an activity."""

    DO = "do"
    DECIDE = "decide"
    ANSWER = "answer for"
    ASKED = "asked"
    TOLD = "told"


LETTER_KINDS = {"A": TaskKind.ANSWER, "C": TaskKind.ASKED, "I": TaskKind.TOLD}

SHORTER = {
    TaskKind.DECIDE: "I decide:",
    TaskKind.ANSWER: "I answer for what others do:",
    TaskKind.ASKED: "I am asked beforehand:",
    TaskKind.TOLD: "I am told afterwards:",
}
"""What stands before the activities that a role does not do itself."""

MYSELF = "myself"

TEXT = 160
"""Characters of an activity, a decision or a document on a page."""


@dataclass(frozen=True, slots=True)
class RoleTask:
    """What one role has to do with one activity; names stand for codes, nothing is an id.

    ``with_`` are those who are responsible too, ``tiers`` for which tiers, where there are any;
    ``decision`` is the question, its limit and who answers it, where that is another.
    """

    kind: TaskKind
    activity: Activity
    ref: str
    text: str
    decision: str = ""
    tiers: str = ""
    with_: tuple[str, ...] = ()
    accountable: str = ""
    asked: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def role_tasks(facts: Facts, role: RoleCode, tier: TierCode = NO_TIER) -> tuple[RoleTask, ...]:
    """All that a role has to do with, in the order of the process; with a tier, for that alone."""
    session = facts.session
    return tuple(
        _task(facts, activity, role, kind, tier)
        for activity in session.in_order
        if not (tier and treatment(session, activity, tier) is Treatment.NO)
        for kind in _kinds(activity, role)
    )


def _kinds(activity: Activity, role: RoleCode) -> Iterator[TaskKind]:
    """What the role is by its first letter; it decides besides where it does not do it all."""
    first = raci_letters(activity).get(role, " ").upper()[0]
    if first == "R":
        yield TaskKind.DO
        return
    if activity.decided_by == role and line_of(activity.decision):
        yield TaskKind.DECIDE
    if first in LETTER_KINDS:
        yield LETTER_KINDS[first]


def _task(
    facts: Facts, activity: Activity, role: RoleCode, kind: TaskKind, tier: TierCode
) -> RoleTask:
    def named(*codes: str) -> tuple[str, ...]:
        """Those of the codes that are another role, by name, each once."""
        others = (facts.names.get(code) or line_of(code) for code in codes if code != role)
        return tuple(dict.fromkeys(filter(None, others)))

    return RoleTask(
        kind,
        activity,
        facts.session.ref_by_id[activity.id],
        facts.step(activity),
        _decision(activity, named(activity.decided_by)),
        _tiers(facts.session, activity, tier),
        named(activity.lead, *activity.also),
        MYSELF if activity.accountable == role else next(iter(named(activity.accountable)), NOBODY),
        named(*activity.consulted),
        named(*activity.informed),
    )


def _decision(activity: Activity, by: tuple[str, ...]) -> str:
    if not line_of(activity.decision):
        return ""
    who = f"decided by {by[0]}" if by else ""
    limit = f"up to {shorten(activity.limit, TEXT)}" if line_of(activity.limit) else ""
    how = ", ".join(filter(None, (who, limit)))
    return shorten(activity.decision, TEXT) + (f" ({how})" if how else "")


def _tiers(session: Session, activity: Activity, tier: TierCode) -> str:
    """For which tiers it is done, those of a lighter form last; empty where all do it in full."""
    how = {tier.code: treatment(session, activity, tier.code) for tier in session.tiers}
    if tier:
        return "in a lighter form" if how.get(tier) is Treatment.LIGHT else ""
    if all(one is Treatment.YES for one in how.values()):
        return ""
    names = {tier.code: shorten(tier.name, 40) or tier.code for tier in session.tiers}
    whole = english_list(names[code] for code, one in how.items() if one is Treatment.YES)
    light = english_list(names[code] for code, one in how.items() if one is Treatment.LIGHT)
    lighter = f"{light} in a lighter form" if light else ""
    return "; ".join(filter(None, (whole, lighter))) or "no tier"


# The page.


def role_page(facts: Facts, role: RoleCode, tier: TierCode = NO_TIER) -> Paper | None:
    """The page of a role; None where nothing of the record is its affair."""
    session, name = facts.session, facts.names.get(role) or line_of(role)
    tasks = role_tasks(facts, role, tier)
    taken = [one for one in in_time(session) if facts.keys.get(one.owner) == role]
    if not (tasks or taken):
        return None
    parts: list[Part] = list(_whose(facts, role, tier))
    if mostly := _mostly(tasks):
        parts.append(Paragraph(f"{mostly}, where nobody else is named.", "Accountable:"))
    for stage, own in groupby(tasks, key=lambda one: one.activity.stage):
        known = session.stage_by_id.get(stage)
        parts.append(Heading(shorten(known.name, 80) if known else line_of(stage)))
        parts += _stage(tuple(own), mostly)
    if taken:
        parts.append(Heading("What I took on"))
        rows = (Paragraph(as_sentence(facts.when(o)), _said(as_printed(o.text))) for o in taken)
        parts.append(Bullets(tuple(rows)))
    paper = framed(session, facts.today, "what I do", tuple(parts))
    about = paper.title.rpartition(": ")[0], session.workshop.council
    said = " · ".join(filter(None, (shorten(one, 100) for one in about)))
    return replace(paper, title=f"{name}: what I do", subtitle=said)


def _whose(facts: Facts, role: RoleCode, tier: TierCode) -> Iterator[Part]:
    known = facts.session.role_by_code.get(role)
    if known and line_of(known.about):
        yield Paragraph(as_sentence(shorten(known.about)))
    if people := facts.holders.get(role):
        yield Paragraph(as_sentence(english_list(people)), "Who has this role:")
    if tier:
        name = facts.session.tier_name(tier)
        yield Paragraph(as_sentence(shorten(name, 60)), "For this tier alone:")


def _mostly(tasks: tuple[RoleTask, ...]) -> str:
    """Who is accountable for most of what the role does, which is said once; empty for nobody."""
    counts = Counter(one.accountable for one in tasks if one.kind is TaskKind.DO)
    name, times = counts.most_common(1)[0] if counts else ("", 0)
    return name if times > 1 and name not in (NOBODY, MYSELF) else ""


def _stage(tasks: tuple[RoleTask, ...], mostly: str) -> Iterator[Part]:
    """What the role does itself as a list, and a line for each lesser part in the stage."""
    if own := [one for one in tasks if one.kind is TaskKind.DO]:
        yield Bullets(tuple(Paragraph(_around(one, mostly), _said(one.text)) for one in own))
    for kind, lead in SHORTER.items():
        if found := [_lesser(one) for one in tasks if one.kind is kind]:
            yield Paragraph(as_sentence("; ".join(found)), lead)


def _said(text: str) -> str:
    return as_sentence(shorten(text, TEXT))


def _around(task: RoleTask, mostly: str) -> str:
    one = task.activity
    said = (
        ("Tiers", task.tiers),
        ("With", english_list(task.with_)),
        ("Accountable", task.accountable if task.accountable != mostly else ""),
        ("Ask", english_list(task.asked)),
        ("Tell", english_list(task.told)),
        ("Decide", task.decision),
        ("By when", shorten(one.timescale, TEXT)),
        ("Documents", english_list(shorten(name, 80) for name in one.documents)),
    )
    return " ".join(as_sentence(f"{head}: {words}") for head, words in said if words)


def _lesser(task: RoleTask) -> str:
    text = (task.decision if task.kind is TaskKind.DECIDE else "") or task.text
    about = "; ".join(filter(None, (english_list(task.with_), task.tiers)))
    return f"{shorten(text, TEXT).rstrip('.')}{f' ({about})' if about else ''}"


# The sheet: a row for each part of each role.

COLUMNS: tuple[Cell[Any], ...] = (
    Cell("role", "Role", width=24),
    Cell("part", "My part", width=12),
    Cell("stage", "Stage", width=22),
    Cell("ref", "Ref", width=8),
    Cell("text", "Activity", width=44),
    Cell("decision", "Decision", width=26),
    Cell("tiers", "Tiers", width=18),
    Cell("with", "Responsible with me", width=22),
    Cell("accountable", "Accountable", width=22),
    Cell("asked", "Whom I ask", width=22),
    Cell("told", "Whom I tell", width=22),
    Cell("when", "By when", width=20),
    Cell("documents", "With which document", width=28),
)


def role_sheet(facts: Facts, roles: tuple[RoleCode, ...], tier: TierCode = NO_TIER) -> FilledSheet:
    """All pages as one table, to be filtered by role."""
    rows = []
    for role in roles:
        name = facts.names.get(role) or line_of(role)
        for task in role_tasks(facts, role, tier):
            one, stage = task.activity, facts.session.stage_by_id.get(task.activity.stage)
            people = (task.with_, (task.accountable,), task.asked, task.told)
            cells = (join_labels({}, person) for person in people)
            place = (stage.name if stage else line_of(one.stage), task.ref, one.text)
            last = (one.timescale, join_labels({}, one.documents))
            rows.append((name, task.kind, *place, task.decision, task.tiers, *cells, *last))
    about = "What each role does, answers for, is asked and is told, in the order of the process."
    return FilledSheet("By_role", "By role", about, COLUMNS, tuple(rows), 2)


def roles_with_a_part(facts: Facts) -> tuple[RoleCode, ...]:
    """The roles that an activity or an action names, in their order."""
    named = {facts.keys.get(one.owner) for one in in_time(facts.session)}
    deciding = {activity.decided_by for activity in facts.session.activities}
    busy = {code for activity in facts.session.activities for code in raci_letters(activity)}
    every = dict.fromkeys((*raci_columns(facts.session), *sorted(deciding)))
    return tuple(code for code in every if code and code in named | busy | deciding)


# The files: a page each in Word and as PDF, and the sheet.


def role_files(
    facts: Facts, roles: tuple[RoleCode, ...], tier: TierCode = NO_TIER
) -> Iterator[tuple[str, bytes, tuple[str, ...]]]:
    """The name, the content, and what is to be said of each file, for those that have a page.

    A PDF of each is among them where that extra is installed.
    """
    from offwall.model.documents.brief.export import WORD, brief_docx
    from offwall.model.documents.pdf import PDF, paper_pdf
    from offwall.model.workbook.write.book import build_workbook
    from offwall.model.workbook.write.export import SUFFIX

    pages = [(role, page) for role in roles if (page := role_page(facts, role, tier))]
    names = safe_names((facts.names.get(role) or role for role, _ in pages), "role")
    for name, (_, page) in zip(names, pages, strict=True):
        yield f"{name}{WORD}", brief_docx(page).data, ()
        if not extras.PDF.missing:
            made = paper_pdf(page)
            yield f"{name}{PDF}", made.content, made.notes(f"{name}{PDF}")
    if pages:
        sheet = role_sheet(facts, tuple(role for role, _ in pages), tier)
        content = build_workbook(facts.session, exported_on=facts.today, sheets=(sheet,))
        yield f"every-role{SUFFIX}", content, ()
