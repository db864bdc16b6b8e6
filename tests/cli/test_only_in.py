"""``--only-in``: a stranger's tries to get out, by kind; and that the afternoon goes on inside."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from offwall.model.store import disk
from offwall.model.store.disk import Bounds, OutsideError
from tests.cli import held

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="for a server with Linux")

UNSEEN = "Salaries of the directors"

Tried = dict[str, Any]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """A folder ``in`` to be held in, and beside it what nobody may see; ways out lie in it."""
    place = tmp_path_factory.mktemp("server")
    inside, outside = place / "in", place / "out"
    inside.mkdir()
    outside.mkdir()
    own = Path(held.__file__).parents[2] / "sample_sessions" / "contract-management.toml"
    text = own.read_text("utf-8")
    (outside / "secret.toml").write_text(text.replace("Contract", UNSEEN), "utf-8")
    Image.new("RGB", (8, 8), "navy").save(outside / "secret.png")
    (inside / "s.toml").write_text(text, "utf-8")
    photo = '\n[[photos]]\nid = "P9"\npath = "{}"\n'
    (inside / "photo.toml").write_text(text + photo.format("link.png"), "utf-8")
    (inside / "dots.toml").write_text(text + photo.format("../out/secret.png"), "utf-8")
    (inside / "link.toml").symlink_to(outside / "secret.toml")
    (inside / "chain.toml").symlink_to("link.toml")
    (inside / "link.png").symlink_to("../out/secret.png")
    (inside / "way").symlink_to(outside)
    (inside / "gone.toml").symlink_to(outside / "new.toml")
    (inside / ".state-of-another").mkdir()
    (inside / ".state-of-another" / "s.toml").write_text(text.replace("Contract", UNSEEN), "utf-8")
    # What Python or a library might take for a part of itself.
    for name in ("typst", "lxml", "docx", "openpyxl", "icalendar", "sitecustomize"):
        (inside / f"{name}.py").write_text(f"open({str(outside / 'ran')!r}, 'w')", "utf-8")
    return place


HOSTILE = (
    *("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "HOME", "TMPDIR"),
    *("TEXTUAL_LOG", "TEXTUAL_SCREENSHOT", "PYTHONSTARTUP", "TERMINFO", "EDITOR", "VISUAL"),
    *("BROWSER", "PAGER", "OFFWALL_DRIVER", "TEXTUAL_DRIVER", "PWD", "OLDPWD", "FONTCONFIG_FILE"),
)


def hold_and_try(place: Path, tries: list[list[str]]) -> list[Tried]:
    """Try these, one after another, in a program that is held, with a hostile environment."""
    environment = dict.fromkeys(HOSTILE, str(place / "out" / "env"))
    # From within the folder, so that Python itself puts it first among the places of modules.
    done = subprocess.run(
        [sys.executable, held.__file__, str(place / "in")],
        input="\n".join(map(json.dumps, tries)),
        capture_output=True,
        text=True,
        timeout=300,
        cwd=place / "in",
        env=environment | {"PYTHONPATH": "", "TERM": "xterm", "LANG": "C.UTF-8"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def untouched(place: Path) -> list[str]:
    """What lies outside, which nothing may add to."""
    return sorted(path.name for path in (place / "out").iterdir())


def is_shut_out(tried: Tried) -> None:
    """It was refused in a line, and nothing of what lies outside was told, nor the terminal led."""
    assert tried["status"] == 2
    said = tried["out"] + tried["err"]
    assert UNSEEN not in said
    assert "\x1b" not in said
    assert "\x07" not in said
    assert len(tried["err"].splitlines()) == 1
    assert "Traceback" not in said


OUTSIDE = "outside the one folder"
ALONE = "no program is started"
LISTED = "is not there; check the name"

TRIES: dict[str, list[tuple[str, list[str], str]]] = {
    "paths": [
        ("absolute", ["list", "/etc/passwd"], OUTSIDE),
        ("above", ["list", "../out/secret.toml"], OUTSIDE),
        ("through a folder", ["list", "way/../../out/secret.toml"], OUTSIDE),
        ("what is not there", ["list", "../out/nothing.toml"], OUTSIDE),
        ("two slashes", ["list", "//etc//passwd"], OUTSIDE),
        ("the process's root", ["list", "/proc/self/root/etc/passwd"], OUTSIDE),
        ("the process's folder", ["list", "/proc/self/cwd/../out/secret.toml"], OUTSIDE),
        ("the program's own files", ["list", os.__file__], OUTSIDE),
        ("a device", ["list", "/dev/zero"], OUTSIDE),
        ("another's state", ["list", ".state-of-another/s.toml"], OUTSIDE),
    ],
    "outputs": [
        ("a new session", ["new", "../out/x.toml"], OUTSIDE),
        ("over another", ["brief", "s.toml", "-o", "../out/secret.toml", "--force"], OUTSIDE),
        ("a folder", ["roles", "s.toml", "-o", "/etc/roles"], OUTSIDE),
        ("beside a link", ["map", "s.toml", "-o", "way/m.svg"], OUTSIDE),
        ("a link to nothing", ["recover", "s.toml", "-o", "gone.toml", "--at", "12:00"], OUTSIDE),
        ("a template", ["export", "s.toml", "--template", "../out/t.xlsx"], OUTSIDE),
        ("last time", ["new", "two.toml", "--from", "../out/secret.toml"], OUTSIDE),
    ],
    "links": [
        ("to a file", ["list", "link.toml"], OUTSIDE),
        ("by a link", ["list", "chain.toml"], OUTSIDE),
        ("to a folder", ["list", "way/secret.toml"], OUTSIDE),
        ("many sessions", ["gather", "way", "-o", "a.xlsx"], OUTSIDE),
        ("made by Python", ["import os; os.symlink('/etc', 'etc')"], ALONE),
    ],
    "home": [
        ("another's", ["list", "~root/.profile"], LISTED),
        ("one's own", ["list", "~/../out/secret.toml"], LISTED),
        ("by a name", ["list", "$HOME/secret.toml"], LISTED),
    ],
    "programs": [
        ("a shell's mark", ["list", "!sh.toml"], LISTED),
        ("a pipe", ["list", "|id.toml"], LISTED),
        ("in a name", ["list", "$(touch ../out/ran).toml"], LISTED),
        ("subprocess", ["import subprocess; subprocess.run(['id'])"], ALONE),
        ("os.system", ["import os; os.system('id')"], ALONE),
        ("exec", ["import os; os.execv('/bin/sh', ['sh'])"], ALONE),
        ("spawn", ["import os; os.posix_spawn('/bin/sh', ['sh'], {})"], ALONE),
        ("fork", ["import os; os.fork()"], ALONE),
        ("a browser", ["import webbrowser; webbrowser.BackgroundBrowser('id').open('x')"], ALONE),
        ("a library", ["import ctypes; ctypes.CDLL('libc.so.6')"], ALONE),
    ],
    "network": [
        ("connect", ["import socket; socket.socket().connect(('127.0.0.1', 1))"], ALONE),
        ("listen", ["import socket; socket.socket().bind(('127.0.0.1', 0))"], ALONE),
        ("look up", ["import socket; socket.getaddrinfo('localhost', 1)"], ALONE),
        ("a page", ["show", "s.toml", "--serve"], ALONE),
    ],
    "names": [
        ("a sequence", ["list", "/etc/\x1b]52;c;aWQ=\x07.toml"], OUTSIDE),
        ("a line", ["list", "a\n/etc/passwd"], LISTED),
        ("a nought", ["list", "/etc/passwd\0.toml"], OUTSIDE),
        ("no characters", ["list", "/etc/\udcff\u202e.toml"], OUTSIDE),
        ("too long", ["list", "/" + "a/" * 3000], OUTSIDE),
        ("an option", ["--only-in", "/", "list", "/etc/passwd"], "held already"),
    ],
}
PYTHON = "import "


def _words(words: list[str]) -> list[str]:
    return ["python" if words[0].startswith(PYTHON) else "offwall", *words]


KNOWN = [(kind, *one) for kind, several in TRIES.items() for one in several]


@pytest.fixture(scope="module")
def tried(place: Path) -> dict[tuple[str, str], Tried]:
    before = untouched(place)
    found = hold_and_try(place, [_words(words) for _, _, words, _ in KNOWN])
    assert untouched(place) == before
    return {(kind, name): one for (kind, name, *_), one in zip(KNOWN, found, strict=True)}


def test_there_are_forty_tries() -> None:
    assert len(KNOWN) >= 40


@pytest.mark.parametrize(
    ("kind", "name", "says"),
    [(kind, name, says) for kind, name, _, says in KNOWN],
    ids=[f"{kind}: {name}" for kind, name, *_ in KNOWN],
)
def test_nobody_gets_out(
    tried: dict[tuple[str, str], Tried], kind: str, name: str, says: str
) -> None:
    is_shut_out(tried[kind, name])
    assert says in tried[kind, name]["err"]


AFTERNOON = [
    ["new", "n.toml"],
    ["add", "n.toml", "Agree the plan @cm a:own +Plan"],
    ["list", "s.toml"],
    ["export", "s.toml"],
    ["import", "s.xlsx", "s.toml", "--yes"],
    ["export", "s.toml", "--all", "-o", "all"],
    ["brief", "s.toml", "-o", "b.docx"],
    ["gather", ".", "-o", "a.xlsx"],
    ["demo", "--rehearse"],
    ["runsheet"],
    ["schema"],
    ["forget", "s.toml"],
]


@pytest.mark.slow
def test_the_afternoon_goes_on_inside(place: Path) -> None:
    before = untouched(place)
    for words, one in zip(
        AFTERNOON, hold_and_try(place, [["offwall", *words] for words in AFTERNOON]), strict=True
    ):
        # A folder of which a part may not be looked into is gathered all the same, with a 1.
        assert one["status"] == (words[0] == "gather"), (words, one["err"])
    assert untouched(place) == before
    assert UNSEEN not in "".join(
        path.read_text("utf-8", "replace") for path in (place / "in" / "all").rglob("*.md")
    )
    mode = (place / "in" / "n.toml").stat().st_mode & 0o777
    assert mode == 0o660, "another login of the group goes on with it"
    assert any((place / "in").glob(".state-of-*/offwall")), "the state is within"


# And every command that takes a path, each way out.

COMMANDS = {
    "list": ["list", "{}"],
    "check": ["check", "{}"],
    "log": ["log", "{}"],
    "next": ["next", "{}"],
    "add": ["add", "{}", "A post-it"],
    "set": ["set", "{}", "stage", "S1", "name=X"],
    "new": ["new", "{}"],
    "from": ["new", "next.toml", "--from", "{}"],
    "diff": ["diff", "s.toml", "{}"],
    "merge": ["merge", "s.toml", "s.toml", "{}"],
    "merged": ["merge", "s.toml", "s.toml", "s.toml", "-o", "{}", "--force"],
    "bring": ["bring", "{}", "s.toml"],
    "gather": ["gather", "{}"],
    "gathered": ["gather", "s.toml", "-o", "{}", "--force"],
    "import": ["import", "{}", "s.toml", "--yes"],
    "export": ["export", "s.toml", "-o", "{}", "--force"],
    "template": ["export", "s.toml", "--template", "{}"],
    "brief": ["brief", "s.toml", "-o", "{}", "--force"],
    "house": ["brief", "s.toml", "--template", "{}"],
    "map": ["map", "s.toml", "-o", "{}", "--force"],
    "roles": ["roles", "s.toml", "-o", "{}", "--force"],
    "calendar": ["calendar", "s.toml", "-o", "{}", "--force"],
    "chase": ["chase", "s.toml", "-o", "{}"],
    "runsheet": ["runsheet", "-o", "{}", "--force"],
    "forget": ["forget", "{}"],
    "recover": ["recover", "{}"],
    "show": ["show", "{}", "--serve"],
}
WAYS = {
    "absolute": "/etc/passwd",
    "above": "../out/secret.toml",
    "through": "way/../../out/secret.toml",
    "link": "link.toml",
    "chain": "chain.toml",
    "folder": "way/secret.toml",
    "gone": "gone.toml",
    "root": "/proc/self/root/etc/hostname",
    "another": ".state-of-another/s.toml",
}
BY_ALL = [(name, way) for name in COMMANDS for way in WAYS]


@pytest.mark.slow
def test_there_are_two_hundred_more() -> None:
    assert len(BY_ALL) >= 200


@pytest.fixture(scope="module")
def by_all(place: Path) -> dict[tuple[str, str], Tried]:
    before = untouched(place)
    tries = [
        ["offwall", *(word.format(WAYS[way]) for word in COMMANDS[name])] for name, way in BY_ALL
    ]
    found = hold_and_try(place, tries)
    assert untouched(place) == before
    return dict(zip(BY_ALL, found, strict=True))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "way"), BY_ALL)
def test_nobody_gets_out_by_any_command(
    by_all: dict[tuple[str, str], Tried], name: str, way: str
) -> None:
    is_shut_out(by_all[name, way])
    assert OUTSIDE in by_all[name, way]["err"]


IN_C = """
import ctypes
from offwall.model.store.disk import held_folder
c = ctypes.pythonapi
secret = str(held_folder().parent / "out" / "secret.toml").encode()
print(c.open(secret, 0), c.open(b"/etc/shadow", 0), c.execv(b"/usr/bin/id", None))
print(c.rename(secret, str(held_folder() / "mine.toml").encode()))
print(c.open(b"s.toml", 0) >= 0)
"""


def test_the_kernel_holds_what_goes_by_python(place: Path) -> None:
    from offwall.tui.cli.only_in import has_landlock

    if not has_landlock():
        pytest.skip("this kernel has no Landlock")
    (one,) = hold_and_try(place, [["python", IN_C]])
    assert one["out"].split() == ["-1", "-1", "-1", "-1", "True"], one["err"]


# The hook and the door, without a process of their own.


@pytest.fixture
def door(place: Path) -> Bounds:
    return Bounds(place / "in", ".state-of-me", [str(Path(os.__file__).parent)])


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("open", ("/etc/passwd", "r", os.O_RDONLY)),
        ("open", (b"/etc/passwd", "r", os.O_RDONLY)),
        ("open", (os.__file__, "a", os.O_WRONLY | os.O_APPEND)),
        ("os.listdir", ("/etc",)),
        ("os.scandir", ("/",)),
        ("os.remove", ("/etc/passwd", -1)),
        ("os.rename", ("s.toml", "/etc/s.toml", -1, -1)),
        ("os.chmod", (os.__file__, 0o777, -1)),
        ("subprocess.Popen", ("sh", ["sh"], None, None)),
    ],
)
def test_what_python_is_about_to_do_is_refused(
    door: Bounds, event: str, words: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    monkeypatch.chdir(place / "in")
    with pytest.raises(PermissionError):
        door.hear(event, words)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ("open", ("s.toml", "w", os.O_WRONLY)),
        ("open", (3, "r", os.O_RDONLY)),
        ("open", (os.__file__, "r", os.O_RDONLY)),
        ("open", ("/dev/null", "w", os.O_WRONLY)),
        ("os.listdir", (str(Path(os.__file__).parent),)),
        ("os.rename", ("s.toml", "t.toml", -1, -1)),
        ("import", ("os", None, None, None, None)),
    ],
)
def test_what_a_run_needs_is_let_through(
    door: Bounds, event: str, words: tuple[Any, ...], monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    monkeypatch.chdir(place / "in")
    door.hear(event, words)


@pytest.mark.slow
def test_a_state_folder_that_another_made_is_refused(tmp_path: Path) -> None:
    import pwd

    login = pwd.getpwuid(os.geteuid()).pw_name
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / f".state-of-{login}").symlink_to("elsewhere")
    done = subprocess.run(
        [sys.executable, "-m", "offwall", "--only-in", str(tmp_path), "schema"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "is not this login's alone" in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--only-in"], "takes the name of a folder"),
        (["--only-in="], "takes the name of a folder"),
        (["--only-in", "nowhere"], "is no folder"),
        (["list", "s.toml", "--only-in", "."], "unrecognised"),
    ],
)
def test_it_is_never_half_held(offwall: Any, words: list[str], says: str) -> None:
    said = offwall(*words)
    assert (said.status, said.out) == (2, "")
    assert says in said.err


# In the editor, by keys. The hook stays until a program ends, so here the door alone is shut.


@pytest.fixture
def shut(place: Path, door: Bounds, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(disk, "_HELD", [door])
    monkeypatch.chdir(place / "in")
    return place / "in"


def test_a_path_is_completed_within_alone(shut: Path) -> None:
    from offwall.model.store.photo_files import photo_completions

    assert "link.png" in photo_completions(shut, "li")
    for typed in ("/et", "../o", "way/", "/", "../", "~root/", ".state-of-another/"):
        assert photo_completions(shut, typed, ("",)) == ()


async def test_a_photo_from_outside_is_refused_in_its_form(shut: Path) -> None:
    from offwall.model.records.session import Photo
    from offwall.tui.services.photo_form import PhotoEntry

    for typed in ("../out/secret.png", "link.png", "/etc/passwd", "file:///etc/passwd", "/none"):
        entry = PhotoEntry(shut, Photo(""), "seed", lambda change: "")
        said = await entry.check({"path": typed, "taken_by": "", "about": ""})
        assert "outside the one" in said or "leads out of" in said, typed


def test_photos_that_lie_outside_are_not_taken_along(shut: Path) -> None:
    from offwall.model import store
    from offwall.model.store.photo_files import copy_photos

    for name in ("photo.toml", "dots.toml"):
        session = store.read_session(shut / name)
        copies = copy_photos(session, shut, width=100)
        assert not copies.pictures
        assert any("leads out of the session's folder" in one for one in copies.sentences)


async def test_the_start_offers_what_lies_here_and_opens_nothing_else(shut: Path) -> None:
    from offwall.model import store
    from offwall.tui.services import recent_sessions, session_files

    assert {path.name for path in recent_sessions.sessions()} >= {"s.toml"}
    for typed in ("/etc/passwd", "../out/secret.toml", "link.toml"):
        with pytest.raises(session_files.refusal_errors(), match=OUTSIDE):
            store.read_session(session_files.session_to_open(typed, "", "seed"))


@pytest.mark.parametrize("typed", ["~nobody-here/s.toml", "..", "/", "."])
def test_what_names_no_file_is_said_to_the_start(tmp_path: Path, typed: str) -> None:
    from offwall.tui.services import session_files

    with pytest.raises(session_files.refusal_errors(), match=r"is a folder|cannot be made"):
        session_files.session_to_open(typed, "blank", "seed")


def test_outside_is_said_within_a_sentence(door: Bounds) -> None:
    with pytest.raises(OutsideError, match="so name one in it"):
        door.check("/etc/passwd")
