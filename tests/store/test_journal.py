"""The journal: what was appended comes back once, whatever the disk and the power did to it."""

import os
import stat
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offwall.model.records.changes import RECORD, Change, diff
from offwall.model.records.fields import Table
from offwall.model.records.session import Activity, Route, Session, Stage, Treatment, Workshop
from offwall.model.store import backups, disk, journal
from offwall.model.store.journal import (
    DamagedEntryError,
    Journal,
    JournalEntry,
    UnreadableEntryError,
    decode,
    encode,
)
from offwall.model.store.versions import replay
from tests.strategies import EXAMPLES, HOSTILE, sessions

WALL = Session(
    stages=(Stage("S1", "Begin"), Stage("S2", "End")),
    activities=tuple(Activity(f"a-{n}", "S1", f"Text {n}") for n in range(5)),
)


def renamed(session: Session, place: int, text: str) -> Session:
    activities = list(session.activities)
    activities[place] = replace(activities[place], text=text)
    return replace(session, activities=tuple(activities))


def steps() -> list[Session]:
    """A session, and what it was after each of some changes."""
    added = replace(WALL, activities=(*WALL.activities, Activity("a-9", "S2", "New")))
    moved = replace(added, activities=(*added.activities[2:], *added.activities[:2]))
    gone = replace(moved, activities=moved.activities[1:])
    return [WALL, *(renamed(WALL, 0, text) for text in HOSTILE), added, moved, gone]


