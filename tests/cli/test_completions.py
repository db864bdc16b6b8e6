"""The completions that offwall prints, asked as the shells ask them."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from offwall.tui.cli.parser import COMMANDS

ASK = """
source <(cat)
complete -p offwall >&2
for asked in "$@"; do
    read -ra COMP_WORDS <<<"$asked"
    [[ $asked == *" " ]] && COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMP_LINE=$asked
    _shtab_offwall
    echo "${COMPREPLY[@]}"
done
"""


def _bash(script: str, folder: Path, *asked: str) -> dict[str, set[str]]:
    """What bash offers behind each of these lines."""
    said = subprocess.run(
        ["bash", "-c", ASK, "ask", *asked],
        input=script,
        capture_output=True,
        text=True,
        cwd=folder,
        check=True,
    )
    # Where nothing is offered, bash itself offers files, such as a session to open.
    assert "-o default" in said.stderr
    lines = said.stdout.splitlines()
    return {line: set(offered.split()) for line, offered in zip(asked, lines, strict=True)}


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_offers_commands_options_choices_and_files(offwall: Any, tmp_path: Path) -> None:
    (tmp_path / "council.toml").touch()
    wanted = {
        "offwall ": set(COMMANDS),
        "offwall ex": {"export"},
        "offwall cou": set(),
        "offwall export cou": {"council.toml"},
        "offwall gather c": {"council.toml"},
        "offwall list --un": {"--unfinished"},
        "offwall map --lanes ": {"roles", "wall"},
        "offwall export -o cou": {"council.toml"},
    }
    assert _bash(offwall("completions", "bash").out, tmp_path, *wanted) == wanted


@pytest.mark.parametrize("shell", ["zsh", "tcsh"])
def test_other_shells_hear_of_every_command(offwall: Any, shell: str) -> None:
    said = offwall("completions", shell)
    assert (said.status, said.err) == (0, "")
    assert not [command for command in COMMANDS if command not in said.out]


def test_another_shell_is_refused_in_one_line(offwall: Any) -> None:
    said = offwall("completions", "fish")
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert "bash, zsh, tcsh" in said.err.replace("'", "")
