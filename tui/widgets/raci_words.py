"""The RACI in words: what is wrong with a row, and what each column carries."""

from collections.abc import Mapping
from dataclasses import replace

from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from model.checks.raci import raci
from model.edits.answers import brief
from model.raci import Load, Part, letters, loads, role_name
from model.session import Activity, Session
from tui.text import plain
from tui.widgets.activity_card import STAGE
from tui.widgets.privacy import follow, private
from tui.widgets.session_widget import SessionWidget

PARTS = {
    Part.LEAD: "leads",
    Part.ALSO: "also responsible",
    Part.ACCOUNTABLE: "accountable",
    Part.CONSULTED: "consulted",
    Part.INFORMED: "informed",
}
"""What a letter says of a role."""


class RaciView(SessionWidget, Widget):
    """What the views of the RACI share: the row and the column under the cursor."""

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.row = self.role = ""
        self._loads: Mapping[str, Load] | None = None

    def on_mount(self) -> None:
        """Ask nothing of a role's load while the screen is private."""
        follow(self, self.watch_session)

    def look_at(self, row: str, role: str) -> None:
        """Show another cell: an activity or a stage's heading, and a role."""
        if (row, role) != (self.row, self.role):
            self.row, self.role = row, role
            self.refresh()

    def watch_session(self) -> None:
        """Show what changed."""
        self._loads = None
        self.refresh()

    @property
    def loads(self) -> Mapping[str, Load]:
        """What each role carries, counted when it is first wanted."""
        if self._loads is None:
            self._loads = loads(self.session)
        return self._loads


class RaciWords(RaciView):
    """What is wrong with the row, and what the role of the column is and carries."""

    DEFAULT_CSS = """
    RaciWords { padding: 0 1; overflow: hidden; }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._found: dict[str, Mapping[str, list[str]]] = {}

    def watch_session(self) -> None:
        """Look again."""
        self._found = {}
        super().watch_session()

    def _wrong(self, activity: Activity) -> list[str]:
        """What is wrong with an activity; its stage is looked at once."""
        if activity.stage not in self._found:
            self._found[activity.stage] = wrong_in(self.session, activity.stage)
        return self._found[activity.stage].get(activity.id, [])

    def render(self) -> RenderResult:
        """The row, what is wrong with it, and the role."""
        lines: list[Content] = []
        if activity := self.session.activity_by_id.get(self.row):
            lines += self._activity(activity)
        elif stage := self.session.stage_by_id.get(self.row.removeprefix(STAGE)):
            lines.append(Content.styled(plain(f"{stage.id} {stage.name}"), "bold"))
        if self.role:
            lines.append(self._role(activity))
        return Content("\n").join(lines)

    def _activity(self, activity: Activity) -> list[Content]:
        title = Content.styled(
            plain(f"{self.session.ref_by_id[activity.id]} {activity.text}"), "bold"
        )
        wrong = self._wrong(activity)
        said = Content.styled(plain("  ".join(wrong)), "$text-warning")
        return [
            title.truncate(max(1, self.size.width), ellipsis=True),
            said if wrong else Content.styled("Nothing is wrong with this row.", "$text-muted"),
        ]

    def _role(self, activity: Activity | None) -> Content:
        said = letters(activity).get(self.role, "") if activity else ""
        here = " and ".join(PARTS[Part(letter)] for letter in said) or "no part"
        here = f"{here} here; " if activity else ""
        load = self.loads.get(self.role, Load())
        name, code = brief(role_name(self.session, self.role)), brief(self.role)
        known = name if name == code else f"{name} ({code})"
        doubts = "" if private(self) else "; ".join(load.doubts())
        return Content.assemble(
            plain(f"{known}: {here}carries {load.counts()}"),
            (f": {doubts}" if doubts else "", "$text-warning"),
        )


class RoleLoads(RaciView):
    """Every role and what it carries, a line each; the one of the column stands out."""

    DEFAULT_CSS = """
    RoleLoads { padding: 0 1; overflow: hidden; }
    """

    def render(self) -> RenderResult:
        """As many lines as fit, the role under the cursor among them."""
        room = max(1, self.size.height - 1)
        codes = list(self.loads)
        at = codes.index(self.role) if self.role in codes else 0
        first = max(0, min(at - room // 2, len(codes) - room))
        title = self._line("What each role carries", *"RACI")
        lines = [Content.styled(title, "$text-muted underline")]
        lines += [self._load(code) for code in codes[first : first + room]]
        return Content("\n").join(lines)

    def _load(self, code: str) -> Content:
        load = self.loads[code]
        counts = (str(number or "") for number in load.each.values())
        line = self._line(role_name(self.session, code), *counts)
        doubtful = load.doubts() and not private(self)
        mark = Content.styled(" ?" if doubtful else "", "$text-warning")
        return Content.assemble((line, "bold reverse" if code == self.role else ""), mark)

    def _line(self, name: str, *counts: str) -> str:
        """A name, cut where it is long, and figures in columns."""
        figures = "".join(f"{count:>4}" for count in counts)
        room = max(4, self.size.width - len(figures) - 2)
        return Content(plain(name)).truncate(room, ellipsis=True, pad=True).plain + figures


def wrong_in(session: Session, stage: str) -> Mapping[str, list[str]]:
    """What the RACI rules find wrong with each activity of a stage, as sentences.

    The stage is all that is looked at, so that a large map costs no more than a small one: a ref
    counts within its stage, and the roles are all there.
    """
    column = replace(session, activities=session.by_stage[stage])
    found: dict[str, list[str]] = {}
    for one in raci(column):
        found.setdefault(one.place, []).append(one.text)
    return found
