"""Makes docs/commands.md, and the manual page docs/offwall.1, from the commands' own parser.

``python -m docs.commands`` writes them; a test says when that is due.
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

from offwall.tui.cli.parser import COMMANDS, EXIT, declare, module_of

DOCS = Path(__file__).parent
PAGE, MANUAL = DOCS / "commands.md", DOCS / "offwall.1"

WIDTH = 100
"""Characters of a line of a command's help."""

INTRO = r"""# Every command

None but `offwall`, `offwall demo` and `offwall show` needs a terminal, so the others also serve
screen readers and scripts. `offwall [SESSION.toml]` opens the editor; a session that is called like
a command opens as `offwall ./new`.

```console
$ printf 'Hold kick-off @cm a:hos ?Ready >yes >no=end +Agenda\n+Risk log\n' | offwall add s.toml
```

Exit status: 0 done, 1 conflicts or something to put right (things to look at alone are 0), 2 wrong
usage or input, with one line on standard error and nothing changed. No `-o` overwrites without
`--force`; without `-o` a file takes the next free name beside the session.

`offwall --only-in FOLDER ...`, first of all, holds the run in one folder, for those who come by ssh
([a server](ssh.md)): nothing outside it is opened, written, listed or completed, no program is
started and no connection opened.

Presets: `contract-management`, `procurement`, `three-phase`, `blank`; a council's own stand in
`presets/` of Offwall's configuration folder (`~/.config/offwall` on Linux), with its own
`topics.toml` and `next_steps.toml` where it has them.
"""


def _commands() -> dict[str, argparse.ArgumentParser]:
    """Each command's own parser, whose help begins with what it does."""
    found = {}
    for name, said in COMMANDS.items():
        found[name] = argparse.ArgumentParser(
            prog=f"offwall {name}",
            description=said[:1].upper() + said[1:] + ".",
            formatter_class=lambda prog: argparse.HelpFormatter(prog, width=WIDTH),
        )
        declare(found[name], module_of(name).ARGUMENTS)
    return found


def page() -> str:
    """What docs/commands.md holds: each command as its own ``--help`` says it."""
    found = _commands()
    blocks = [
        f"## {name}\n\n```text\n{found[name].format_help().rstrip()}\n```\n" for name in COMMANDS
    ]
    return "\n".join((INTRO, *blocks))


def manual() -> str:
    """What the manual page holds, in the macros of ``man``."""
    return "\n".join(_manual()) + "\n"


def _manual() -> Iterator[str]:
    yield '.TH OFFWALL 1 "" "Offwall" "User commands"'
    yield ".SH NAME"
    yield "offwall \\- take a council's process map off the wall"
    yield ".SH SYNOPSIS"
    yield ".B offwall\n.RI [ SESSION.toml ]\n.br\n.B offwall\n.I COMMAND\n[...]"
    yield ".SH DESCRIPTION"
    yield "Records a process-mapping workshop from the keyboard, in a terminal. With a session, or"
    yield "with no name, the editor opens; there"
    yield ".B ?\nshows every key. The commands need no screen."
    yield ".SH OPTIONS"
    yield '.TP\n.BI \\-\\-only\\-in " FOLDER"'
    yield "First of all: open, write, list and start nothing outside this folder."
    yield ".SH COMMANDS"
    for name, one in _commands().items():
        yield f".SS {name}"
        yield f".nf\n{_escaped(one.format_help().rstrip())}\n.fi"
    yield ".SH EXIT STATUS"
    yield _escaped(EXIT.removeprefix("Exit status: "))
    yield ".SH FILES"
    yield ".I ~/.config/offwall\nsettings, presets of one's own\n.br"
    yield ".I ~/.local/state/offwall"
    yield "copies, journals and drafts, which\n.B offwall forget\nremoves"


def _escaped(text: str) -> str:
    """Text that holds no request of the formatter."""
    return re.sub(r"(?m)^([.'])", r"\\&\1", text.replace("\\", "\\e").replace("-", "\\-"))


def main() -> None:
    """Write both."""
    PAGE.write_text(page(), "utf-8")
    MANUAL.write_text(manual(), "utf-8")


if __name__ == "__main__":
    main()
