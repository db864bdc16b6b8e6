"""The same process typed by hand into a workbook, as kindly to the spreadsheet as may be.

Assumed: a sheet Activities with the columns Stage, Activity, Lead, Decision, Routes, Documents,
Timescale, Issues, Tiers, Note, and a sheet RACI with Activity, Lead and a column for each of 11
roles. Everybody writes the roles' short codes; the sheet completes a lead that stands in the column
already, once what is typed begins no other, and takes it with the Tab that goes on. A chord such as
ctrl+V is one key. Nobody ever looks for a row or mistypes; Enter goes back to the first column.
Routes name rows by the same refs, typed into a column that somebody keeps by hand for nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from recorder import after

from offwall.model.records.session import Activity, Issue, Session

TO_RACI = 6
"""Up to the row, right to Activity, shift+right over the lead, ctrl+C, the other sheet, ctrl+V."""

BACK = 2
"""The sheet before, and down to the next row."""


@dataclass
class Sheet:
    """Counts the keys beyond a note's own words, row by row."""

    session: Session
    raci: bool = True
    leads: set[str] = field(default_factory=set)
    stage: str = ""

    def row(self, wanted: Activity, issues: Sequence[Issue] = ()) -> int:
        """The keys for one activity, on both sheets."""
        cells = [
            1 if wanted.stage == self.stage else len(wanted.stage),  # ctrl+D copies the one above
            0,
            self._lead(wanted.lead),
            0,
            self._routes(wanted),
            2 * max(0, len(wanted.documents) - 1),
            0,
            sum(len("D ") for _ in issues) + 2 * max(0, len(issues) - 1),
            sum(len(f"{tier}=no") for tier, _ in wanted.tiers),
            0,
        ]
        words = ["", "", "", wanted.decision, "", "".join(wanted.documents), wanted.timescale]
        texts = [*words, "", "", wanted.note]
        filled = [bool(cell or text) for cell, text in zip(cells, texts, strict=True)]
        last = max(number for number, has in enumerate([True, True, True, *filled[3:]]) if has)
        self.stage = wanted.stage
        keys = sum(cells) + last + 1  # a Tab to each column as far as the last, and Enter
        return keys + (self._raci(wanted) if self.raci else 0)

    def _lead(self, lead: str) -> int:
        others = self.leads - {lead}
        known = lead in self.leads
        self.leads.add(lead)
        for length in range(1, len(lead)):
            if known and not any(other.startswith(lead[:length]) for other in others):
                return length
        return len(lead)

    def _routes(self, wanted: Activity) -> int:
        following = after(self.session, wanted)
        bearer = self.session.ref_by_id
        refs = [
            "" if route.to in ("", following) else f": {bearer.get(route.to, route.to)}"
            for route in wanted.routes
        ]
        then = f"then {bearer.get(wanted.then, wanted.then)}" if wanted.then else ""
        return sum(map(len, [*refs, then])) + 2 * max(0, len(refs) - 1)

    def _raci(self, wanted: Activity) -> int:
        """The activity and its lead again, and a letter for each role that has one."""
        columns = list(self.session.role_by_code)
        said = {wanted.lead, *wanted.also, wanted.accountable, *wanted.consulted, *wanted.informed}
        places = [columns.index(code) for code in said if code]
        if not places:
            return 0
        letters = len(places) + (wanted.accountable == wanted.lead)
        return TO_RACI + 2 + max(places) + letters + 1 + BACK


def by_hand(session: Session, *, issues: bool) -> list[int]:
    """The keys beyond its own words of each activity, in the order of the wall."""
    sheet = Sheet(session)
    return [
        sheet.row(found, [i for i in session.issues if issues and i.activity == found.id])
        for found in session.in_order
    ]
