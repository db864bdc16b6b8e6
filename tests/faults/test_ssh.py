"""People who come by ssh alone, over a real line, on the server that docs/ssh.md sets up."""

import stat
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from offwall.model import store
from tests.faults.pty_driver import Terminal
from tests.faults.ssh_server import LOGINS, Server, server

pytestmark = pytest.mark.night

SETTLED = 30
"""Seconds that the slowest machine may take until a session is saved, or seen by another."""


@pytest.fixture(scope="module")
def ssh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with server(tmp_path_factory.mktemp("ssh")) as found:
        yield found


def texts(path: Path) -> list[str]:
    """The post-its that a file holds."""
    return [activity.text for activity in store.read_session(path).activities]


def start(line: Terminal, name: str) -> None:
    """Begin a session of that name, on a screen of 80x24."""
    line.wait_for("A new session")
    line.send("n")
    line.wait_for("Stages from")
    line.send("\x15" + f"{name}\r")
    line.wait_for("Review and record")


def open_first(line: Terminal, title: str, *, joins: bool = True) -> None:
    """Open the session that changed last, which is the first."""
    line.wait_for(title)
    line.send("\r")
    if joins:
        line.wait_for("Somebody has this session open")
        line.send("\r")
    line.wait_for("Review and record")


def leave(line: Terminal) -> None:
    line.send("qq")
    assert line.ended() == 0


def test_two_logins_meet_in_one_session(ssh: Server) -> None:
    path = ssh.folder / "meet.toml"
    with ExitStack() as lines:
        jane = lines.enter_context(ssh.login("jane"))
        start(jane, "meet.toml")
        jane.send("2nAgree the plan\r")
        jane.wait_for(lambda: "Agree the plan" in texts(path), SETTLED)
        femi = lines.enter_context(ssh.login("femi"))
        open_first(femi, "meet")
        femi.send("2")
        femi.wait_for("Agree the plan")
        femi.send("nHold the kick-off\r")
        femi.wait_for(lambda: "Hold the kick-off" in texts(path), SETTLED)
        jane.send("\x1b")
        jane.wait_for("Hold the kick-off", SETTLED)
        assert {"jane", "femi"} <= {
            part for note in ssh.folder.glob(".meet.toml*") for part in note.read_text().split('"')
        }
    about = path.stat()
    assert stat.S_IMODE(about.st_mode) == 0o660
    assert about.st_gid == ssh.folder.stat().st_gid


def test_a_line_that_drops_loses_nothing(ssh: Server) -> None:
    path = ssh.folder / "drop.toml"
    with ssh.login("jane") as jane:
        start(jane, "drop.toml")
        jane.send("2nWrite the brief\r")
        jane.wait_for(lambda: "Write the brief" in texts(path), SETTLED)
        jane.send("half a thought")
        jane.wait_for("half a thought")
        jane.signal(9)
        jane.wait_blind(lambda: not list(ssh.folder.glob(".drop.toml*")), SETTLED)
    with ssh.login("jane") as jane:
        open_first(jane, "drop", joins=False)
        jane.send("2")
        jane.wait_for("Write the brief")
        # Home says that there is one, until the next key; a new line begins with it.
        jane.send("n")
        jane.wait_for("half a thought", SETTLED)
    assert "Write the brief" in texts(path)


def test_four_logins_at_once(ssh: Server) -> None:
    path = ssh.folder / "four.toml"
    with ExitStack() as lines:
        first = lines.enter_context(ssh.login(LOGINS[0]))
        start(first, "four.toml")
        others = [lines.enter_context(ssh.login(name)) for name in LOGINS[1:]]
        for line in others:
            open_first(line, "four")
        for name, line in zip(LOGINS, (first, *others), strict=True):
            line.send(f"2nFrom {name}\r")
        for name in LOGINS:
            first.wait_for(lambda name=name: f"From {name}" in texts(path), SETTLED)
    assert sorted(texts(path)) == sorted(f"From {name}" for name in LOGINS)


@pytest.mark.parametrize(
    ("words", "options"),
    [
        (["id"], ()),
        (["/bin/sh", "-i"], ()),
        (["list", "/etc/passwd"], ()),
        (["offwall --only-in / list /etc/passwd"], ()),
        (["; id"], ()),
        (["$(id)"], ()),
        (["sftp"], ("-s",)),
        (["id"], ("-o", "SetEnv=XDG_STATE_HOME=/etc LD_PRELOAD=/x.so LC_ALL=../../etc")),
    ],
    ids=str,
)
def test_no_other_command_is_run(ssh: Server, words: list[str], options: tuple[str, ...]) -> None:
    status, said = ssh.run("jane", *words, options=options)
    assert status != 0
    assert "uid=" not in said
    assert "root:" not in said
    # Where a subsystem is asked for, what is said goes nowhere.
    assert "the editor needs a terminal" in said or "-s" in options


