"""Write dist/offwall-VERSION.cdx.json: what Offwall stands on, as CycloneDX 1.6 in JSON.

``python .packaging/sbom.py [FILE]`` asks what is installed beside it for versions and licences, and
requirements.lock for the hashes of what may be downloaded. The same environment and
SOURCE_DATE_EPOCH give the same bytes. ``--licences`` prints the tables of
docs/information-governance.md instead; ``--texts FOLDER`` copies the licences' own words, as who
passes a library on has to, and Python's.
"""

import datetime as dt
import json
import os
import re
import shutil
import sys
import sysconfig
import uuid
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
EXTRAS = ("serve", "parquet", "pdf", "slides")
"""What users may choose besides; the tests' own is no part of what is installed."""

LONGEST = 60
"""Characters of a licence's name; what is longer is its text."""

TEXTS = re.compile(r"(?i)(licen[cs]e|copying|notice|copyright|ofl|authors)")

SAID_ELSEWHERE = {"resvg-py": "MIT"}
"""Licences of which the text alone is installed."""


def name_of(name: str) -> str:
    """A project's name as an index knows it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needs(found: Distribution, extra: str = "") -> Iterator[tuple[Distribution, str]]:
    """What a distribution needs here, and with which extra of that one."""
    for text in found.requires or ():
        wanted = Requirement(text)
        if wanted.marker is None or wanted.marker.evaluate({"extra": extra}):
            yield from ((distribution(wanted.name), one) for one in (*wanted.extras, ""))


def closure(*extras: str) -> dict[str, Distribution]:
    """All that ``offwall`` and these extras bring, by name; what an edition of it needs, too."""
    found: dict[str, Distribution] = {}
    seen, waiting = set(), [(distribution("offwall"), extra) for extra in ("", *extras)]
    while waiting:
        one, extra = waiting.pop()
        for needed, its_extra in needs(one, extra):
            key = name_of(needed.name), its_extra
            if key not in seen:
                seen.add(key)
                found[key[0]] = needed
                waiting.append((needed, its_extra))
    return dict(sorted(found.items()))


def licence(found: Distribution) -> str:
    """The licence that a distribution says of itself, in one line."""
    about = found.metadata
    kinds = [one for one in about.get_all("Classifier") or () if one.startswith("License :: OSI")]
    said = about.get("License") or ""
    short = said if len(said) <= LONGEST and "\n" not in said else ""
    named = ", ".join(one.rpartition(" :: ")[2] for one in kinds)
    return about.get("License-Expression") or named or short or SAID_ELSEWHERE[name_of(found.name)]


def locked() -> dict[str, list[str]]:
    """The SHA-256 of each file that requirements.lock lets an installer take, by project."""
    text = (ROOT / "requirements.lock").read_text("utf-8")
    blocks = re.findall(r"^([A-Za-z0-9._-]+)==(.*?)(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    return {name_of(name): re.findall(r"sha256:([0-9a-f]{64})", rest) for name, rest in blocks}


def component(found: Distribution, hashes: list[str], scope: str) -> dict[str, Any]:
    """One library."""
    purl = f"pkg:pypi/{name_of(found.name)}@{found.version}"
    said = licence(found)
    spdx = found.metadata.get("License-Expression")
    where = f"https://pypi.org/project/{name_of(found.name)}/{found.version}/"
    files = [{"alg": "SHA-256", "content": one} for one in sorted(hashes)]
    return {
        "type": "library",
        "bom-ref": purl,
        "name": found.name,
        "version": found.version,
        "scope": scope,
        "licenses": [{"expression": spdx} if spdx else {"license": {"name": said}}],
        "purl": purl,
        "externalReferences": [{"type": "distribution", "url": where, "hashes": files}],
    }


def document() -> dict[str, Any]:
    """The whole bill of materials."""
    core, every, hashes = closure(), closure(*EXTRAS), locked()
    own = distribution("offwall")
    main = f"pkg:pypi/offwall@{own.version}"
    parts = [
        component(one, hashes.get(name, []), "required" if name in core else "optional")
        for name, one in every.items()
    ]
    refs = {name: part["bom-ref"] for name, part in zip(every, parts, strict=True)}
    links = [{"ref": main, "dependsOn": sorted(refs[name_of(one.name)] for one, _ in needs(own))}]
    for name, one in every.items():
        below = {refs[name_of(each.name)] for each, _ in needs(one)}
        links.append({"ref": refs[name], "dependsOn": sorted(below)})
    when = dt.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), dt.UTC)
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(parts, sort_keys=True))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {
            "timestamp": when.isoformat(),
            "component": {
                "type": "application",
                "bom-ref": main,
                "name": "offwall",
                "version": own.version,
                "licenses": [{"license": {"id": "MIT"}}],
                "purl": main,
            },
        },
        "components": parts,
        "dependencies": links,
    }


def licence_tables() -> str:
    """The licences, as the page for IT has them: of all that is installed, then of the extras."""
    core, every = closure(), closure(*EXTRAS)
    more = {name: one for name, one in every.items() if name not in core}
    tables = [
        "\n".join(["| library | licence |", "|---|---|", *rows])
        for rows in (
            [f"| {one.name} | {licence(one)} |" for one in found.values()] for found in (core, more)
        )
    ]
    return "\n\nWhat the extras bring besides:\n\n".join(tables)


def copy_texts(folder: Path) -> None:
    """What each library has of licences and notices, under its name."""
    for one in (distribution("offwall"), *closure(*EXTRAS).values()):
        for file in one.files or ():
            if TEXTS.match(file.name) and file.suffix != ".py":
                target = folder / name_of(one.name) / file.name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file.locate(), target)
    own = Path(sysconfig.get_path("stdlib"), "LICENSE.txt")
    if own.exists():
        shutil.copyfile(own, folder / "python.txt")


def main() -> None:
    """Write it, print the tables, or copy the texts."""
    try:
        distribution("offwall"), closure(*EXTRAS)
    except PackageNotFoundError as missing:
        sys.exit(f"{missing.name} is not installed here; make setup installs all of it.")
    if "--licences" in sys.argv:
        print(licence_tables())
        return
    if "--texts" in sys.argv:
        copy_texts(Path(sys.argv[-1]))
        return
    default = f"dist/offwall-{distribution('offwall').version}.cdx.json"
    target = Path((*sys.argv[1:], default)[0])
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(document(), indent=1) + "\n", "utf-8")
    print(f"Wrote {target}")


if __name__ == "__main__":
    main()
