"""README and guide, typed into a shell block by block, as somebody would who reads them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.nightly import rest_at_night
from tests.told import GUIDE, README, REPOSITORY, blocks

MORE = [GUIDE.with_name(name) for name in ("commands.md",)]
"""Pages beside README and guide whose blocks are typed."""

SHIM = """#!{python}
import json, os, subprocess, sys

here = os.getcwd()
sys.path.insert(0, {root!r})
words = sys.argv[1:]


def in_a_terminal():
    # The editor and the room's view: ctrl+q leaves them, once there is something to see.
    from tests.faults.pty_driver import Terminal

    run = (
        "import os, sys; sys.path.insert(0, {root!r}); os.chdir(" + repr(here) + ");"
        "from offwall.tui.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    terminal = Terminal(*words, program=run)
    terminal.wait_for("Help")
    terminal.send(b"\\x11")
    terminal.wait_for(lambda: terminal.process.poll() is not None)
    return terminal.process.returncode


def plainly():
    command = [sys.executable, "-m", "offwall", *words]
    paths = {{**os.environ, "PYTHONPATH": {root!r}}}
    return subprocess.run(command, check=False, env=paths).returncode


first = words[0] if words else "demo"
screen = first in ("demo", "show") or first.startswith("-") or first.endswith(".toml")
status = in_a_terminal() if screen else plainly()
with open({log!r}, "a") as log:
    print(json.dumps([words, status]), file=log)
sys.exit(status)
"""


def _typed(page: Path) -> list[str]:
    """The page's blocks for a shell; what installs is tried by the gate."""
    found = [
        "\n".join(line.removeprefix("$ ") for line in block.text.splitlines())
        for block in blocks(page)
        if block.language in ("sh", "console")
    ]
    return [text.replace(".venv/bin/", "") for text in found if "-m venv" not in text]


def _run(page: Path, folder: Path) -> list[tuple[list[str], int]]:
    """Type all blocks of a page in a folder; each command and the status that it ended with."""
    log = folder.parent / "log"
    shim = folder.parent / "bin" / "offwall"
    shim.parent.mkdir()
    shim.write_text(SHIM.format(python=sys.executable, root=str(REPOSITORY), log=str(log)))
    shim.chmod(0o755)
    paths = {**os.environ, "PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}"}
    for text in _typed(page):
        subprocess.run(["bash", "-c", text], cwd=folder, env=paths, check=False, timeout=300)
    return [tuple(json.loads(line)) for line in log.read_text("utf-8").splitlines()]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="there is no pseudo-terminal")
@pytest.mark.parametrize(
    "page", rest_at_night([README, GUIDE, *MORE], gate=(README, GUIDE)), ids=lambda page: page.stem
)
def test_every_block_does_what_it_says_from_first_to_last(
    page: Path, tmp_path: Path, own_sample: Path
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    if page != GUIDE:
        # Between its blocks a page says which file it then works on.
        own_sample.rename(folder / "contract-management.toml")
        (folder / "s.toml").write_bytes((folder / "contract-management.toml").read_bytes())
    done = _run(page, folder)
    assert len(done) == sum(text.count("offwall ") for text in _typed(page) if "git" not in text)
    # A check may find errors, and a merge conflicts; what is wrongly typed would be a 2.
    assert [(words, status) for words, status in done if status not in (0, 1)] == []
    assert all(
        status == 0 for words, status in done if words[0] not in ("check", "merge", "import")
    )
    if page == GUIDE:
        names = {path.name for path in folder.iterdir()}
        assert {"contract.xlsx", "contract-brief.docx", "feedback.md", "dates.ics"} <= names
        assert {"contract.svg", "both.toml", "councils.xlsx", "councils-issues.parquet"} <= names
