"""Known bugs put back, one at a time: does the suite find each?

``.venv/bin/python -m benchmarks.put_back [NAME ...]`` at night; ``--places`` only looks whether
each finds its place. Each bug is a small substitution within one function, in a copy of the
checkout. A function, a text or a test that is not found is a failure: the list must follow the
code. The exit status is the number of bugs that nothing found.
"""

import ast
import sys
import time
from dataclasses import dataclass

from benchmarks.spoilt_copy import ENDLESS, FAILED, ROOT, copied

PLACES = "--places"

ENOUGH_SECONDS = 90
"""Seconds after which the tests of a bug have found that something never ends."""

STORE, SERVICES, BOOK = "tests/store/test_", "tests/services/test_", "tests/workbook/test_"
VERSIONS, FILE = f"{SERVICES}versions.py", f"{STORE}session_file.py"
JOURNAL, MERGE = f"{STORE}journal.py", f"{STORE}merge.py"
ATTRIBUTES = f"{STORE}kept_attributes.py"
PROPOSALS, CORNERS = f"{BOOK}import_proposals.py", f"{BOOK}template_corners.py"
COMPARED, ROWS = "model/workbook/import_/compare_copy.py", "model/workbook/import_/copied_rows.py"
BESIDE = "model/workbook/template/workbook_parts.py"
SHEET, FILL = "model/workbook/template/sheet_xml.py", "model/workbook/template/fill.py"
PHRASES = ("tests/line/test_phrases.py",)


def _of(file: str, *names: str) -> tuple[str, ...]:
    """Some tests of a file."""
    return tuple(f"{file}::test_{name}" for name in names)


@dataclass(frozen=True)
class Bug:
    """One bug: the function that had it, the text and what stood there, and where it is found."""

    name: str
    file: str
    function: str
    right: str
    wrong: str
    tests: tuple[str, ...]


