"""Gather the wheels for a computer without a network: dist/offwall-VERSION-wheels-PLATFORM.zip.

``python .packaging/wheels.py [PLATFORM ...]``, after ``make wheel``; without names, all of them.
What is taken is what requirements.lock pins, by hash, of Offwall and the extras pdf, slides and
serve; each zip has wheels for every Python named here, a requirements.txt with the hashes, and
INSTALL.txt with the line that installs from it. The tables of the extra parquet are larger than all
the rest, and have a zip of their own, offwall-VERSION-parquet-PLATFORM.zip.
"""

import hashlib
import re
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Sequence
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
EXTRAS = ("slides", "serve", "pdf")
PYTHONS = ("3.11", "3.12", "3.13", "3.14")

PLATFORMS = {
    "linux-x64": ("linux", [f"manylinux{one}_x86_64" for one in ("_2_28", "_2_17", "2014")]),
    "windows-x64": ("win32", ["win_amd64"]),
    "windows-arm64": ("win32", ["win_arm64"]),
    "macos-x64": ("darwin", ["macosx_12_0_x86_64", "macosx_12_0_universal2"]),
    "macos-arm64": ("darwin", ["macosx_12_0_arm64", "macosx_11_0_arm64", "macosx_11_0_universal2"]),
}

LACKING = {"windows-arm64": ("pdf", "parquet")}
"""The extras of a platform that has no wheels of them: typst and PyArrow have none there."""

Pins = dict[str, tuple[str, list[str]]]
"""By project: what is pinned, and the hashes."""

LINE = "python -m pip install --no-index --find-links . --require-hashes -r {}\n"


def name_of(name: str) -> str:
    """A project's name as an index knows it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def holds(marker: Marker | None, system: str, python: str) -> bool:
    """Whether a marker is true on that system, whichever this one is."""
    about = {
        "sys_platform": system,
        "os_name": "nt" if system == "win32" else "posix",
        "platform_system": {"win32": "Windows", "darwin": "Darwin"}.get(system, "Linux"),
        "python_version": python,
        "python_full_version": f"{python}.0",
        "extra": "",
    }
    return marker is None or marker.evaluate(about)


def locked(system: str, python: str, extras: Sequence[str] = EXTRAS) -> Pins:
    """What is needed there: by project, its pin and hashes. Who needs what, the lock says."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    more = (one for extra in extras for one in project["optional-dependencies"][extra])
    roots = [Requirement(one) for one in (*project["dependencies"], *more)]
    needed = {name_of(one.name) for one in roots if holds(one.marker, system, python)}
    text = (ROOT / "requirements.lock").read_text("utf-8")
    blocks = {}
    for block in re.findall(r"^\S+==.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL):
        pin, _, rest = block.partition(" \\\n")
        pinned, _, marker = pin.partition(" ; ")
        if holds(Marker(marker) if marker else None, system, python):
            said = re.findall(r"^ +#(?: via)? +([\w.-]+)$", rest, re.MULTILINE)
            hashes = re.findall(r"sha256:[0-9a-f]{64}", rest)
            blocks[name_of(pinned.partition("==")[0])] = pinned, hashes, set(map(name_of, said))
    before = 0
    while before != len(needed):
        before = len(needed)
        needed |= {name for name, (*_, by) in blocks.items() if by & needed}
    return {name: (pin, hashes) for name, (pin, hashes, _) in blocks.items() if name in needed}


def text_of(wanted: Pins) -> str:
    """Requirements with hashes, as pip reads them."""
    return "".join(
        " \\\n    ".join([pin, *(f"--hash={one}" for one in hashes)]) + "\n"
        for pin, hashes in wanted.values()
    )


def download(platform: str, extras: Sequence[str], into: Path, *, alone: bool) -> Pins:
    """Have the wheels for every Python in a folder; ``alone`` leaves out what has no extra.

    Raises CalledProcessError where a wheel is not to be had for that platform.
    """
    system, tags = PLATFORMS[platform]
    every: Pins = {}
    for python in PYTHONS:
        without = locked(system, python, ()) if alone else {}
        found = locked(system, python, extras).items()
        wanted = {name: pin for name, pin in found if name not in without}
        every |= wanted
        listed = into.with_suffix(".txt")
        listed.write_text(text_of(wanted), "utf-8")
        subprocess.run(
            [
                *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
                *("--only-binary=:all:", "--require-hashes", "-r", str(listed)),
                *("--python-version", python, "--dest", str(into)),
                *(f"--platform={tag}" for tag in tags),
            ],
            check=True,
        )
    return every


def gather(platform: str, own: Path, extras: Sequence[str], *, alone: bool = False) -> Path:
    """Make one zip; ``alone`` is what the extras bring and no more."""
    version = own.name.split("-")[1]
    kind = "-".join(extras) if alone else "wheels"
    target = own.with_name(f"offwall-{version}-{kind}-{platform}.zip")
    listed = f"{kind}.txt" if alone else "requirements.txt"
    with tempfile.TemporaryDirectory() as folder:
        wheels = Path(folder, "wheels")
        every = download(platform, extras, wheels, alone=alone)
        files = sorted(wheels.iterdir())
        if not alone:
            digest = f"sha256:{hashlib.sha256(own.read_bytes()).hexdigest()}"
            every["offwall"] = f"offwall=={version}", [digest]
            files.append(own)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as out:
            for path in files:
                out.write(path, path.name)
            out.writestr(listed, text_of(every))
            out.writestr("INSTALL.txt", LINE.format(listed))
    found = hashlib.sha256(target.read_bytes()).hexdigest()
    target.with_name(f"{target.name}.sha256").write_text(f"{found}  {target.name}\n", "utf-8")
    return target


def main() -> None:
    """Gather for the platforms that are named."""
    found = sorted((ROOT / "dist").glob("offwall-*.whl"))
    if not found:
        sys.exit("There is no wheel in dist; make wheel makes it.")
    for platform in sys.argv[1:] or PLATFORMS:
        lacking = LACKING.get(platform, ())
        extras = [extra for extra in EXTRAS if extra not in lacking]
        print(f"Wrote {gather(platform, found[-1], extras)}", flush=True)
        if "parquet" not in lacking:
            print(f"Wrote {gather(platform, found[-1], ['parquet'], alone=True)}", flush=True)


if __name__ == "__main__":
    main()
