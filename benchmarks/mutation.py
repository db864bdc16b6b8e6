"""How many small faults, put into the code at random, does the suite find?

``.venv/bin/python -m benchmarks.mutation [PART ...] [--number 60] [--seed 1]``. A fault
is an operator turned round, a condition negated, a number off by one, or nothing returned.
The same seed gives the same faults. Each is tried, in a copy of the checkout, against the tests of
its part alone; what none of them finds is printed with its place.
"""

import argparse
import ast
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from benchmarks.spoilt_copy import Copy, copied

KEPT = tuple(
    f"tests/services/test_versions.py::test_{name}"
    for name in (
        "what_the_file_took_without_a_mark_of_it_is_no_others",
        "a_line_that_was_kept_is_not_offered_again",
        "of_several_lines_only_the_kept_one_ends",
        "without_file_locks_each_program_has_a_journal_of_its_own",
        "the_versions_of_earlier_runs_are_known_again",
        "a_file_that_was_put_back_while_closed_is_said_and_one_key_brings_the_rest",
        "a_run_is_rebuilt_from_the_state_folder_alone",
        "the_runs_are_bounded",
    )
)
"""What shows that the disk's layers hold together, without a screen."""

IMPORT, TEMPLATE = "model/workbook/import_/", "model/workbook/template/"
PARTS = {
    "merge": (
        ("model/store/merge.py",),
        ("tests/store/test_merge.py", "tests/store/test_merge_pointers.py",
         "tests/store/test_rebase.py", "tests/sim/test_machine.py"),
    ),
    "journal": (
        ("model/store/journal.py",),
        ("tests/store/test_journal.py", "tests/store/test_known_versions.py", *KEPT,
         "tests/sim/test_sim.py"),
    ),
    "store": (
        ("model/store/store.py", "model/store/versions.py", "model/store/session_file.py"),
        ("tests/store/test_session_file.py", "tests/store/test_atomic_write.py",
         "tests/store/test_comment_preserving.py",
         "tests/store/test_kept_attributes.py", "tests/store/test_known_versions.py",
         "tests/store/test_rebase.py", *KEPT, "tests/sim/test_sim.py"),
    ),
    "line": (
        ("model/line/parse.py", "model/line/grammar.py"),
        ("tests/line",),
    ),
    "import": (
        (f"{IMPORT}record_rows.py", f"{IMPORT}copied_rows.py"),
        ("tests/workbook/test_import_rows.py", "tests/workbook/test_import_proposals.py",
         "tests/workbook/test_import_bad.py"),
    ),
    "filling": (
        (f"{TEMPLATE}fill.py", f"{TEMPLATE}sheet_xml.py"),
        ("tests/workbook/test_template_filling.py", "tests/workbook/test_template_corners.py",
         "tests/workbook/test_template_refused.py", "tests/workbook/test_template_kinds.py"),
    ),
}  # fmt: skip
"""A part: the modules that are spoilt, and the tests that must find it, the quickest first."""

COMPARED = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """One fault: where it is, what stood there and stands there now, and the module with it."""

    file: str
    line: int
    said: str
    text: str


def places(root: Path, file: str) -> list[tuple[str, int, int]]:
    """Every fault that a module may have: its file, and which node it is of, and which of those."""
    tree = ast.parse((root / file).read_text("utf-8"))
    return [
        (file, place, which)
        for place, node in enumerate(ast.walk(tree))
        for which, _ in enumerate(_wrong(node))
    ]


def spoilt(root: Path, file: str, place: int, which: int) -> Fault:
    """A module with one fault."""
    tree = ast.parse((root / file).read_text("utf-8"))
    node = next(islice(ast.walk(tree), place, None))
    was = _shown(node)
    for name, value in list(_wrong(node))[which].items():
        setattr(node, name, value)
    text = ast.unparse(ast.fix_missing_locations(tree))
    return Fault(file, getattr(node, "lineno", 0), f"{was} -> {_shown(node)}", text)


def _shown(node: ast.AST) -> str:
    """A node in one short line; of a statement with a body its condition alone."""
    shown = node.test if isinstance(node, ast.If | ast.While) else node
    return " ".join(ast.unparse(shown).split())[:80]


def _wrong(node: ast.AST) -> Iterator[dict[str, object]]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
        yield {"ops": [COMPARED[type(node.ops[0])](), *node.ops[1:]]}
    elif isinstance(node, ast.BoolOp):
        yield {"op": ast.Or() if isinstance(node.op, ast.And) else ast.And()}
    elif isinstance(node, ast.If | ast.While | ast.IfExp):
        yield {"test": ast.UnaryOp(ast.Not(), node.test)}
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield {"value": node.value + 1}
    elif isinstance(node, ast.Return) and node.value is not None:
        yield {"value": ast.Constant(None)}
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        yield {"op": ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()}


def sample(root: Path, part: str, number: int, seed: int) -> list[Fault]:
    """So many faults of a part, the same for the same seed."""
    known = [place for file in PARTS[part][0] for place in places(root, file)]
    drawn = Random(seed).sample(known, min(number, len(known)))  # noqa: S311
    faults = [spoilt(root, *place) for place in drawn]
    # A ``return None`` that returns nothing is no fault.
    return [fault for fault in faults if fault.said != "return None -> return None"]


def main() -> int:
    """Try a sample of each part; print what nothing found, and the share that was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(PARTS))
    parser.add_argument("--number", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with copied() as copy:
        for part in args.parts:
            print(_tried(copy, part, args.number, args.seed), flush=True)
    return 0


def _tried(copy: Copy, part: str, number: int, seed: int) -> str:
    """Try the faults of a part, print those that survived; the sentence of how many did not."""
    begun = time.monotonic()
    faults, tests = sample(copy.root, part, number, seed), PARTS[part][1]
    copy.seconds = 900
    if copy.tried(tests):
        return f"{part}: the tests fail without any fault\n{copy.said}"
    copy.seconds = 30 + 3 * (time.monotonic() - begun)
    seen = 0
    for fault in faults:
        if copy.tried(tests, fault.file, fault.text):
            seen += 1
        else:
            print(f"  survived: {fault.file}:{fault.line} {fault.said}", flush=True)
    minutes = (time.monotonic() - begun) / 60
    return f"{part}: {seen} of {len(faults)} found ({minutes:.0f} minutes)"


if __name__ == "__main__":
    sys.exit(main())