BUGS = (
    Bug("older version believed", "model/store/store.py", "_merged",
        "same or self.versions.nearest(theirs)", "self.session",
        _of(FILE, "an_older_version_put_in_its_place_removes_nothing")),
    Bug("evidence not asked", "model/store/store.py", "_merged",
        "if one != digest)", "if not one)",
        _of(FILE, "what_another_takes_away_who_saw_it_is_taken_away")),
    Bug("evidence outlives its writer", "tui/services/lock_file.py", "seen_by_writer",
        "if seen[-1:] == (digest,)", "if digest in seen",
        _of(VERSIONS, "a_note_is_evidence_only_for_what_its_writer_wrote_last")),
    Bug("nothing set aside before a removal", "model/store/store.py", "_merged",
        "any(harmful(session, joined))", "False",
        _of(FILE, "one_record_removed_from_the_file_as_it_is_now_is_removed")),
    Bug("written into an empty mount point", "model/store/store.py", "_found",
        "not in (self._device, None)", "in ()",
        _of(FILE, "a_folder_that_is_another_disk_is_not_written_until_the_share_is_back")),
    Bug("what was met counts as had before it is", "model/store/store.py", "_saved",
        "met = digest_of(found), theirs",
        "met = digest_of(found), theirs; self.versions.add(*met)",
        _of(FILE, "what_others_write_again_and_again_while_we_save_is_all_kept")),
    Bug("five tries", "model/store/store.py", "save", "range(TRIES)", "range(5)",
        _of(FILE, "what_others_write_again_and_again_while_we_save_is_all_kept")),
    Bug("unreadable file leaves nothing whole", "model/store/store.py", "save",
        "except Exception:\n            self.keep_whole(session)",
        "except Exception:\n            pass",
        _of(FILE, "what_the_file_does_not_take_lies_whole_in_the_state_folder")),
    Bug("first version forgotten", "model/store/store.py", "add",
        "islice(self._known, 1, 1 +", "islice(self._known, 0,",
        _of(FILE, "the_versions_that_are_known_are_bounded_and_the_first_stays")),
    Bug("newest of two alike", "model/store/versions.py", "nearest",
        "reversed(newest_first)", "newest_first",
        _of(FILE, "of_two_versions_that_differ_as_little_the_older_is_believed")),
    Bug("other runs' later versions known", "model/store/versions.py", "grown_out_of",
        "list(known).index(_in(known, digest, session)) + 1", "None",
        (f"{STORE}known_versions.py",)),
    Bug("what cannot be written is put back", "model/store/versions.py", "put_back",
        "if holds_together(merged):", "if True:",
        _of(f"{STORE}known_versions.py",
            "what_stands_on_an_entry_that_cannot_be_read_is_not_put_back")),
    Bug("only what the file never took is put back", "model/store/versions.py", "put_back",
        "if holds_together(merged):", "if False:",
        _of(f"{STORE}known_versions.py", "an_older_file_has_put_back_what_it_had_taken_as_well")),
    Bug("journal dropped with its history", "model/store/journal.py", "_lay_aside",
        "lines.kept or len(lines.versions) > 1", "False",
        _of(VERSIONS, "a_run_is_rebuilt_from_the_state_folder_alone")),
    Bug("a run of others' changes forgotten", "model/store/journal.py", "_lay_aside",
        " or len(lines.versions) > 1", "",
        _of("tests/sim/test_machine.py", "what_others_added_in_an_earlier_run_is_known_again")),
    Bug("undo of another's removal swallowed", "tui/services/writers.py", "_save",
        "taken is not self._merged and ", "",
        _of("tests/sim/test_machine.py",
            "one_undo_brings_back_what_another_removed_however_soon_it_is_pressed")),
    Bug("kept line offered again", "model/store/journal.py", "_take_over",
        "entry.was == checksum(draft)", "False",
        _of(VERSIONS, "a_line_that_was_kept_is_not_offered_again")),
    Bug("no locks, one journal", "model/store/journal.py", "_is_written",
        "if locked is not None:", "if True:",
        _of(VERSIONS, "without_file_locks_each_program_has_a_journal_of_its_own")),
    Bug("several journals in another order", "model/store/journal.py", "__init__",
        "key=lambda one: one.stat().st_mtime_ns", "key=lambda one: one.name",
        _of(JOURNAL, "what_several_programs_left_is_put_back_in_the_order_in_which_they_wrote")),
    Bug("append is not durable", "model/store/journal.py", "_put",
        "disk.sync(self._handle)", "pass",
        _of(JOURNAL, "an_entry_is_synced_before_append_returns")),
    Bug("torn line ends the run", "model/store/journal.py", "read_journal",
        "sound and torn", "False",
        _of(JOURNAL, "a_line_torn_at_any_byte_is_passed_over_and_written_over")),
    Bug("removed and changed is removed", "model/store/merge.py", "_one",
        "if ours == base or ours is None:", "if ours == base or theirs is None:",
        _of(MERGE, "what_is_changed_is_not_taken_away")),
    Bug("most gone is no cut", "model/store/merge.py", "merge_file",
        "2 * sum(map(len, gone)) <= sum(map(len, held))", "True",
        _of(MERGE, "a_file_that_lost_most_takes_nothing_away_until_somebody_says_so")),
    Bug("exactly half gone is a cut", "model/store/merge.py", "merge_file",
        "2 * sum(map(len, gone)) <= sum", "2 * sum(map(len, gone)) < sum",
        _of(MERGE, "a_file_is_cut_short_where_more_than_half_of_its_records_are_gone")),
    Bug("order depends on the side", "model/store/merge.py", "records",
        "key=lambda side: side[0]", "key=lambda side: 0",
        _of(MERGE, "what_both_moved_comes_to_one_order_whichever_side_is_ours")),
    Bug("copies take away", "model/store/merge.py", "with_all_of",
        "return apply(theirs, lacking)", "return theirs",
        _of(MERGE, "a_file_that_lost_most_takes_nothing_away_until_somebody_says_so")),
    Bug("one role in two letters", "model/store/merge.py", "_lettered",
        "if not isinstance(merged, Activity):", "if True:", (f"{STORE}merge_pointers.py",)),
    Bug("what is pointed at is taken away", "model/store/merge.py", "still_named",
        "if not gone:", "if True:", (f"{STORE}merge_pointers.py",)),
    Bug("access list lost", "model/store/session_file.py", "_copy_attributes",
        "if new.get(name) != value:", "if False:", (ATTRIBUTES,)),
    Bug("mounted file refused", "model/store/session_file.py", "_renamed",
        "error.errno not in KEEPS_ITS_PLACE", "True", (ATTRIBUTES,)),
    Bug("rename over another's change", "model/store/session_file.py", "_renamed",
        "!= expected:", "is False:", _of(FILE, "a_change_while_we_write_is_not_overwritten")),
    Bug("mode lost", "model/store/session_file.py", "_copy_owner_and_mode",
        "temporary.chmod(mode)", "pass", _of(FILE, "the_mode_is_kept")),
    Bug("number of a program without an end", "tui/services/lock_file.py", "_read_note",
        "type(pid) is not int or not 0 < pid <= HIGHEST_PID", "int(pid) < 0",
        _of(f"{SERVICES}co_editing.py",
            "a_note_that_says_nothing_still_says_that_somebody_is_there")),
    Bug("names of copies", "tui/services/co_editing.py", "_copy_candidates",
        "COPY_NAME.fullmatch(stem)", 'stem.startswith(" (")',
        _of(VERSIONS, "the_names_that_sync_programs_give_are_known")),
    Bug("older failed save before a newer one", "tui/services/writers.py", "_save",
        "jobs[-1] if jobs else self._unsaved", "self._unsaved or jobs[-1]",
        (f"{SERVICES}file_writer.py",)),
    Bug("older version over ours is not noticed", "tui/services/file_watcher.py", "_look",
        "return found != known or ", "return ", (f"{SERVICES}file_watcher.py",)),
    Bug("journal's thread ends", "tui/terminal/worker.py", "turn",
        "except Exception as fault:", "except OSError as fault:",
        _of(VERSIONS, "what_the_journal_cannot_write_down_is_said_and_kept_later")),
    Bug("a look while one leaves is a lack", "tui/services/document.py", "look",
        "if not self._left:", "if True:",
        _of(f"{SERVICES}saving.py",
            "a_look_that_comes_while_one_leaves_says_nothing_of_the_file")),
    Bug("removal cannot be undone", "tui/services/document.py", "_take_over",
        "shared = apply(written.sent, others) if harm else written.merged",
        "shared, harm = written.merged, {}",
        _of(VERSIONS, "one_removed_by_another_program_is_said_and_u_brings_it_back")),
    Bug("older file at a start is not said", "tui/services/document.py", "_first",
        "if older:", "if not older:",
        _of(VERSIONS, "a_file_that_was_put_back_while_closed_is_said_and_one_key_brings_the_rest")),
    Bug("too large is kept", "tui/services/document.py", "too_large",
        "return size > LARGEST and", "return False and",
        _of(VERSIONS, "what_would_not_fit_into_the_file_is_refused_before_it_is_made")),
    Bug("git's side that cannot be read is lost", "tui/cli/merge.py", "_both_whole",
        "theirs.rstrip(b\"\\n\"),", "ours,", ("tests/cli/test_merge_command.py",)),
    Bug("another's row by its ref", ROWS, "_by_ref",
        'or cell_as_line(row.cells.get("id")) not in ("", cell_as_line(found.id))', "",
        (PROPOSALS,)),
    Bug("another's row by its likeness", ROWS, "_by_likeness",
        'if not said or cell_as_line(row.cells.get("id")):', "if not said:", (PROPOSALS,)),
    Bug("same words in another stage", ROWS, "_by_words",
        "(here or found)[0]", "found[0]", (PROPOSALS,)),
    Bug("new words in another stage", "model/workbook/import_/record_rows.py", "_on_activities",
        'here if "stage" in row.cells and here else there', "there", (PROPOSALS,)),
    Bug("comment on a row of a list lost", "model/workbook/import_/record_rows.py", "_take_list",
        'draft.aside.setdefault("", [])', "[]", (f"{BOOK}import_rows.py",)),
    Bug("the same remark twice", COMPARED, "remarks",
        "if (on, fold_cell(text)) not in known:", "if True:", (PROPOSALS,)),
    Bug("page breaks one row off", SHEET, "_breaks",
        "growth.row(int(said) + 1) - 1", "growth.row(int(said))", (CORNERS,)),
    Bug("apostrophe in a sheet's name", SHEET, "_token",
        """.replace("''", "'")""", "", (CORNERS,)),
    Bug("apostrophe in the name of a sheet that is spoken of", BESIDE, "_speaking",
        """sheet.name.replace("'", "''")""", "sheet.name", (CORNERS,)),
    Bug("another's shared formula", SHEET, "formula_at",
        'other.get("si") == element.get("si") and ', "", (CORNERS,)),
    Bug("a formula shared from another place", SHEET, "formula_at",
        'other.getparent().get("r", name)', "name", (CORNERS,)),
    Bug("pivot not read anew", BESIDE, "refresh_pivots",
        'source.getroottree().getroot().set("refreshOnLoad", "1")', "pass",
        (f"{BOOK}template_kinds.py",)),
    Bug("comment below left behind", BESIDE, "_move_cells",
        'one.set("ref", growth.cells(one.get("ref")))', "pass", (f"{BOOK}template_filling.py",)),
    Bug("a run of spaces is one letter", "model/workbook/read/ods.py", "_length",
        "return spaces + sum", "return sum", (f"{BOOK}import_bad.py",)),
    Bug("a RACI left empty", FILL, "_filled",
        "if why := unfilled_roles(session, one):", "if why := '':", (f"{BOOK}template_kinds.py",)),
    Bug("a closed remark told", "model/review/checks.py", "check_pointers",
        "lost.record.status is RemarkStatus.CLOSED", "False", ("tests/review/test_checks.py",)),
    Bug("an answer twice not told", "model/review/checks.py", "_answers",
        "answers.count(answer) > 1", "answers.count(answer) > 2",
        ("tests/review/test_checks.py",)),
    Bug("a fix that changes nothing", "model/review/fixes.py", "_word",
        "if not say:", "if say is None:", ("tests/review/test_fixes.py",)),
    Bug("actions under way left out", "model/actions/plan.py", "live",
        "action.status in LIVE", "action.status is LIVE[0]", ("tests/actions/test_next_steps.py",)),
    Bug("actions under way never overdue", "model/review/second_session.py", "overdue",
        "action.status in LIVE", "action.status is LIVE[0]", ("tests/compare/test_carry_over.py",)),
    Bug("somebody called by an id", "model/records/uses.py", "no_id",
        "GONE if is_id(words) else words", "words", ("tests/documents/test_nobody_is_an_id.py",)),
    Bug("words of its own, and yet it adds", "model/line/parse.py", "parse",
        "if not kinds or note.text else way", "if not kinds else way", PHRASES),
    Bug("an amount is a decision", "model/line/grammar.py", "_is_limit",
        'if not AMOUNT.match(value.removeprefix("=")):', "if True:", PHRASES),
    Bug("bold words are an issue", "model/line/grammar.py", "_is_bold",
        'if word.rstrip(_ENDS).endswith("*"):', "if False:", PHRASES),
    Bug("any word is a role", "model/line/grammar.py", "_no_role",
        "if not names:", "if True:", PHRASES),
)  # fmt: skip
"""The bugs that were, in the words of CHANGELOG and of the tests that came with the mending."""


