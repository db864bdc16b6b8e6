"""All outputs of two checkouts, side by side: what is the same, and where each other one differs.

``python benchmarks/compare_outputs.py OLD NEW [--random 200] [--seed 1]``. The inputs are the
samples, the sessions of tests/frozen, and random sessions that are written once and read by both:
half are any session that can be (OLD's ``tests/strategies.py``), half are a sample with records
and fields left out or in another order. `every_output.py` runs each checkout's program in a process
of its own; where a checkout needs another Python, ``--python-old`` and ``--python-new`` name it.
OLD may also be a folder of outputs that were recorded, such as tests/frozen/outputs; what was not
recorded is then not compared.

Pictures are left out, and what says when a file was written. What differs on purpose is named in
`expected_differences.toml`; the exit status is 1 where something else differs.
"""

import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import tomli_w

HERE = Path(__file__).resolve().parent
FROZEN = HERE.parent / "tests" / "frozen"
TEMPLATE = FROZEN / "workbooks" / "council-template.xlsx"
EXPECTED = HERE / "expected_differences.toml"

KINDS = {
    "schema/*": "schema",
    "*/said/list*": "list",
    "*/said/check*": "check",
    "*/said/import*": "import",
    "*/said/diff*": "diff",
    "*/said/*": "said",
    "*/everything/owners/*": "mails",
    "*/everything/email-*": "mails",
    "*/everything/mails-and-calendars/*.ics": "calendars",
    "*/everything/mails-and-calendars/*": "mails",
    "*feedback.*": "feedback",
    "*brief.*": "brief",
    "*.ics": "calendars",
    "*.svg": "drawing",
    "*.bpmn": "bpmn",
    "*/filled.xlsx": "template",
    "*.xlsx": "workbook",
    "*.toml": "session",
    "*": "other",
}
"""What a file is, by the first pattern that its name fits."""

DATES = re.compile(r"^(DTSTAMP|CREATED|LAST-MODIFIED|SEQUENCE)[:;]|^<dcterms:(created|modified)")
"""Lines that say when a file was written."""

PICTURE = re.compile(r"data:image/[a-z+]+;base64,[A-Za-z0-9+/=\s]+")

Pieces = dict[str, list[str]]
"""A file as it is compared: for each part of it (one without a name, where it is no zip) lines."""


@dataclass(slots=True)
class Expected:
    """A difference that is wanted: see `expected_differences.toml`."""

    kind: str
    reason: str
    where: str = "*"
    pattern: str = ""
    met: bool = False

    def covers(self, kind: str, file: str, part: str) -> bool:
        """Whether it speaks of this part of this file."""
        return self.kind in ("*", kind) and fnmatchcase(
            f"{file}!{part}" if part else file, self.where
        )

    def finds(self, line: str) -> bool:
        """Whether it names this line."""
        return re.search(self.pattern, line) is not None


@dataclass(frozen=True, slots=True)
class Difference:
    """The first place where two files differ: the part, the line in it, and both lines."""

    part: str
    line: int
    old: str
    new: str


def expected() -> list[Expected]:
    """What is named. Ends the program where an entry is none."""
    found = []
    for number, entry in enumerate(
        tomllib.loads(EXPECTED.read_text("utf-8")).get("difference", []), 1
    ):
        try:
            one = Expected(**entry)
            re.compile(one.pattern)
        except (TypeError, re.error) as wrong:
            sys.exit(f"{EXPECTED.name}, entry {number}: {wrong}")
        if one.kind not in ("*", *KINDS.values()) or not one.reason.strip():
            sys.exit(f"{EXPECTED.name}, entry {number}: the kind must be known, the reason said.")
        found.append(one)
    return found


# The inputs


NEEDED = {"id", "stage", "text", "code", "name", "say", "kind", "body", "on", "format", "means"}
NEEDED |= {"first", "second", "criterion", "header"}
"""Fields that a record cannot be without."""


