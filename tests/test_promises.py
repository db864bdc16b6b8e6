"""docs/promises.md names tests that there are."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"`(tests/[\w/]+(?:\.py|/))(?:::(\w+))?`")


def test_every_promise_names_a_test_that_there_is() -> None:
    text = (ROOT / "docs" / "promises.md").read_text("utf-8")
    promised, _, _ = text.partition("## What is not promised")
    rows = [line for line in promised.splitlines() if re.match(r"\| [^-W]", line)]
    assert len(rows) > 20
    for row in rows:
        named = NAMED.findall(row)
        assert named, f"nothing shows it: {row}"
        for file, test in named:
            path = ROOT / file
            assert path.exists(), row
            if test:
                made = {
                    node.name
                    for node in ast.walk(ast.parse(path.read_text("utf-8")))
                    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
                }
                assert test in made, row
