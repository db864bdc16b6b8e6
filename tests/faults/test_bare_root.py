"""The folder without Python, and its Debian package, in a bare Debian without Python and network.

``OFFWALL_BARE_ROOT`` names such a root, else debootstrap makes one; ``OFFWALL_DEB`` the package,
else it is built of the tree as it stands. ``bash .ci/night`` runs it, as root.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.pty_driver import Terminal, terminal

pytestmark = pytest.mark.night

ROOT = Path(__file__).parents[2]

WORK = "root/work"
"""Where the afternoon is, within the root."""

CHROOT = "import os, sys; os.execvp('unshare', sys.argv[1:])"

ALONE = """
import fcntl, os, socket, struct, sys
with socket.socket() as own:
    fcntl.ioctl(own, 0x8914, struct.pack("16sH22x", b"lo", 1))
os.execvp(sys.argv[1], sys.argv[1:])
"""
"""Has the loopback address up (SIOCSIFFLAGS, IFF_UP), and goes on as something else."""

PROGRAMS = "/usr/sbin:/usr/bin:/sbin:/bin"

NEEDED = ("unshare", "chroot", "dpkg-deb")


class Bare:
    """A root without Python, each of whose commands has no network either."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.work = root / WORK

    def words(self, *words: str) -> list[str]:
        """How something is run there, with the least of an environment."""
        inside = 'cd "$0" && exec "$@"'
        said = ("HOME=/root", "TERM=xterm-256color", "LANG=C.UTF-8", f"PATH={PROGRAMS}")
        return [
            *("unshare", "--net", sys.executable, "-c", ALONE),
            *("chroot", str(self.root), "env", "-i", *said),
            *("/bin/sh", "-c", inside, f"/{WORK}", *words),
        ]

    def run(self, *words: str, stdin: str = "") -> str:
        """What a command says; it has to end well."""
        done = subprocess.run(
            self.words(*words),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, f"{words}\n{done.stdout}{done.stderr}"
        return done.stdout

    @contextmanager
    def terminal(self, *words: str) -> Iterator[Terminal]:
        """A command there on a terminal of 80x24."""
        with terminal(*self.words(*words), program=CHROOT) as found:
            yield found


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Bare:
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("needs Linux and its superuser, for another root")
    if lacking := [program for program in NEEDED if shutil.which(program) is None]:
        pytest.skip(f"{', '.join(lacking)} not installed")
    root = Path(os.environ.get("OFFWALL_BARE_ROOT") or tmp_path_factory.mktemp("bare"))
    if not (root / "bin").exists():
        if shutil.which("debootstrap") is None:
            pytest.skip("debootstrap is not installed")
        command = ["debootstrap", "--variant=minbase", "stable", str(root)]
        subprocess.run(command, check=True, capture_output=True, timeout=1800)
    assert not list(root.glob("usr/bin/python*"))
    (root / WORK).mkdir(parents=True, exist_ok=True)
    return Bare(root)


@pytest.fixture(scope="module")
def package() -> Path:
    """The Debian package, of which the folder's archive lies beside it."""
    if named := os.environ.get("OFFWALL_DEB"):
        return Path(named)
    for recipe in ("folder", "deb"):
        command = ["bash", str(ROOT / ".packaging" / recipe)]
        subprocess.run(command, check=True, capture_output=True, timeout=1800)
    return max((ROOT / "dist").glob("offwall_*.deb"), key=lambda path: path.stat().st_mtime)


@pytest.fixture(scope="module")
def installed(bare: Bare, package: Path) -> Bare:
    shutil.copyfile(package, bare.root / "root" / "offwall.deb")
    bare.run("dpkg", "-i", "/root/offwall.deb")
    return bare


def afternoon(bare: Bare, offwall: str) -> None:
    """Everything that plain commands do in an afternoon, and what it comes to."""
    shutil.rmtree(bare.work)
    bare.work.mkdir()
    assert bare.run(offwall, "new", "s.toml", "--preset", "three-phase").startswith("Made s.toml")
    lines = (
        "Agree the plan @cm a:own ?Ready >yes >no=end +Plan\n*Send the plan @cm by 29 Jan 2027\n"
    )
    said = bare.run(offwall, "add", "s.toml", stdin=lines)
    assert "Agree the plan" in said
    bare.run(offwall, "set", "s.toml", "workshop", "date=2026-12-10")
    assert "Agree the plan" in bare.run(offwall, "list", "s.toml")
    bare.run(offwall, "check", "s.toml")
    assert bare.run(offwall, "export", "s.toml").startswith("Wrote s.xlsx")
    assert zipfile.ZipFile(bare.work / "s.xlsx").testzip() is None
    assert "Nothing new." in bare.run(offwall, "import", "s.xlsx", "s.toml", "--dry-run")
    bare.run(offwall, "calendar", "s.toml", "-o", "s.ics")
    for name in ("s.docx", "s.md", "s.pdf", "s.pptx"):
        bare.run(offwall, "brief", "s.toml", "-o", name)
    for name in ("s.svg", "s.bpmn", "map.pdf"):
        bare.run(offwall, "map", "s.toml", "-o", name)
    assert (bare.work / "s.pdf").read_bytes().startswith(b"%PDF")
    assert zipfile.ZipFile(bare.work / "s.pptx").testzip() is None


def test_the_package_has_a_manual_page_completions_and_a_copyright(installed: Bare) -> None:
    files = installed.run("dpkg", "-L", "offwall")
    for name in (
        "/usr/bin/offwall",
        "/usr/share/man/man1/offwall.1.gz",
        "/usr/share/bash-completion/completions/offwall",
        "/usr/share/zsh/vendor-completions/_offwall",
        "/usr/share/doc/offwall/copyright",
    ):
        assert name in files
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert installed.run("offwall", "--version").startswith(f"offwall {version} (build ")


def test_the_afternoon_is_done_by_plain_commands(installed: Bare) -> None:
    afternoon(installed, "offwall")


def test_the_folder_does_the_same_wherever_it_is_unpacked(bare: Bare, package: Path) -> None:
    (archive,) = package.parent.glob("offwall-*-linux-*.tar.gz")
    place = bare.root / "srv"
    with tarfile.open(archive) as packed:
        packed.extractall(place, filter="tar")
    name = archive.name.removesuffix(".tar.gz")
    afternoon(bare, f"/srv/{name}/offwall")
    shutil.rmtree(place / name)


def test_what_is_passed_on_comes_with_its_licences(installed: Bare) -> None:
    texts = installed.root / "opt/offwall/licences"
    page = (ROOT / "docs" / "information-governance.md").read_text("utf-8")
    told = {one.split(" | ")[0][2:].lower() for one in page.splitlines() if " | " in one}
    assert {path.name for path in texts.iterdir()} >= {"textual", "lxml", "openpyxl", "typst"}
    for folder in (path for path in texts.iterdir() if path.is_dir()):
        assert list(folder.iterdir())
        assert folder.name in told | {"offwall"} or folder.name.replace("-", "_") in told
    assert not list((installed.root / "opt/offwall").rglob("libreadline*")), "it is under the GPL"


def test_the_sample_is_recorded_shown_and_written_through_a_terminal(installed: Bare) -> None:
    shutil.rmtree(installed.work)
    installed.work.mkdir()
    path = installed.work / "contract-management.toml"
    with installed.terminal("offwall", "demo") as recorder:
        recorder.wait_for("Consider a specialist topic")
        with installed.terminal("offwall", "show", path.name) as room:
            room.wait_for("Next steps and action plan")
            recorder.send("2")
            recorder.wait_for("Activity")
            recorder.send("nSay it without Python @cm\r")
            recorder.wait_for("kept 1")
            room.wait_for("Say it without Python")
            room.send("q")
            assert room.ended() == 0
        recorder.send("\x1b")
        recorder.send("\x11")
        assert recorder.ended() == 0
    assert "Say it without Python" in path.read_text("utf-8")
    said = installed.run("offwall", "export", "--all", path.name, "-o", "out")
    out = {one.suffix for one in (installed.work / "out").rglob("*") if one.is_file()}
    assert out >= {".xlsx", ".docx", ".pdf", ".pptx", ".svg", ".ics", ".eml", ".txt"}
    assert said.splitlines()[-1].startswith("Wrote out: ")


def test_the_page_for_a_browser_is_served_from_the_folder(installed: Bare) -> None:
    installed.run("offwall", "new", "page.toml")
    with installed.terminal("offwall", "show", "page.toml", "--serve", "--port", "8123") as page:
        page.wait_for("8123")
        page.send("\x03")
        page.ended()
        assert "fault" not in page.shown


def test_what_people_wrote_stays_when_it_is_removed_and_purged(installed: Bare) -> None:
    (installed.work / "kept.toml").write_text('title = "Ours"\n', "utf-8")
    assert (installed.root / "root/.local/state/offwall").is_dir()
    installed.run("dpkg", "--remove", "offwall")
    assert not (installed.root / "usr/bin/offwall").is_symlink()
    installed.run("dpkg", "--purge", "offwall")
    assert "offwall" not in installed.run("dpkg", "-l")
    assert not list(installed.root.glob("opt/*"))
    left = [str(one) for one in installed.root.glob("usr/share/**/*offwall*")]
    assert left == []
    # Nor is what lies in people's own folders taken: the page for IT says how to remove that.
    assert (installed.work / "kept.toml").exists()
    assert (installed.root / "root/.local/state/offwall").is_dir()
