"""Known bugs put back, one at a time: does the suite find each?

``.venv/bin/python -m benchmarks.put_back [NAME ...]`` at night; a clean checkout is needed, as the
files are changed and restored. Each bug is a small substitution within one function. A function or
a text that is not found is a failure: the list must follow the code. The exit status is the number
of bugs that nothing found.
"""

import ast
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
STORE, SERVICES = "tests/store/", "tests/services/"
VERSIONS = f"{SERVICES}test_versions.py"
FILE = f"{STORE}test_session_file.py"
JOURNAL = f"{STORE}test_journal.py"
MERGE = f"{STORE}test_merge.py"
SEEDS = "tests/sim/test_sim.py"


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
        "same or self.versions.nearest(theirs)", "self.session", (FILE,)),
    Bug("evidence not asked", "model/store/store.py", "_merged",
        "if one != digest)", "if not one)", (FILE,)),
    Bug("evidence outlives its writer", "tui/services/lock_file.py", "seen_by_writer",
        "if seen[-1:] == (digest,)", "if digest in seen", (VERSIONS,)),
    Bug("nothing set aside before a removal", "model/store/store.py", "_merged",
        "any(harmful(session, merged.session))", "False", (FILE,)),
    Bug("written into an empty mount point", "model/store/store.py", "_found",
        "not in (self._device, None)", "in ()", (FILE, SEEDS)),
    Bug("what was met counts as had before it is", "model/store/store.py", "_saved",
        "met = digest_of(found), theirs",
        "met = digest_of(found), theirs; self.versions.add(*met)", (VERSIONS,)),
    Bug("five tries", "model/store/store.py", "_tried", "range(TRIES)", "range(2)", (VERSIONS,)),
    Bug("unreadable file leaves nothing whole", "model/store/store.py", "save",
        "self.keep_whole(session)", "pass", (FILE,)),
    Bug("first version forgotten", "model/store/versions.py", "add",
        "islice(self._known, 1, 1 +", "islice(self._known, 0,", (FILE,)),
    Bug("newest of two alike", "model/store/versions.py", "_nearest",
        "reversed(newest_first)", "newest_first", (FILE,)),
    Bug("other runs' later versions known", "model/store/versions.py", "grown_out_of",
        "list(known).index(digest) + 1", "None", (VERSIONS, f"{SERVICES}test_co_editing.py")),
    Bug("journal dropped with its history", "model/store/journal.py", "_lay_aside",
        "read_journal(path.read_bytes()).kept", "False", (VERSIONS,)),
    Bug("kept line offered again", "model/store/journal.py", "_still_begun",
        "entry.was == checksum(draft)", "False", (VERSIONS,)),
    Bug("no locks, one journal", "model/store/journal.py", "_is_written",
        "if locked is not None:", "if True:", (VERSIONS,)),
    Bug("append is not durable", "model/store/journal.py", "append",
        "disk.sync(self._handle)", "pass", (JOURNAL,)),
    Bug("torn line ends the run", "model/store/journal.py", "read_journal",
        "sound and torn", "False", (JOURNAL,)),
    Bug("removed and changed is removed", "model/store/merge.py", "_one",
        "if ours == base or ours is None:", "if ours == base or theirs is None:", (MERGE,)),
    Bug("half is no cut", "model/store/merge.py", "_is_cut",
        "2 * sum(there) < len(there)", "False", (MERGE, f"{SERVICES}test_co_editing.py")),
    Bug("order depends on the side", "model/store/merge.py", "records",
        "key=lambda side: side[0]", "key=lambda side: 0", (MERGE,)),
    Bug("copies take away", "model/store/merge.py", "with_all_of",
        "return apply(theirs, lacking)", "return theirs", (VERSIONS, MERGE)),
    Bug("access list lost", "model/store/atomic_write.py", "_copy_attributes",
        "if new.get(name) != value:", "if False:", (f"{STORE}test_kept_attributes.py",)),
    Bug("mounted file refused", "model/store/atomic_write.py", "_renamed",
        "error.errno not in KEEPS_ITS_PLACE", "True", (f"{STORE}test_kept_attributes.py",)),
    Bug("rename over another's change", "model/store/atomic_write.py", "_renamed",
        "!= expected:", "is False:", (FILE,)),
    Bug("mode lost", "model/store/atomic_write.py", "_copy_owner_and_mode",
        "temporary.chmod(mode)", "pass", (FILE,)),
    Bug("number of a program without an end", "tui/services/lock_file.py", "_read_note",
        "type(pid) is not int or not 0 < pid <= HIGHEST_PID", "int(pid) < 0", (VERSIONS,)),
    Bug("names of copies", "tui/services/co_editing.py", "_copy_candidates",
        "COPY_NAME.fullmatch(stem)", 'stem.startswith(" (")', (VERSIONS,)),
    Bug("journal's thread ends", "tui/terminal/worker.py", "turn",
        "except Exception as fault:", "except OSError as fault:", (VERSIONS,)),
    Bug("removal cannot be undone", "tui/services/document.py", "_take_over",
        "shared = apply(said.sent, others) if harm else said.merged",
        "shared, harm = said.merged, {}", (VERSIONS,)),
    Bug("older file at a start is not said", "tui/services/document.py", "_first",
        "if older:", "if not older:", (VERSIONS,)),
    Bug("too large is kept", "tui/services/document.py", "too_large",
        "return size > LARGEST and", "return False and", (VERSIONS,)),
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


def found(bug: Bug) -> bool:
    """Whether a test fails while the bug is there."""
    path = ROOT / bug.file
    source = path.read_text("utf-8")
    path.write_text(spoilt(source, bug), "utf-8")
    try:
        words = [sys.executable, "-m", "pytest", "-q", "-x", "-m", "not night", *bug.tests]
        try:
            done = subprocess.run(words, cwd=ROOT, capture_output=True, timeout=900, check=False)
        except subprocess.TimeoutExpired:
            return True
    finally:
        path.write_text(source, "utf-8")
    # 1 is a test that failed; anything else says nothing of the bug.
    return done.returncode == 1


def main(names: list[str]) -> int:
    """Put back those that are named, or all; print what became of each."""
    dirty = subprocess.run(
        ["git", "status", "--porcelain", "model", "tui", "tests"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    if dirty.stdout:
        print("Commit first: the files are changed and restored.")
        return 1
    wanted = [bug for bug in BUGS if not names or bug.name in names]
    missed = 0
    for bug in wanted:
        try:
            seen = found(bug)
        except MissingAnchorError as missing:
            print(missing)
            seen = False
        missed += not seen
        print(f"{'found ' if seen else 'MISSED'}  {bug.name}", flush=True)
    print(f"{len(wanted) - missed} of {len(wanted)} found")
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
