"""What is not a session file is one sentence, it never waits, and it is left as it was."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from offwall.model.records.session import Session
from offwall.model.store.session_file import LARGEST, StoreError, create_session, read_session
from offwall.model.store.store import Store

GOOD = b'[[stages]]\nid = "S1"\nname = "Begin"\n'

BAD = {
    "nothing": (b"", "is empty; remove it and start one with offwall new."),
    "blanks": (b" \r\n\t\n", "is empty;"),
    "a mark": (b"\xef\xbb\xbf", "is empty;"),
    "latin": (GOOD + b'about = "caf\xe9"', "line 4: byte 0xe9 is not UTF-8; save the file again"),
    "utf-16": ('title = "x"'.encode("utf-16"), "line 1: byte 0xff is not UTF-8"),
    "a workbook": (b"PK\x03\x04\x14\x00\x08\x08", "line 1: this is not TOML at column"),
    "noughts": (b"\x00" * 4096, "line 1: this is not TOML"),
    "prose": (b"Dear all,\nthe map is attached.\n", "line 1: this is not TOML at column 6"),
    "a mistake": (GOOD + b"tiers = 3\n", "line 4, stage 1 (S1): tiers must be a table, not the nu"),
    "conflict": (b"<<<<<<< HEAD\n" + GOOD, "line 1: this is not TOML"),
    "a newer one": (b"format = 9\n", "line 1: format is 9: a newer Offwall wrote this file"),
    "too large": (b"#" * (LARGEST + 1), "is larger than 20 MB"),
    "nested": (b"x = " + b"[" * 50_000, "lists stand too deep"),
}


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_a_sentence_and_stays_as_it_was(name: str, tmp_path: Path) -> None:
    data, says = BAD[name]
    path = tmp_path / "s.toml"
    path.write_bytes(data)
    before = path.stat()
    for opening in (read_session, Store.open):
        with pytest.raises(StoreError) as caught:
            opening(path)
        message = str(caught.value)
        assert says in message
        assert message.startswith(f"{path}")
        assert message.isprintable()
        assert message.endswith(".")
    assert path.read_bytes() == data
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert names(tmp_path) == ["s.toml"]


def test_a_good_file_beside_them_is_read(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace(b"\n", b"\r\n"))
    assert [stage.id for stage in read_session(path).stages] == ["S1"]


def test_what_is_not_there_says_how_to_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(GOOD)
    (tmp_path / "link").symlink_to("gone")
    for name in ("gone.toml", "no/such/folder.toml", "file/inside.toml", "link"):
        with pytest.raises(StoreError, match="is not there; check the name, or start one with"):
            read_session(tmp_path / name)


def test_a_folder_is_named_as_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder; name a session file"):
        read_session(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_or_a_device_is_never_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    (tmp_path / "link").symlink_to(pipe)
    for path in (pipe, tmp_path / "link", Path("/dev/zero"), Path("/dev/tty")):
        with pytest.raises(StoreError, match="is a device or a pipe; name a session file"):
            read_session(path)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_names_that_no_file_has(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    for name in ("x\x00y", "n" * 300, "loop"):
        with pytest.raises(StoreError, match="cannot be read") as caught:
            read_session(tmp_path / name)
        assert str(caught.value).isprintable()


def test_a_hostile_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b]0;b\x07\u202e\udcff\n.toml"
    for attempt in (lambda: read_session(path), lambda: create_session(path / "in", Session())):
        with pytest.raises(StoreError) as caught:
            attempt()
        assert str(caught.value).isprintable()
        assert "\\u001b" in str(caught.value)


READ_AS_NOBODY = """
import os, sys
from pathlib import Path
from offwall.model.records import Session
from offwall.model.store import Store, StoreError, create_session, read_session
os.setgid(65534); os.setuid(65534)
for attempt in (
    read_session, Store.open, lambda path: create_session(path, Session())
):
    try:
        attempt(Path(sys.argv[1]))
    except StoreError as error:
        print(error)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a second user")
def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_bytes(GOOD)
    path.chmod(0)
    if os.geteuid() != 0:
        with pytest.raises(StoreError, match="cannot be read \\(permission denied\\)"):
            read_session(path)
        return
    # The superuser may read everything: look as somebody else.
    tmp_path.chmod(0o700)
    done = subprocess.run(
        [sys.executable, "-c", READ_AS_NOBODY, path],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    first, second, third = done.stdout.splitlines()
    assert "cannot be read (permission denied); check its name and who may read it." in first
    assert first == second
    assert "was not saved (permission denied)" in third


SLOW = {
    "a key of a million parts": ("x" + ".x" * 1_000_000 + " = 1\n", "line 1: a key has more than"),
    "a table of such": ("[" + '"x" . ' * 800_000 + "x]\n", "line 1: a key has more than"),
    "within a list": ("y = [{" + "x." * 900_000 + "x = 1}]\n", "line 1: a key has more than"),
    "a million lists": ("x = [" + "[]," * 1_200_000 + "]\n", "holds more than 500,000 lists"),
    "tables": ("[[x]]\n" * 300_000, "holds more than 500,000 lists and tables; split it."),
    "5,000 digits": (GOOD.decode() + "x = " + "9" * 5_000 + "\n", "line 4, stage 1: a number has"),
}


@pytest.mark.parametrize("name", SLOW)
def test_what_would_take_the_reader_for_ever_is_refused_at_once(name: str, tmp_path: Path) -> None:
    text, says = SLOW[name]
    path = tmp_path / "s.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(StoreError) as caught:
        read_session(path)
    assert says in str(caught.value)
    assert str(caught.value).isprintable()
    assert path.read_text("utf-8") == text


def test_what_looks_like_it_within_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_bytes(GOOD + b'about = """\n%b\n"""\n' % (b"1.2.3. " * 60 + b"..." * 99))
    assert read_session(path).stages[0].about