def thinned(table: Mapping[str, Any], chance: random.Random, top: bool = True) -> dict[str, Any]:
    """The table with some of its records and fields left out, and some records in another order."""
    kept: dict[str, Any] = {}
    for key, value in table.items():
        if key not in NEEDED | {"stages"} and chance.random() < (0.1 if top else 0.2):
            continue
        kept[key] = value
        if isinstance(value, Mapping):
            kept[key] = thinned(value, chance, top=False)
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            rate = 1 if key == "stages" else chance.choice((0.3, 0.7, 1))
            records = [thinned(one, chance, top=False) for one in value if chance.random() <= rate]
            kept[key] = chance.sample(records, len(records)) if chance.random() < 0.3 else records
    return kept


def write_inputs(folder: Path, samples: Sequence[Path], number: int, seed: int) -> None:
    """The sessions as files, and half of the random ones."""
    shutil.copyfile(TEMPLATE, folder / "template.xlsx")
    for path in samples:
        shutil.copyfile(path, folder / path.name)
    chance = random.Random(seed)  # noqa: S311
    for place in range(1, number + 1):
        path = chance.choice(samples)
        made = thinned(tomllib.loads(path.read_text("utf-8")), chance)
        target = folder / f"thin-{place:03}.toml"
        target.write_text(tomli_w.dumps(made, multiline_strings=True), "utf-8", newline="")


def started(python: Path, scratch: Path, *words: object) -> subprocess.Popen[bytes]:
    """One checkout's process, with nothing of this one's surroundings."""
    surroundings = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(scratch),
        "TZ": "Europe/London",
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "100",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONPYCACHEPREFIX": str(scratch / "cache"),
    }
    command = [str(python), str(HERE / "every_output.py"), *map(str, words)]
    return subprocess.Popen(command, env=surroundings)


def ended(*processes: subprocess.Popen[bytes]) -> None:
    """Wait for them. Ends the program with status 2 where one failed."""
    statuses = [process.wait() for process in processes]
    if any(statuses):
        print("A checkout could not be run to its end; nothing was compared.", file=sys.stderr)
        sys.exit(2)


# The comparison


def pieces(path: Path) -> Pieces:
    """A file in the form in which it is compared."""
    if path.suffix not in (".xlsx", ".docx"):
        return {"": lines(path.name, path.read_bytes())}
    with ZipFile(path) as parts:
        found = {
            name: [] if "/media/" in name else lines(name, parts.read(name))
            for name in parts.namelist()
        }
    return {"": sorted(found), **found}


def lines(name: str, data: bytes) -> list[str]:
    """The lines of a file or part; XML has one a tag, and calendars are unfolded."""
    text = data.decode("utf-8", "backslashreplace")
    if name.endswith((".xml", ".rels", ".svg", ".bpmn", ".vml")):
        text = PICTURE.sub("a picture", text).replace("><", ">\n<")
    elif name.endswith(".json"):
        with suppress(ValueError):
            text = json.dumps(json.loads(text), indent=1, ensure_ascii=False)
    elif name.endswith(".ics"):
        text = text.replace("\r\n ", "")
    return [line for line in text.split("\n") if not DATES.match(line)]


def differences(old: Path, new: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """The parts that differ, with their lines; a file that is not there has none."""
    if old.exists() and new.exists() and old.read_bytes() == new.read_bytes():
        return
    before, after = (pieces(path) if path.exists() else {} for path in (old, new))
    for part in dict.fromkeys((*before, *after)):
        one, other = before.get(part, ["(not there)"]), after.get(part, ["(not there)"])
        if one != other:
            yield part, one, other


def unexpected(
    one: list[str], other: list[str], part: str, named: Sequence[Expected]
) -> Difference | None:
    """The first place that no entry names, of those that speak of this part; None without one."""
    for entry in named:
        if not entry.pattern:
            entry.met = True
            return None
        left = [[line for line in found if not entry.finds(line)] for found in (one, other)]
        entry.met = entry.met or left != [one, other]
        one, other = left
    for number, (old, new) in enumerate(zip_longest(one, other), 1):
        if old != new:
            return Difference(part, number, *excerpts(old, new))
    return None


def excerpts(old: str | None, new: str | None) -> tuple[str, str]:
    """Both lines from shortly before where they differ; an end where there is no more line."""
    pairs = enumerate(zip_longest(old or "", new or ""))
    start = max(0, next((at for at, (one, other) in pairs if one != other), 0) - 30)
    cut = f"from character {start + 1}: " if start else ""
    shown = (
        "(its end)" if line is None else f"{cut}{line[start : start + 100]!r}"
        for line in (old, new)
    )
    return next(shown), next(shown)


def compare(old: Path, new: Path, named: Sequence[Expected], most: int, recorded: bool) -> int:
    """Print what is the same and what is not; how many files differ that no entry names."""
    found = [
        {str(path.relative_to(side)) for path in side.rglob("*") if path.is_file()}
        for side in (old, new)
    ]
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS.values()}
    told: dict[str, list[str]] = {kind: [] for kind in counts}
    for file in sorted(found[0] if recorded else found[0] | found[1]):
        kind = next(kind for glob, kind in KINDS.items() if fnmatchcase(file, glob))
        parts = list(differences(old / file, new / file))
        wrong = [
            unexpected(
                one, other, part, [entry for entry in named if entry.covers(kind, file, part)]
            )
            for part, one, other in parts
        ]
        counts[kind]["different" if any(wrong) else "expected" if parts else "same"] += 1
        if first := next(filter(None, wrong), None):
            told[kind].append(_told(file, first))
    _print(counts, told, most)
    return sum(count["different"] for count in counts.values())


