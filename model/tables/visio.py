"""The process in the columns that Microsoft Visio's Data Visualizer draws a flow chart from.

Columns, shape types and the comma lists that match by position are those of Microsoft's *Data
Visualizer* cross-functional flowchart template: each next step's label stands at the same place
in the list of labels.
"""

from collections.abc import Iterator
from typing import NamedTuple

from offwall.model.process import LIST_SEPARATOR, Edge, stage_name
from offwall.model.process.graph import edges, start_activity
from offwall.model.process.names import target_label
from offwall.model.records import END, Activity, Session
from offwall.model.records.text import on_one_line
from offwall.model.tables.process import tiers_kept
from offwall.model.tables.sheet import Cell, Facts, Sheet
from offwall.model.tables.wall import TO_CONFIRM

START_ID, END_ID = "Start", "End"


class _FlowStep(NamedTuple):
    """A step, in the lane and the phase of the activity that it stands beside."""

    step: str
    beside: Activity
    description: str
    shape: str
    next: str = ""
    label: str = ""
    documents: str = ""
    tier: str = ""


class _FlowSteps:
    """The steps of one session; where a way leads out of the map, it makes a step for that."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._out: dict[str, tuple[str, Activity]] = {}

    def rows(self) -> Iterator[_FlowStep]:
        """The steps in the order of the wall, between the start and the end."""
        first = self._session.activity_by_id[start_activity(self._session)]
        last = self._session.in_order[-1]
        yield _FlowStep(START_ID, first, "Start", "Start", self._id(first.id))
        for activity in self._session.in_order:
            yield from self._activity(activity)
        for words, (known, beside) in self._out.items():
            yield _FlowStep(known, beside, words, "Off-page reference")
        yield _FlowStep(END_ID, last, "End", "End")

    def _activity(self, activity: Activity) -> Iterator[_FlowStep]:
        """The activity, and behind it a shape of its own for what is decided."""
        known, ways = self._id(activity.id), self._ways(activity)
        decided = bool(activity.decision) or len(ways) > 1
        mark = "" if activity.confirmed else f" {TO_CONFIRM}"
        onward = ",".join(ways), ",".join(ways.values())
        last = f"{known} decides" if decided else known
        yield _FlowStep(
            *(known, activity, f"{activity.text}{mark}", "Process"),
            *((last, "") if decided else onward),
            documents=LIST_SEPARATOR.join(activity.documents),
            tier=tiers_kept(self._session, activity),
        )
        if decided:
            asked = activity.decision or "Which way?"
            yield _FlowStep(last, activity, asked, "Decision", *onward)

    def _ways(self, activity: Activity) -> dict[str, str]:
        """The steps that it leads to, each once, with all the answers that lead there."""
        found: dict[str, list[str]] = {}
        for edge in edges(self._session, activity):
            found.setdefault(self._reached(edge, activity), []).append(listed(edge.label))
        return {to: " or ".join(filter(None, answers)) for to, answers in found.items()}

    def _id(self, known: str) -> str:
        """An activity's step: its ref, which is what people know."""
        return listed(self._session.ref_by_id[known])

    def _reached(self, edge: Edge, beside: Activity) -> str:
        """The step that a way leads to."""
        if edge.to:
            return END_ID if edge.to == END else self._id(edge.to)
        # It leads out of the map: to words, or back to whoever asked.
        words = target_label(self._session.ref_by_id, edge)
        return self._out.setdefault(words, (f"Open {len(self._out) + 1}", beside))[0]


def listed(text: str) -> str:
    """A text as one item of a comma list."""
    return on_one_line(text.replace(",", " "))


def _lane(at: Facts, row: _FlowStep) -> str:
    # A chart draws no step without a lane.
    return at.labels.get(row.beside.lead, "") or "Nobody yet"


def _phase(at: Facts, row: _FlowStep) -> str:
    return stage_name(at.session, row.beside)


def _alt(at: Facts, row: _FlowStep) -> str:
    return f"{row.shape}: {row.description}; {_lane(at, row)}; {_phase(at, row)}"


VISIO_SHEET: Sheet[_FlowStep] = Sheet(
    key="visio",
    title="Visio",
    about="For Visio's Data Visualizer: choose this sheet's table there, and the map is drawn.",
    rows=lambda at: _FlowSteps(at.session).rows() if at.session.activities else (),
    cells=(
        Cell("step", "Process Step ID", width=14),
        Cell("description", "Process Step Description", width=46),
        Cell("next", "Next Step ID", width=20),
        Cell("label", "Connector Label", width=24),
        Cell("shape", "Shape Type", width=20),
        Cell("function", "Function", _lane, 24),
        Cell("phase", "Phase", _phase, 24),
        Cell("owner", "Accountable", lambda at, row: at.labels.get(row.beside.accountable, ""), 24),
        Cell("documents", "Documents", width=30),
        Cell("tier", "Tier", width=18),
        Cell("alt", "Alt Description", _alt, 50),
    ),
    pinned=2,
)
"""A row a step: the start, the activities, ways that lead out of the map, and the end."""
