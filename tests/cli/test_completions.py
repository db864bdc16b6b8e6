"""The completions that offwall prints, asked as the shells ask them."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tui.cli.parser import COMMANDS

ASK = """
source <(cat)
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
COMP_LINE="$*"
_shtab_offwall
printf '%s\\n' "${COMPREPLY[@]}"
complete -p offwall >&2
"""


def _bash(script: str, folder: Path, *words: str) -> set[str]:
    """What bash offers for the last word."""
    said = subprocess.run(
        ["bash", "-c", ASK, "ask", *words],
        input=script,
        capture_output=True,
        text=True,
        cwd=folder,
        check=True,
    )
    # Where nothing is offered, bash itself offers files, such as a session to open.
    assert "-o default" in said.stderr
    return set(said.stdout.split())


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_offers_commands_options_choices_and_files(offwall: Any, tmp_path: Path) -> None:
    script = offwall("completions", "bash").out
    (tmp_path / "council.toml").touch()
    assert _bash(script, tmp_path, "offwall", "") == set(COMMANDS)
    assert _bash(script, tmp_path, "offwall", "ex") == {"export"}
    assert _bash(script, tmp_path, "offwall", "cou") == set()
    assert _bash(script, tmp_path, "offwall", "export", "cou") == {"council.toml"}
    assert _bash(script, tmp_path, "offwall", "gather", "c") == {"council.toml"}
    assert _bash(script, tmp_path, "offwall", "list", "--un") == {"--unfinished"}
    assert _bash(script, tmp_path, "offwall", "map", "--lanes", "") == {"roles", "wall"}
    assert _bash(script, tmp_path, "offwall", "export", "-o", "cou") == {"council.toml"}


@pytest.mark.parametrize("shell", ["zsh", "tcsh"])
def test_other_shells_hear_of_every_command(offwall: Any, shell: str) -> None:
    said = offwall("completions", shell)
    assert (said.status, said.err) == (0, "")
    assert not [command for command in COMMANDS if command not in said.out]


def test_another_shell_is_refused_in_one_line(offwall: Any) -> None:
    said = offwall("completions", "fish")
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert "bash, zsh, tcsh" in said.err.replace("'", "")
