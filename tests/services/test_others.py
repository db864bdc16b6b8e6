"""What somebody else wrote is told in words."""

from dataclasses import replace

from offwall.model.records.changes import diff
from offwall.model.records.session import Activity, Clock, PartTime, Session, Stage
from offwall.tui.services.others import say_changes
from offwall.tui.services.writers import FileWritten

WALL = Session(
    stages=(Stage("S1", "Begin"),),
    activities=tuple(Activity(f"a-{number}", "S1", f"Step {number}") for number in range(4)),
)


def told(merged: Session) -> str:
    return say_changes(FileWritten(1, WALL, merged), diff(WALL, merged))


def test_the_clock_is_nothing_to_tell_of() -> None:
    assert told(replace(WALL, clock=Clock(record=PartTime(60, 5)))) == ""


def test_what_was_removed_changed_and_added_is_told_by_its_name() -> None:
    first, second, third, _ = WALL.activities
    merged = replace(
        WALL,
        activities=(first, replace(second, text="Another"), third, Activity("a-9", "S1", "New")),
    )
    said = told(merged)
    assert "Step 3" in said
    assert "Step 1" in said
    assert "New" in said
    assert "Step 2" not in said