def _told(file: str, first: Difference) -> str:
    place = f"{first.part}, line {first.line}" if first.part else f"line {first.line}"
    return f"{file}: {place}\n    old {first.old}\n    new {first.new}"


def _print(counts: Mapping[str, Counter[str]], told: Mapping[str, list[str]], most: int) -> None:
    print(f"{'kind':<10} {'same':>6} {'expected':>9} {'different':>10}")
    for kind, count in counts.items():
        if count:
            print(f"{kind:<10} {count['same']:>6} {count['expected']:>9} {count['different']:>10}")
    for kind, found in told.items():
        if found:
            print(f"\n{kind}: {len(found)} that no entry of {EXPECTED.name} names")
            print(*(f"  {one}" for one in found[:most]), sep="\n")
            if len(found) > most:
                print(f"  and {len(found) - most} more; --most says how many are told")


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("old", metavar="OLD", type=Path, help="a checkout, or recorded outputs")
    parser.add_argument("new", metavar="NEW", type=Path, help="a checkout")
    parser.add_argument("--random", type=int, default=200, help="how many random sessions")
    parser.add_argument("--seed", type=int, default=1, help="what these are drawn from")
    parser.add_argument("--most", type=int, default=20, help="differences told of a kind")
    parser.add_argument("--keep", type=Path, help="keep inputs and outputs in this new folder")
    for side in ("old", "new"):
        parser.add_argument(f"--python-{side}", type=Path, default=Path(sys.executable))
    return parser.parse_args()


def run(args: argparse.Namespace, folder: Path, recorded: bool) -> tuple[Path, Path]:
    """Have both checkouts write their outputs; where those are."""
    inputs, old, new = (folder / name for name in ("inputs", "old", "new"))
    inputs.mkdir(parents=True)
    samples = {path.name: path for path in sorted((FROZEN / "sessions").glob("*.toml"))}
    if recorded:
        samples = {path.name: path for path in samples.values() if (args.old / path.stem).is_dir()}
        write_inputs(inputs, list(samples.values()), 0, args.seed)
        ended(started(args.python_new, folder, args.new, inputs, new))
        return args.old, new
    samples |= {path.name: path for path in sorted((args.old / "sample_sessions").glob("*.toml"))}
    any_kind = args.random // 2
    write_inputs(inputs, list(samples.values()), args.random - any_kind, args.seed)
    if any_kind:
        random_ones = ("--random", any_kind, args.seed)
        ended(started(args.python_old, folder, args.old, inputs, *random_ones))
    ended(
        started(args.python_old, folder, args.old, inputs, old),
        started(args.python_new, folder, args.new, inputs, new),
    )
    return old, new


def main() -> int:
    args, named = arguments(), expected()
    recorded = not (args.old / "pyproject.toml").exists()
    with TemporaryDirectory() as scratch:
        old, new = run(args, args.keep or Path(scratch), recorded)
        wrong = compare(old, new, named, args.most, recorded)
    for entry in named:
        if not entry.met:
            print(
                f"named in {EXPECTED.name} and not met: {entry.kind} {entry.where} ({entry.reason})"
            )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