class MissingAnchorError(Exception):
    """A function, or the text in it, that a bug is to be put back into and that is not there."""


def spoilt(source: str, bug: Bug) -> str:
    """A module with the bug in it. Raises `MissingAnchorError`."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    lines = source.splitlines(keepends=True)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, kinds) and node.name == bug.function:
            start, end = node.lineno - 1, node.end_lineno
            body = "".join(lines[start:end])
            if body.count(bug.right) == 1:
                before, after = "".join(lines[:start]), "".join(lines[end:])
                return before + body.replace(bug.right, bug.wrong) + after
    raise MissingAnchorError(f"{bug.name}: {bug.function} of {bug.file} has not {bug.right!r} once")


def fits(bug: Bug) -> str:
    """What is wrong with a bug's place or with its tests; empty where the list follows the code."""
    try:
        compile(spoilt((ROOT / bug.file).read_text("utf-8"), bug), bug.file, "exec")
    except (MissingAnchorError, OSError, SyntaxError) as wrong:
        return str(wrong)
    for test in bug.tests:
        file, _, name = test.partition("::")
        path = ROOT / file
        if not path.exists() or (name and f"def {name}(" not in path.read_text("utf-8")):
            return f"{bug.name}: there is no test {test}"
    return "" if bug.tests else f"{bug.name}: no test is named"


def main(names: list[str]) -> int:
    """Put back those that are named, or all; print what became of each."""
    wanted = [bug for bug in BUGS if bug.name in names or not {*names} - {PLACES}]
    misfits = list(filter(None, map(fits, wanted)))
    print("\n".join(misfits or [f"{len(wanted)} places found"]), flush=True)
    if misfits or PLACES in names:
        return len(misfits)
    missed = 0
    with copied() as copy:
        tests = sorted({test for bug in wanted for test in bug.tests})
        if copy.tried(tests):
            print(f"The tests fail without any bug:\n{copy.said}")
            return 1
        copy.seconds = ENOUGH_SECONDS
        for bug in wanted:
            start = time.monotonic()
            wrong = spoilt((copy.root / bug.file).read_text("utf-8"), bug)
            ended = copy.tried(bug.tests, bug.file, wrong)
            # Anything but a test that failed, or never ended, says nothing of the bug.
            seen = ended in (FAILED, ENDLESS)
            missed += not seen
            said = "found " if seen else "MISSED"
            print(f"{said} {time.monotonic() - start:5.1f} s  {bug.name}", flush=True)
    print(f"{len(wanted) - missed} of {len(wanted)} found")
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
