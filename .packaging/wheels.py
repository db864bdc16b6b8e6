"""Build dist/offwall-VERSION-wheels-PLATFORM.zip: Offwall's wheel and all that it needs.

A lock with hashes for each Python, and the line that installs from it without a network, lie in it.
``python .packaging/wheels.py [PLATFORM ...]``; without one, all of `PLATFORMS`.
"""

import hashlib
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
"""The releases of Python that the wheels are for."""

PLATFORMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "linux": tuple(f"manylinux{one}_x86_64" for one in ("_2_28", "_2_17", "2014")),
        "windows-x64": ("win_amd64",),
        "windows-arm": ("win_arm64",),
        "macos-arm": ("macosx_14_0_arm64", "macosx_11_0_arm64", "macosx_11_0_universal2"),
        "macos-intel": ("macosx_14_0_x86_64", "macosx_11_0_x86_64", "macosx_10_15_x86_64"),
    }
)
EXTRAS = ("serve", "parquet", "pdf", "slides")
"""Taken along where a wheel of theirs is there for the platform."""

READ_ME = """Offwall {version} for {platform}, Python {pythons}. Nothing is fetched from elsewhere.

In this folder:

    python -m venv offwall-env
    {programs}python -m pip install --no-index --find-links . --require-hashes -r {lock}

where {lock} is that of your Python: `python --version` says which. Then {programs}offwall
"""


def main(wanted: Iterable[str]) -> int:
    """Build for the platforms named, or for all; the answer is how many lack something."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    DIST.mkdir(exist_ok=True)
    wheel = _own_wheel()
    lacking = 0
    for platform in tuple(wanted) or PLATFORMS:
        with tempfile.TemporaryDirectory() as folder:
            whole = _gather(Path(folder), platform, wheel)
            lacking += not whole
            name = f"offwall-{version}-wheels-{platform}"
            _zip(Path(folder), DIST / f"{name}.zip", name, _read_me(version, platform))
        print(f"{name}.zip: {'whole' if whole else 'not whole, see above'}")
    return lacking


def _own_wheel() -> Path:
    run = [sys.executable, "-m", "build", "--wheel", "--outdir", str(DIST), str(ROOT)]
    subprocess.run(run, check=True, capture_output=True)
    return max(DIST.glob("offwall-*.whl"), key=lambda path: path.stat().st_mtime)


def _gather(folder: Path, platform: str, wheel: Path) -> bool:
    """Put the wheels into a folder, a lock for each Python; whether those needed are there."""
    whole = True
    for python in PYTHONS:
        known = _names(folder)
        if not _download(folder, platform, python, [str(wheel)]):
            print(f"{platform}: Python {python} lacks a wheel that is needed.")
            whole = False
            continue
        got = [
            extra for extra in EXTRAS if _download(folder, platform, python, [f"{wheel}[{extra}]"])
        ]
        left = ", ".join(sorted({*EXTRAS} - {*got}))
        if left:
            print(f"{platform}: Python {python} without {left}.")
        (folder / f"lock-{python}.txt").write_text(_lock(folder, platform, python, wheel), "utf-8")
        print(f"{platform}: Python {python}: {len(_names(folder) - known)} wheels more.")
    return whole


def _download(folder: Path, platform: str, python: str, what: list[str]) -> bool:
    tags = [word for tag in PLATFORMS[platform] for word in ("--platform", tag)]
    run = [sys.executable, "-m", "pip", "download", "--quiet", "--only-binary", ":all:"]
    run += ["--disable-pip-version-check", "--python-version", python, *tags]
    run += ["--constraint", str(_pins()), "--dest", str(folder), *what]
    return subprocess.run(run, check=False, capture_output=True).returncode == 0


def _pins() -> Path:
    """The versions of the lock file, without hashes: what an extra adds has none there."""
    pins = ROOT / "build" / "pins.txt"
    pins.parent.mkdir(exist_ok=True)
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pins.write_text("\n".join(line.rstrip(" \\") for line in lines if "==" in line), "utf-8")
    return pins


def _lock(folder: Path, platform: str, python: str, wheel: Path) -> str:
    """The needed wheels and no extras, by name, version and hash, as pip resolves them there."""
    with tempfile.TemporaryDirectory() as only:
        _download(Path(only), platform, python, [str(wheel)])
        lines = []
        for path in sorted(Path(only).glob("*.whl")):
            name, version = path.name.split("-")[:2]
            mine = (folder / path.name).read_bytes()
            lines.append(f"{name}=={version} --hash=sha256:{hashlib.sha256(mine).hexdigest()}")
    return "\n".join(lines) + "\n"


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.glob("*.whl")}


def _read_me(version: str, platform: str) -> str:
    programs = r"offwall-env\Scripts\\"[:-1] if platform.startswith("win") else "offwall-env/bin/"
    said = {"version": version, "platform": platform, "pythons": ", ".join(PYTHONS)}
    return READ_ME.format(**said, programs=programs, lock=f"lock-{PYTHONS[0]}.txt")


def _zip(folder: Path, to: Path, name: str, read_me: str) -> None:
    """Zip a folder: names in order and one time, so that the same wheels give the same bytes."""
    (folder / "README.txt").write_text(read_me, "utf-8")
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as made:
        for path in sorted(folder.iterdir()):
            made.writestr(zipfile.ZipInfo(f"{name}/{path.name}"), path.read_bytes())
    digest = hashlib.sha256(to.read_bytes()).hexdigest()
    to.with_name(f"{to.name}.sha256").write_text(f"{digest}  {to.name}\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