@pytest.mark.parametrize(
    "options",
    [
        ("-R", "0:127.0.0.1:1"),
        # What -L and -D ask for once something goes by them, -W asks at once.
        ("-W", "127.0.0.1:22"),
        ("-w", "any"),
    ],
)
def test_nothing_is_forwarded(ssh: Server, options: tuple[str, ...]) -> None:
    status, said = ssh.run("jane", options=("-o", "ExitOnForwardFailure=yes", *options))
    assert status == 255, said
    assert any(word in said for word in ("prohibited", "forwarding", "Tunnel")), said


@pytest.mark.parametrize("keys", ["\x1a", "\x03\x03", "\x1c", "!id\r", "\x1b!id\r", ":!id\r"])
def test_no_key_leads_to_a_shell(ssh: Server, keys: str) -> None:
    with ssh.login("tom") as tom:
        tom.wait_for("A new session")
        tom.send(keys)
        tom.quiet(0.5)
        tom.send("id\r")
        tom.quiet(0.5)
        assert b"uid=" not in bytes(tom.raw)


@pytest.mark.parametrize("typed", ["/etc/passwd", "~root/x.toml", "../../etc/passwd", "way.toml"])
def test_no_path_leads_out_in_the_editor(ssh: Server, typed: str) -> None:
    assert ssh.sftp("tom", "-rm way.toml\nsymlink /etc/passwd way.toml\n")[0] == 0
    with ssh.login("tom") as tom:
        tom.wait_for("A new session")
        tom.send(f",{typed}\r")
        tom.wait_for(lambda: "outside" in tom.shown or "not there" in tom.shown)
        assert "root:" not in tom.shown


@pytest.mark.parametrize(
    "batch",
    [
        "get /etc/passwd",
        "get ../../etc/passwd",
        "get /proc/1/environ",
        "put /etc/hostname /x",
        "put /etc/hostname ../x",
        "rename s.toml /s.toml",
        "chmod 777 /workshops",
    ],
)
def test_sftp_ends_at_its_root(ssh: Server, batch: str, tmp_path: Path) -> None:
    status, said = ssh.sftp("femi", f"lcd {tmp_path}\n{batch}\n")
    assert status != 0, said
    assert not list(tmp_path.iterdir())


def test_files_are_fetched_and_brought(ssh: Server, tmp_path: Path) -> None:
    (tmp_path / "theirs.toml").write_text('title = "x"\n')
    status, said = ssh.sftp("asha", f"lcd {tmp_path}\nput theirs.toml\nget theirs.toml back.toml\n")
    assert status == 0, said
    assert (tmp_path / "back.toml").read_text() == 'title = "x"\n'
    assert stat.S_IMODE((ssh.folder / "theirs.toml").stat().st_mode) == 0o640
    assert ssh.sftp("asha", "chmod 660 theirs.toml\n")[0] == 0
    assert stat.S_IMODE((ssh.folder / "theirs.toml").stat().st_mode) == 0o660
    assert ssh.sftp("asha", "mkdir photos\nput /etc/hostname photos/x\n")[0] == 0
    assert ssh.sftp("femi", f"lcd {tmp_path}\nget photos/x\n")[0] == 0


def test_one_login_does_not_see_what_is_anothers(ssh: Server) -> None:
    with ssh.login("jane") as jane:
        start(jane, "own.toml")
        leave(jane)
    assert (ssh.folder / ".state-of-jane" / "offwall").is_dir()
    assert ssh.sftp("femi", "ls .state-of-jane\n")[0] != 0
    with ssh.login("femi") as femi:
        femi.wait_for("A new session")
        femi.send(",.state-of-jane/x.toml\r")
        femi.wait_for("outside")


@pytest.mark.parametrize("name", ["a\x1b]52;c;aWQ=\x07b.toml", "a\x1b[2Jb.toml", "-rf.toml"])
def test_a_name_does_not_lead_the_terminal(ssh: Server, name: str) -> None:
    (ssh.folder / name).write_text('title = "x"\n')
    (ssh.folder / name).chmod(0o644)
    try:
        with ssh.login("tom") as tom:
            tom.wait_for("A new session")
            tom.quiet(0.5)
            assert b"\x1b]52;c;aWQ" not in bytes(tom.raw)
            assert "A new session" in tom.shown
    finally:
        (ssh.folder / name).unlink()
