"""How many small faults, put into the code at random, does the suite find?

``.venv/bin/python -m benchmarks.mutation [PART ...] [--number 60] [--seed 1]``. A fault
is an operator turned round, a condition negated, a number off by one, or nothing returned.
The same seed gives the same faults. Each is tried against the tests of its part alone; what none of
them finds is printed with its place. Files are changed and restored: a clean checkout is needed.
"""

import argparse
import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[1]
PARTS = {
    "merge": (("model/store/merge.py",),
              ("tests/store/test_merge.py", "tests/sim/test_machine.py")),
    "journal": (("model/store/journal.py",), ("tests/store/test_journal.py", "tests/services")),
    "store": (
        ("model/store/store.py", "model/store/versions.py", "model/store/atomic_write.py"),
        ("tests/store/test_session_file.py", "tests/store", "tests/services/test_versions.py"),
    ),
    "line": (("model/line/parse.py", "model/line/grammar.py"), ("tests/line",)),
    "import": (("model/workbook/import_/record_rows.py", "model/workbook/import_/activity_rows.py"),
               ("tests/workbook/test_import_proposals.py", "tests/workbook/test_import_bad.py")),
    "filling": (("model/workbook/template/fill.py",), ("tests/workbook/test_template_filling.py",)),
}  # fmt: skip
"""A part: the modules that are spoilt, and the tests that must find it, the quickest first."""

COMPARED = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip


def spoilt(source: str) -> Iterator[tuple[int, str]]:
    """Every fault of a module: its line, and the module with it."""
    for place, node in enumerate(ast.walk(ast.parse(source))):
        for wrong in _wrong(node):
            tree = ast.parse(source)
            there = next(one for at, one in enumerate(ast.walk(tree)) if at == place)
            for name, value in wrong.items():
                setattr(there, name, value)
            yield getattr(node, "lineno", 0), ast.unparse(ast.fix_missing_locations(tree))


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


def sample(part: str, number: int, seed: int) -> list[tuple[Path, int, str]]:
    """So many faults of a part, the same for the same seed."""
    faults = [
        (ROOT / name, line, text)
        for name in PARTS[part][0]
        for line, text in spoilt((ROOT / name).read_text("utf-8"))
    ]
    return Random(seed).sample(faults, min(number, len(faults)))  # noqa: S311


def found(path: Path, text: str, tests: tuple[str, ...]) -> bool:
    """Whether a test fails, or never ends, while a fault is there."""
    source = path.read_text("utf-8")
    path.write_text(text, "utf-8")
    try:
        for test in tests:
            words = [sys.executable, "-m", "pytest", "-q", "-x", "-m", "not night", test]
            done = subprocess.run(words, cwd=ROOT, capture_output=True, timeout=300, check=False)
            if done.returncode:
                return True
    except subprocess.TimeoutExpired:
        return True
    finally:
        path.write_text(source, "utf-8")
    return False


def main() -> int:
    """Try a sample of each part; print what nothing found, and the share that was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(PARTS))
    parser.add_argument("--number", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    for part in args.parts:
        faults = sample(part, args.number, args.seed)
        seen = 0
        for path, line, text in faults:
            if found(path, text, PARTS[part][1]):
                seen += 1
            else:
                print(f"  survived: {path.relative_to(ROOT)}:{line}", flush=True)
        print(f"{part}: {seen} of {len(faults)} found", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