def entries_of(found: list[Session]) -> list[JournalEntry]:
    return [
        JournalEntry(number, diff(old, new)) for number, (old, new) in enumerate(pairwise(found), 1)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = backups.state_folder(tmp_path, "w-1", tmp_path / "s.toml")
    backups.make_state_folder(folder, tmp_path / "s.toml")
    return folder


def filled(folder: Path) -> list[JournalEntry]:
    kept = Journal(folder)
    entries = entries_of(steps())
    for entry in entries:
        kept.append(entry)
    kept.close()
    return entries


@settings(max_examples=EXAMPLES // 5)
@given(sessions(), sessions())
def test_any_change_comes_back_from_its_line(old: Session, new: Session) -> None:
    changes = diff(old, new)
    line = encode(JournalEntry(7, changes))
    assert line.count(b"\n") == 1
    back = decode(line)
    assert back == JournalEntry(7, changes)


@settings(max_examples=EXAMPLES)
@given(st.data())
def test_a_line_that_was_altered_is_never_taken_for_one(data: st.DataObject) -> None:
    line = encode(JournalEntry(1, diff(WALL, renamed(WALL, 0, "new"))))
    place = data.draw(st.integers(0, len(line) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda byte: byte != line[place]))
    with pytest.raises(DamagedEntryError):
        decode(line[:place] + bytes([byte]) + line[place + 1 :])
    with pytest.raises(DamagedEntryError):
        decode(line[:place])


def test_what_a_session_has_beside_its_records_comes_back() -> None:
    new = replace(WALL, extra=Table.of({"b": 2, "t": {"x": 1}}), workshop=Workshop(title="Title"))
    for old, then in ((WALL, new), (new, WALL)):
        entry = JournalEntry(1, diff(old, then))
        assert decode(encode(entry)) == entry
        assert replay(old, [decode(encode(entry))]) == (then, 0)


def test_what_was_emptied_comes_back_empty() -> None:
    full = Activity(
        *("a-0", "S1", "Text"),
        consulted=("fin",),
        routes=(Route("Yes", "a-1"),),
        documents=("Form",),
        tiers=(("gold", Treatment.YES),),
        extra=Table.of({"cost": 5}),
    )
    before = replace(WALL, activities=(full, *WALL.activities[1:]))
    for name in ("consulted", "routes", "documents", "tiers", "extra"):
        empty = replace(full, **{name: getattr(Activity("", "", ""), name)})
        after = replace(before, activities=(empty, *WALL.activities[1:]))
        entry = JournalEntry(1, diff(before, after))
        assert decode(encode(entry)) == entry
        assert replay(before, [decode(encode(entry))])[0].activities[0] == empty


def test_what_no_session_can_hold_is_told_from_damage() -> None:
    line = encode(JournalEntry(1, diff(WALL, renamed(WALL, 0, "\x1b[2J"))))
    with pytest.raises(UnreadableEntryError):
        decode(line)


def test_of_a_table_that_went_nothing_is_put_back_and_the_rest_is(folder: Path) -> None:
    gone = Change("comparisons", "c-1", RECORD, None, Stage("c-1", "x"), "")
    kept = diff(WALL, renamed(WALL, 0, "New"))
    journal_here = Journal(folder)
    journal_here.append(JournalEntry(1, (gone, *kept)), JournalEntry(2, (gone,)))
    journal_here.close()
    left = Journal(folder)
    assert left.left == (JournalEntry(1, kept), JournalEntry(2, ()))
    # What lies aside is said when the session is opened.
    (aside,) = left.aside
    assert b"comparisons" in aside.read_bytes()
    assert replay(WALL, left.left) == (renamed(WALL, 0, "New"), 0)


def test_what_was_appended_is_put_back_and_twice_is_as_once(folder: Path) -> None:
    entries = filled(folder)
    left = Journal(folder).left
    assert list(left) == entries
    session, misfits = replay(WALL, left)
    assert (session, misfits) == (steps()[-1], 0)
    assert replay(session, left) == (session, 0)
    for reached in steps():
        assert replay(reached, left)[0] == steps()[-1]


def test_everything_is_private(folder: Path) -> None:
    filled(folder)
    kept = Journal(folder)
    kept.draft(b"a line")
    backups.take_backup(folder, b"x")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


@pytest.mark.slow
@pytest.mark.parametrize("tail", [b"", b"\x00" * 300])
def test_a_line_torn_at_any_byte_is_passed_over_and_written_over(folder: Path, tail: bytes) -> None:
    entries = filled(folder)
    path = folder / "journal-1.jsonl"
    whole = path.read_bytes()
    last = len(encode(entries[-1]))
    for cut in range(1, last):
        path.write_bytes(whole[:-cut] + tail)
        kept = Journal(folder)
        assert list(kept.left) == entries[:-1]
        assert kept.aside == []
        if cut % 40 == 1:
            kept.append(entries[-1])
            kept.close()
            again = Journal(folder)
            assert again.left == tuple(entries)
            again.close()
            (folder / "journal-2.jsonl").unlink()
            continue
        kept.close()


def test_a_line_altered_in_the_middle_stops_there_and_nothing_is_thrown_away(
    folder: Path,
) -> None:
    entries = filled(folder)
    path = folder / "journal-1.jsonl"
    whole = path.read_bytes()
    place = len(encode(entries[0])) + 40
    spoilt = whole[:place] + b"~" + whole[place + 1 :]
    path.write_bytes(spoilt)
    kept = Journal(folder)
    assert list(kept.left) == entries[:1]
    assert [aside.read_bytes() for aside in kept.aside] == [spoilt]
    kept.append(entries[1])
    kept.close()
    assert list(Journal(folder).left) == entries[:2]


def test_what_the_file_has_is_dropped(folder: Path) -> None:
    filled(folder)
    kept = Journal(folder)
    kept.drop()
    # What was written by then is history, and is found where it lies now.
    assert [one.name for one in kept.past] == ["kept-1.jsonl"]
    assert all(one.exists() for one in kept.past)
    kept.close()
    assert not list(folder.glob("journal-*"))
    assert Journal(folder).left == ()


def test_two_programs_write_two_journals_and_the_next_start_reads_both(folder: Path) -> None:
    first, second = Journal(folder), Journal(folder)
    assert first.path != second.path
    one, two = entries_of([WALL, renamed(WALL, 0, "One"), renamed(WALL, 0, "Two")])
    first.append(one)
    second.append(two)
    assert Journal(folder).left == ()
    first.close()
    second.close()
    third = Journal(folder)
    assert set(third.left) == {one, two}
    third.drop()
    third.close()
    assert Journal(folder).left == ()


def test_what_several_programs_left_is_put_back_in_the_order_in_which_they_wrote(
    folder: Path,
) -> None:
    states = [WALL, renamed(WALL, 0, "One"), renamed(WALL, 0, "Two"), renamed(WALL, 0, "Three")]
    entries = entries_of(states)
    kept = [Journal(folder) for _ in entries]
    for at, (one, entry) in enumerate(zip(kept, entries, strict=True)):
        one.append(entry)
        # The one that was begun first was written to last.
        os.utime(one.path, (100 - at, 100 - at))
    for one in kept:
        one.close()
    left = Journal(folder)
    assert list(left.left) == entries[::-1]
    assert left.takes_over == [one.path for one in kept[::-1]]


def test_a_disk_that_fails_leaves_whole_lines(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = entries_of([WALL, renamed(WALL, 0, "One"), renamed(WALL, 0, "Two")])
    kept = Journal(folder)
    kept.append(one)
    real = os.write

    def half(handle: int, data: bytes) -> int:
        real(handle, data[: len(data) // 2])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", half)
        with pytest.raises(OSError, match="No space"):
            kept.append(two)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", lambda handle, data: real(handle, data[:7]))
        kept.append(two)
    kept.close()
    assert Journal(folder).left == (one, two)


def test_an_entry_is_synced_before_append_returns(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Journal(folder)
    synced: list[int] = []
    monkeypatch.setattr(disk, "sync", lambda handle: synced.append(os.fstat(handle).st_size))
    entry = entries_of(steps())[0]
    kept.append(entry)
    assert synced == [len(encode(entry))]


@pytest.mark.skipif(os.name == "nt", reason="an open file cannot be removed there")
def test_a_state_folder_that_is_tidied_away_is_made_again(folder: Path) -> None:
    one, two = entries_of([WALL, renamed(WALL, 0, "One"), renamed(WALL, 0, "Two")])
    kept = Journal(folder)
    kept.append(one)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    kept.append(two)
    kept.close()
    assert Journal(folder).left == (two,)


def test_what_no_longer_fits_is_left_out_and_counted() -> None:
    lost = replace(WALL, activities=(*WALL.activities, Activity("a-9", "S2", "New")))
    entries = entries_of([WALL, lost, renamed(lost, 0, "Fits")])
    without = replace(WALL, stages=WALL.stages[:1])
    session, misfits = replay(without, entries)
    assert misfits == 1
    assert session == renamed(without, 0, "Fits")


def test_what_another_changed_since_is_kept_beside_ours() -> None:
    entries = entries_of([WALL, renamed(WALL, 0, "One"), renamed(WALL, 0, "Ours")])
    theirs = renamed(renamed(WALL, 0, "Theirs"), 1, "Theirs alone")
    session, _ = replay(theirs, entries)
    assert [each.text for each in session.activities[:2]] == ["Ours", "Theirs alone"]
    assert [(each.record, each.theirs) for each in session.clashes] == [("a-0", "Theirs")]
    assert replay(session, entries) == (session, 0)


def test_drafts_come_back(folder: Path) -> None:
    kept = Journal(folder)
    kept.draft("half a line é".encode())
    kept.close()
    kept = Journal(folder)
    assert kept.drafts == ["half a line é".encode()]
    kept.draft(b"")
    kept.close()
    assert Journal(folder).drafts == []


def test_twenty_copies_are_kept_and_none_twice(folder: Path) -> None:
    for number in range(25):
        for _ in range(2):
            backups.take_backup(folder, b"%d" % number)
    found = [path.read_bytes() for path in backups.backups(folder)]
    assert found == [b"%d" % number for number in range(5, 25)]


def test_a_folder_belongs_to_one_session_at_one_place(tmp_path: Path) -> None:
    here, there = tmp_path / "s.toml", tmp_path / "t.toml"
    here.write_text("x")
    folders = [
        backups.state_folder(tmp_path, workshop, path)
        for workshop in ("w-1", "../../up", "")
        for path in (here, there)
    ]
    assert len(set(folders)) == 6
    assert {folder.parent for folder in folders} == {tmp_path / backups.SESSIONS}
    (tmp_path / "link").symlink_to(here)
    assert backups.state_folder(tmp_path, "w-1", tmp_path / "link") == folders[0]
    backups.make_state_folder(folders[0], here)
    backups.make_state_folder(folders[1], there)
    assert backups.folders_at(tmp_path, here) == [folders[0]]
    assert backups.moved_here(tmp_path, "w-1", here) == [folders[1]]
    there.write_text("x")
    assert backups.moved_here(tmp_path, "w-1", here) == []


def test_an_empty_journal_is_read(folder: Path) -> None:
    assert journal.read_journal(b"") == journal.JournalContent((), 0, sound=True)


def test_a_journal_is_in_use_as_long_as_a_program_writes_to_it(folder: Path) -> None:
    assert not journal.in_use(folder)
    assert not journal.holds_something(folder)
    filled(folder)
    assert not journal.in_use(folder)
    assert journal.holds_something(folder)
    kept = Journal(folder)
    assert journal.in_use(folder)
    kept.close()
    assert not journal.in_use(folder)


@pytest.mark.parametrize(
    ("was", "left"), [(b"begun", [b"the rest"]), (b"another line", [b"begun"]), (b"", [b"begun"])]
)
def test_what_was_kept_ends_its_own_draft_and_no_other(
    folder: Path, was: bytes, left: list[bytes]
) -> None:
    kept = Journal(folder)
    kept.draft(b"begun")
    changes = diff(WALL, renamed(WALL, 0, "New"))
    ended = journal.checksum(was) if was else ""
    kept.append(JournalEntry(1, changes, was=ended, draft="the rest"))
    kept.close()
    assert Journal(folder).drafts == left


@pytest.mark.parametrize("taken", range(4))
def test_what_the_file_has_taken_is_marked_up_to_its_number(taken: int) -> None:
    kept = [
        JournalEntry(number, diff(WALL, renamed(WALL, 0, f"{number}"))) for number in range(1, 4)
    ]
    marks = [JournalEntry(number, (), f"{number:02}") for number in range(taken + 1)]
    found = journal.read_journal(b"".join(map(encode, [*kept, *marks])))
    assert [entry.number for entry in found.entries] == [*range(taken + 1, 4)]
    assert list(found.kept) == kept
    assert list(found.versions) == marks
    assert found.sound
