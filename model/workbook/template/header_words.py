"""What councils head their columns and name their tables with, and what we call the same.

The words were gathered from process maps, RACI charts, action plans and issue logs that English
councils publish. A session adds its own under ``[export]``.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from offwall.model.tables import ACTIONS, ACTIVITIES, ISSUES, KINDS, NEXT_STEPS, RACI

LEAVE = "leave"
"""What a header means that is to be left alone."""

KIND_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        ACTIVITIES: (
            *("activities", "activity", "activity list", "process", "process map", "process steps"),
            *("steps", "step", "process activities", "process mapping", "recorded activities"),
        ),
        RACI: ("raci", "raci matrix", "raci chart", "rasci", "responsibilities"),
        ISSUES: ("issues", "issue", "issue log", "issues log", "issue list", "parked issues"),
        ACTIONS: (
            *("actions", "action", "action plan", "action log", "actions log", "action list"),
            *("improvement plan", "improvements", "improvement actions"),
        ),
        NEXT_STEPS: ("next steps", "next step"),
    }
)
"""By which names of a table, or of cells, each kind is known."""

ANCHORS: Mapping[str, str] = MappingProxyType(
    {
        ACTIVITIES: "activity",
        RACI: "activity",
        ISSUES: "issue",
        ACTIONS: "action",
        NEXT_STEPS: "action",
    }
)
"""The one column that a table of each kind cannot do without."""

_EVERYWHERE = {
    "id": ("id", "offwall id", "record id", "unique id"),
    "comment": ("your comment", "your comments"),
}

_NUMBER = ("no", "number", "#", "item", "item no", "ref", "ref no", "reference")

_PROCESS = {
    **_EVERYWHERE,
    "ref": (
        *("step ref", "activity ref", "process ref", "map ref", "step no", "step number"),
        *("activity no", "activity number", *_NUMBER),
    ),
    "stage": ("stage", "phase", "process stage", "stage name", "lifecycle stage"),
    "activity": (
        *("activity", "activities", "step", "process step", "task", "activity description"),
        *("activity task", "process activity", "what happens", "description of activity"),
        *("deliverable or activity", "activity or task", "step description"),
    ),
    "lead": (
        *("lead", "lead responsible", "responsible lead", "lead role", "who", "lead officer"),
        *("led by", "activity lead", "who leads", "lead person", "owner", "step owner"),
    ),
    "responsible": ("responsible", "r", "responsible r", "who is responsible"),
    "accountable": ("accountable", "a", "accountable a", "who is accountable"),
    "consulted": ("consulted", "c", "consulted c", "consult", "who is consulted"),
    "informed": ("informed", "i", "informed i", "inform", "who is informed"),
    "others": ("other people", "others", "people involved", "others involved"),
    "decision": ("decision", "decisions", "decision point", "key decision", "decision or gateway"),
    "decided_by": ("who decides", "decided by", "decision maker", "approver"),
    "limit": ("limit", "approval limit", "financial limit", "delegation", "scheme of delegation"),
    "routes": ("routes", "route", "answers", "outcomes of decision", "decision routes"),
    "next": ("next", "next activity", "then", "leads to", "goes to"),
    "documents": (
        *("documents", "document", "documentation", "templates", "forms", "key documents"),
        *("documents and templates", "document or template", "inputs and outputs", "records"),
    ),
    "timescale": ("timescale", "timescales", "timing", "when", "duration", "time", "frequency"),
    "codes": ("issue codes", "issue code", "codes", "improvement code"),
    "issues": ("issues", "issue", "pain points", "problems", "gaps"),
    "actions": ("actions", "action", "improvements", "improvement", "improvement actions"),
    "open_point": ("open point", "open points", "not agreed", "open question", "queries"),
    "tiers": ("tiers", "tier", "applies to tier", "contract tier"),
    "improve": ("improve", "keep or change", "keep change drop"),
    "status": ("status", "confirmed"),
    "note": ("note", "notes", "remarks"),
    "check": ("check", "raci check"),
}

_FOLLOW_UP = {
    "where": ("where", "activity", "process step", "step", "where in the process", "area"),
    "status": ("status", "progress", "state", "rag status", "current status"),
    "source": ("source", "origin", "raised at", "workshop", "where from"),
}

_ISSUES = {
    **_EVERYWHERE,
    **_FOLLOW_UP,
    "ref": ("ref", "step ref", "activity ref", "process ref", "map ref", "step no"),
    "code": ("code", "issue code", "type", "category", "issue type"),
    "means": ("which means", "meaning", "type of issue"),
    "issue": (
        *("issue", "issues", "issue description", "problem", "description of issue"),
        *("issue or risk", "pain point", "issue raised", "description"),
    ),
    "raised_by": ("raised by", "who raised it", "raised", "identified by"),
    "parked": ("parked", "car park", "parked issue"),
    "actions": ("actions", "action", "action taken", "resolution", "proposed action"),
}

_ACTIONS = {
    **_EVERYWHERE,
    **_FOLLOW_UP,
    "rank": ("rank", "ranking", "order", "priority order", "action no", "action ref", *_NUMBER),
    "action": (
        *("action", "actions", "action required", "improvement", "recommendation", "what"),
        *("improvement action", "action description", "description of action", "agreed action"),
    ),
    "issue": ("issue", "issue addressed", "problem", "why", "reason"),
    "owner": (
        *("owner", "action owner", "responsible", "who", "lead", "lead officer", "assigned to"),
        *("responsible officer", "by whom", "responsibility", "person responsible"),
    ),
    "helper": ("helper", "support", "supported by", "helped by", "with"),
    "due": (
        *("target date", "due", "due date", "by when", "deadline", "target completion date"),
        *("completion date", "target", "when", "date due", "target completion"),
    ),
    "approval": ("approval", "approval needed", "approval required", "approved by", "sign off"),
    "needs": ("needs", "also needs", "agreement needed", "consultees"),
    "meeting": ("meeting to reach", "meeting", "board or committee"),
    "meets_on": ("meets on", "meeting date", "date of meeting"),
    "papers_by": ("papers due", "papers by", "report deadline"),
    "announced_by": ("forward plan by", "forward plan"),
    "impact": ("impact", "benefit", "impact 1 5", "value"),
    "effort": ("effort", "difficulty", "effort 1 5", "ease"),
    "band": ("band", "quick win", "priority", "type of change"),
    "votes": ("votes", "dots", "dot votes"),
    "why": ("why it ranks here",),
    "done_on": ("done on", "completed on", "date completed", "actual completion date"),
}

_NEXT_STEPS = {**_ACTIONS, "action": ("next step", "next steps", *_ACTIONS["action"])}

WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        ACTIVITIES: _PROCESS,
        RACI: _PROCESS,
        ISSUES: _ISSUES,
        ACTIONS: _ACTIONS,
        NEXT_STEPS: _NEXT_STEPS,
    }
)
"""The headers by which each column of each kind is known, as `folded` makes them."""

_NO_LETTER = re.compile(r"[\W_]+")
_ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")


def fold_header(text: str) -> str:
    """A header or a name without regard to capitals, signs and spaces."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    return " ".join(_NO_LETTER.sub(" ", text).split()) or text.strip()


def without_aside(text: str) -> str:
    """A header without what stands in brackets: ``Owner (name)`` is ``Owner``."""
    return _ASIDE.sub(" ", text).strip()


@cache
def words_of(kind: str) -> Mapping[str, str]:
    """The column that each folded header means in a table of a kind; the first one wins."""
    found: dict[str, str] = {}
    for means, words in WORDS[kind].items():
        for word in words:
            found.setdefault(word if word == "#" else fold_header(word), means)
    return MappingProxyType(found)


_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TRIMMINGS = frozenset({"tbl", "table", "t", "lst", "list", "data", "range", "rng", "offwall"})


def kind_named(name: str) -> str:
    """The kind of table that a name stands for, such as ``tblActionPlan``; empty for none."""
    words = fold_header(_HUMPS.sub(" ", name)).rstrip("0123456789 ").split()
    kept = " ".join(word for word in words if word not in _TRIMMINGS)
    return next((kind for kind in KINDS if kept in KIND_NAMES[kind]), "")
