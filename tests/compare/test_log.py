"""What was done: told from the state folder, with times and names, in this run and earlier ones."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from offwall.model import store
from offwall.model.compare.log import (
    SessionLog,
    back_to,
    copied_back,
    read_log,
    say_time,
    taken_back,
)
from offwall.model.process.activities import remove_activity
from offwall.model.records.changes import updated
from offwall.model.records.session import Session
from offwall.model.records.text import EditError
from offwall.model.review.progress import unconfirm
from offwall.model.setup.workshop import WORKSHOP, add_minutes
from offwall.model.store import backups, journal
from offwall.tui.services import recent_sessions
from offwall.tui.services.document import OpenDocument

BRITISH = dt.UTC
DAY = dt.datetime(2026, 12, 10, 14, 0, tzinfo=BRITISH)
Change = Callable[[Session], Session]


class Clock:
    """A clock that the test sets."""

    def __init__(self, at: dt.datetime = DAY) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        return self.at

    def goes_to(self, hour: int, minute: int) -> None:
        self.at = self.at.replace(hour=hour, minute=minute)


@contextmanager
def editor(path: Path, clock: Clock) -> Iterator[OpenDocument]:
    """The document as the editor has it open."""
    document = OpenDocument(path, lambda message: None, recent_sessions.state_folder(), clock)
    try:
        yield document
    finally:
        document.leave(60)


def log_of(path: Path) -> SessionLog:
    return read_log(recent_sessions.state_folder(), path)


def says(text: str, place: int = 0) -> Change:
    """Change the words of the first activity, or of another."""

    def change(session: Session) -> Session:
        return updated(session, "activities", session.in_order[place], text=text)

    return change


def labels(log: SessionLog) -> list[str]:
    return [one.label for one in log.changes]


def test_an_afternoon_is_told_by_names_times_and_people(own_sample: Path) -> None:
    clock = Clock()
    with editor(own_sample, clock) as document:
        clock.goes_to(14, 5)
        document.do("Wrote S1.01", says("First"))
        document.everywhere(lambda session: add_minutes(session, "record", 1))
        clock.goes_to(14, 20)
        document.do("Recorder", lambda s: WORKSHOP.change(s, {"recorder": "Jane"}))
        document.do("Wrote S1.01 again", says("Second"))
        document.undo()
        found = document.log()
    assert labels(found) == [
        *("Opened", "Wrote S1.01", "Recorder", "Wrote S1.01 again"),
        "Undone: Wrote S1.01 again",
    ]
    assert [say_time(one.at)[-5:] for one in found.changes if one.at] == [
        *("14:00", "14:05", "14:20", "14:20", "14:20")
    ]
    assert [one.by for one in found.changes] == ["B. Recorder"] * 2 + ["Jane"] * 3
    assert [one.text for one in found.changes[1].sentences] == [
        "S1.01 “First”: was “Hold handover meeting between procurement and contract manager”."
    ]
    # Told again after a restart, from the disk alone.
    assert log_of(own_sample) == found


def test_as_it_was_at_a_time(own_sample: Path) -> None:
    clock = Clock()
    with editor(own_sample, clock) as document:
        for minute, text in ((5, "Five"), (20, "Twenty"), (40, "Forty")):
            clock.goes_to(14, minute)
            document.do(text, says(text))
    log, now = log_of(own_sample), DAY.replace(hour=17)

    def text_at(said: str, when: dt.datetime = now) -> str:
        return log.at(said, when).after.in_order[0].text

    assert text_at("14:20") == text_at("14.39") == "Twenty"
    assert text_at("14:04").startswith("Hold handover")
    assert text_at("16:59") == text_at("10 Dec 14:40") == text_at("2026-12-10T14:40") == "Forty"
    # The morning after, a time alone is of the afternoon.
    assert text_at("14:20", now + dt.timedelta(hours=16)) == "Twenty"
    assert text_at("yesterday 14:20", now + dt.timedelta(1)) == "Twenty"
    assert text_at("31 Dec 9999 23:59") == "Forty"
    for wrong in ("", "soon", "25:00", "14:60", "31 Feb 14:20", "14", "\x1b[2J"):
        with pytest.raises(EditError):
            log.at(wrong, now)
    with pytest.raises(EditError, match="begins Thu 10 Dec 2026, 14:00"):
        log.at("13:59", now)
    # What is still to come today was yesterday.
    with pytest.raises(EditError, match="begins"):
        log.at("23:59", now)
    with pytest.raises(EditError, match="begins"):
        log.at("9 Dec 14:20", now)
    with pytest.raises(EditError, match="No change"):
        SessionLog().at("14:20", now)


def test_midnight_and_a_clock_that_goes_back(own_sample: Path) -> None:
    clock = Clock(DAY.replace(hour=23, minute=50))
    with editor(own_sample, clock) as document:
        document.do("Late", says("Late"))
        clock.at = DAY.replace(day=11, hour=0, minute=10)
        document.do("Early", says("Early"))
        now = clock.at + dt.timedelta(minutes=30)
        assert document.log().at("23:50", now).label == "Late"
        assert document.log().at("0:10", now).label == "Early"
        # The clock is set right: what was done last is still what was done last.
        clock.at = DAY.replace(hour=23, minute=40)
        document.do("After the clock was set", says("Then"))
        assert labels(document.log())[1:] == ["Late", "Early", "After the clock was set"]
        assert document.log().at("10 Dec 23:45", now).label == "After the clock was set"


def test_another_zone_tells_what_its_own_clock_said(own_sample: Path) -> None:
    clock = Clock(DAY.astimezone(dt.timezone(dt.timedelta(hours=2))))
    with editor(own_sample, clock) as document:
        document.do("Abroad", says("Abroad"))
        clock.at = DAY.replace(hour=14, minute=30)
        document.do("At home", says("At home"))
    found = log_of(own_sample)
    assert [f"{one.at:%H:%M}" for one in found.changes if one.at] == ["16:00", "16:00", "14:30"]
    assert labels(found) == ["Opened", "Abroad", "At home"]


@pytest.mark.slow
def test_runs_follow_one_another_and_what_came_between_is_told(own_sample: Path) -> None:
    clock = Clock()
    with editor(own_sample, clock) as document:
        document.do("First run", says("One"))
    file = store.Store.open(own_sample)
    file.save(says("By a script", 3)(file.session))
    clock.goes_to(15, 0)
    with editor(own_sample, clock) as document:
        document.do("Second run", says("Two"))
    log = log_of(own_sample)
    assert labels(log) == ["Opened", "First run", "Opened", "Second run"]
    assert log.changes[2].sentences[0].text.startswith("S1.04 “By a script”")
    assert log.at("14:30", DAY.replace(hour=16)).after.in_order[0].text == "One"


def test_two_recorders_on_one_computer_are_told_once(own_sample: Path) -> None:
    clock = Clock()
    with editor(own_sample, clock) as ours:
        ours.do("Ours, before", says("Before"))
        assert ours.settled(60)
        clock.goes_to(14, 10)
        with editor(own_sample, clock) as theirs:
            clock.goes_to(14, 20)
            theirs.do("Theirs", says("Theirs", 3))
            assert theirs.settled(60)
            ours.look()
            assert ours.settled(60)
            clock.goes_to(14, 30)
            ours.do("Ours, after", says("After"))
            assert ours.settled(60)
    assert [one for one in labels(log_of(own_sample)) if one != "Opened"] == [
        *("Ours, before", "Theirs", "Ours, after")
    ]


def test_what_somebody_elsewhere_wrote_is_told_as_theirs(own_sample: Path) -> None:
    clock = Clock()
    with editor(own_sample, clock) as ours:
        ours.do("Ours", says("Ours"))
        assert ours.settled(60)
        file = store.Store.open(own_sample)
        file.save(says("Theirs", 3)(file.session))
        clock.goes_to(14, 30)
        ours.look()
        assert ours.settled(60)
    theirs = log_of(own_sample).changes[-1]
    assert (theirs.label, theirs.by) == ("Taken over: 1 change", "somebody else")
    assert f"{theirs.at:%H:%M}" == "14:30"
    assert theirs.after.in_order[0].text == "Ours"


def test_a_journal_of_before_names_were_kept_is_told_by_its_sentences(own_sample: Path) -> None:
    with editor(own_sample, Clock()) as document:
        document.do("Named", says("Old"))
    folder = next(iter(backups.folders_at(recent_sessions.state_folder(), own_sample)))
    [run] = journal.runs(folder)
    old = [
        replace(one, label="", at="", by="") for one in journal.read_journal(run.read_bytes()).all
    ]
    run.write_bytes(b"".join(map(journal.encode, old)))
    [opened, changed] = log_of(own_sample).changes
    assert (opened.at, changed.at, changed.by) == (None, None, "")
    assert changed.label.startswith("S1.01 “Old”: was")
    with pytest.raises(EditError, match="No change with its time"):
        log_of(own_sample).at("14:20", DAY)


def test_a_run_without_its_copy_is_counted_and_a_damaged_line_tells_nothing(
    own_sample: Path,
) -> None:
    with editor(own_sample, Clock()) as document:
        document.do("One", says("One"))
        document.do("Two", says("Two"))
    folder = next(iter(backups.folders_at(recent_sessions.state_folder(), own_sample)))
    [run] = journal.runs(folder)
    whole = run.read_bytes()
    run.write_bytes(whole.replace(b"One", b"0ne", 1))
    assert labels(log_of(own_sample))[:1] == ["Opened"]
    run.write_bytes(whole.replace(b'"at":"2026-12-10T', b'"at":"nonsense-', 1))
    assert log_of(own_sample).changes == ()
    run.write_bytes(whole)
    for copy in backups.backups(folder):
        copy.unlink()
    assert log_of(own_sample) == SessionLog((), 1)


def test_a_session_that_was_never_opened_or_is_not_there_has_no_log(own_sample: Path) -> None:
    assert log_of(own_sample) == SessionLog()
    assert log_of(own_sample.with_name("gone.toml")) == SessionLog()


def test_it_goes_along_when_the_file_is_moved_and_outlives_one_that_cannot_be_read(
    own_sample: Path,
) -> None:
    with editor(own_sample, Clock()) as document:
        document.do("Before", says("Before"))
    moved = own_sample.with_name("moved.toml")
    own_sample.rename(moved)
    assert "Before" in labels(log_of(moved))
    with editor(moved, Clock()) as document:
        document.do("After", says("After"))
    assert labels(log_of(moved)) == ["Opened", "Before", "Opened", "After"]
    moved.write_bytes(b"\xff")
    assert "After" in labels(log_of(moved))


# Back to then, and one record of then.


def test_taking_back_is_one_change_that_leaves_the_time_spent(own_sample: Path) -> None:
    then = store.read_session(own_sample)
    now = add_minutes(says("Now", 2)(says("Now")(then)), "record", 5)
    assert len(back_to(now, then)) == 2
    back = taken_back(now, then)
    assert replace(back, clock=then.clock) == then
    assert back.clock == now.clock
    assert taken_back(back, then) == back


def test_one_record_comes_back_and_nothing_else(own_sample: Path) -> None:
    then = store.read_session(own_sample)
    gone, other = then.in_order[0], then.in_order[1]
    now = remove_activity(unconfirm(then, other.id), gone.id)
    back = copied_back(now, then, "activities", gone.id)
    assert back.in_order[0] == gone
    assert not back.activity_by_id[other.id].confirmed
    assert copied_back(back, then, "activities", other.id).activities == then.activities
    assert copied_back(then, then, "activities", gone.id) == then
    with pytest.raises(EditError, match="not there then"):
        copied_back(then, now, "activities", gone.id)


def test_a_record_that_was_moved_stands_where_it_stood(own_sample: Path) -> None:
    then = store.read_session(own_sample)
    first, second, *others = then.roles
    now = replace(then, roles=(second, first, *others))
    assert copied_back(now, then, "roles", first.code) == then
    assert copied_back(now, then, "roles", second.code) == then


def test_a_record_whose_stage_is_gone_has_no_place(own_sample: Path) -> None:
    then = store.read_session(own_sample)
    stage = then.stages[0].id
    now = replace(
        then,
        stages=then.stages[1:],
        activities=tuple(one for one in then.activities if one.stage != stage),
    )
    with pytest.raises(EditError, match="its stage"):
        copied_back(now, then, "activities", then.in_order[0].id)
    back = copied_back(now, then, "stages", stage)
    assert copied_back(back, then, "activities", then.in_order[0].id).by_stage[stage]
