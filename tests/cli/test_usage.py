"""How commands are told apart, and what bad usage, bad input and no terminal lead to."""

import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from offwall.model.store.record_text import FilePieces
from offwall.tui.__main__ import main
from offwall.tui.cli.parser import COMMANDS, build_of, module_of

HEAVY = (
    *("textual", "rich", "openpyxl", "docx", "PIL", "icalendar", "holidays", "igraph"),
    *("typst", "pptx"),
)


def in_a_process(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "offwall", *words],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""},
        **options,
    )


@pytest.mark.parametrize("words", [(), ("s.toml",), ("demo",), ("./new",)])
def test_no_terminal_is_one_line_that_names_the_plain_commands(
    offwall: Any, tmp_path: Path, words: tuple[str, ...]
) -> None:
    said = offwall(*words)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert "offwall new, add, next, list, check and export" in said.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("lst", "s.toml"), ("--colour",), ("list",), ("s.toml", "add")])
def test_bad_usage_is_one_line(offwall: Any, words: tuple[str, ...]) -> None:
    said = offwall(*words)
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("lst", "s.toml"), "there is no command 'lst': there are demo, new,"),
        (("--colour",), "there is no option '--colour'; see offwall --help."),
        (("set", "s.toml"), "the following arguments are required: KIND; see offwall set --help."),
        (("show", "s.toml", "--port", "0"), "from 1 to 65535; see offwall show --help."),
        (("add", "s.toml", "-x"), "unrecognised: -x; see offwall --help. A text that begins"),
    ],
)
def test_bad_usage_says_what_is_wrong_and_no_more(
    offwall: Any, words: tuple[str, ...], says: str
) -> None:
    said = offwall(*words).err
    assert says in said
    assert ("goes after --" in said) == ("unrecognised" in said)


def test_a_command_is_described_as_the_list_of_commands_has_it() -> None:
    for name, said in COMMANDS.items():
        module = module_of(name)
        described = (module.__doc__ or "").split()[0].rstrip(":").casefold()
        assert described == said.split()[0], name


@pytest.mark.parametrize("command", ["list", "check", "add", "export"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe not utf-8",
        b"this is not TOML",
        b"format = 99\n",
        b'[[activities]]\nid = "a-1"\nstage = "S9"\ntext = "x"\n',
        b'[[stages]]\nid = "S1"\nname = 7\n',
    ],
)
def test_a_bad_file_is_one_line_and_stays(
    offwall: Any, tmp_path: Path, command: str, content: bytes
) -> None:
    path = tmp_path / "bad.toml"
    path.write_bytes(content)
    said = offwall(command, path, *(["a line"] if command == "add" else []))
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert "bad.toml" in said.err
    assert path.read_bytes() == content
    assert [found.name for found in tmp_path.iterdir()] == ["bad.toml"]


@pytest.mark.parametrize("command", ["list", "check", "add", "export"])
def test_a_missing_file_and_a_folder(offwall: Any, tmp_path: Path, command: str) -> None:
    for path in (tmp_path / "gone.toml", tmp_path):
        said = offwall(command, path, *(["a line"] if command == "add" else []))
        assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("--help",), ("add", "--help"), ("--version",)])
def test_help_and_version(offwall: Any, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as left:
        offwall(*words)
    assert left.value.code == 0


@pytest.mark.slow
def test_the_plain_commands_load_no_screen_and_no_workbook(wall: Path) -> None:
    script = (
        "import sys; from offwall.tui.__main__ import main\n"
        f"codes = [main(['add', {str(wall)!r}, 'Hold a meeting @cm']),"
        f" main(['list', {str(wall)!r}]), main(['check', {str(wall)!r}]),"
        f" main(['next', {str(wall)!r}])]\n"
        f"print(codes, [name for name in {HEAVY} if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        input="y\n",
        cwd=Path(__file__).parents[2],
        timeout=60,
    )
    assert ran.stdout.splitlines()[-1] == "[0, 0, 1, 0] []"
    assert ran.stdout.splitlines()[0] == "1 S1.01 Hold a meeting: R Contract Manager"


@pytest.mark.slow
def test_a_reader_that_leaves_is_no_error(sample: Path) -> None:
    root = Path(__file__).parents[2]
    pipeline = (
        f"{sys.executable} -m offwall list {sample} --json | head -n 1; echo ${{PIPESTATUS[0]}}"
    )
    ran = subprocess.run(
        ["/bin/bash", "-c", pipeline],
        check=True,
        capture_output=True,
        text=True,
        cwd=root,
        timeout=60,
    )
    assert ran.stdout.splitlines() == ["{", "0"]
    assert ran.stderr == ""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_output_that_cannot_be_written_is_one_line(sample: Path) -> None:
    root = Path(__file__).parents[2]
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "offwall", "list", str(sample)],
            check=False,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            cwd=root,
            timeout=60,
        )
    assert ran.returncode == 2
    assert ran.stderr.count("\n") == 1
    assert "Traceback" not in ran.stderr


def test_a_command_says_where_the_file_lies_as_it_was_if_its_comments_could_not_be_kept(
    offwall: Any, wall: Path, sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert offwall("add", wall, "Hold a meeting @cm").err == ""
    monkeypatch.setattr(FilePieces, "text", lambda self: "format = 1\n")
    for words, stdin in (
        (("add", wall, "Close it @cm"), ""),
        (("set", wall, "role", "zoo=Zoo keeper"), ""),
        (("bring", sample, wall), ""),
        (("next", wall), "yes\n"),
    ):
        wall.write_text(f"# Ours\n{wall.read_text('utf-8')}", "utf-8")
        said = offwall(*words, stdin=stdin)
        assert said.status == 0
        assert "as it was, it lies in" in said.err, words


def test_the_version_says_build_and_platform(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    said = capsys.readouterr().out
    assert said.startswith("offwall 0.")
    assert f"Python {sys.version_info[0]}.{sys.version_info[1]}." in said
    assert sysconfig.get_platform() in said


def test_a_build_is_known_by_what_it_holds_and_not_by_how_it_was_installed() -> None:
    wheel = "offwall/tui/app.py,sha256=aa,1\noffwall/tui/home.py,sha256=bb,2\n"
    by_pip = f"../../bin/offwall,sha256=cc,3\n{wheel}offwall/__pycache__/a.pyc,,\n"
    turned = "\n".join(reversed(wheel.splitlines()))
    assert build_of(wheel) == build_of(by_pip) == build_of(turned)
    assert build_of(wheel) != build_of(wheel.replace("bb", "bc"))
    assert build_of(wheel).startswith("build ")
    assert build_of("offwall-0.1.0.dist-info/METADATA,sha256=aa,1\n").startswith("from its source")
