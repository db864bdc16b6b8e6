"""The wheel as it ships: built, installed into an environment of its own, and used there."""

import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]

BUILT = shutil.ignore_patterns("build", "dist", ".venv", "*.egg-info", ".git", "__pycache__")


def test_every_folder_with_modules_is_a_package_that_is_installed() -> None:
    said = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    folders = {
        "offwall" if folder == Path("tui/package") else ".".join(("offwall", *folder.parts))
        for top in ("model", "tui", "sample_sessions")
        for folder in {path.parent.relative_to(ROOT) for path in (ROOT / top).rglob("*.py")}
    }
    assert folders == set(said["packages"])


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the source distribution, so that that is whole too."""
    pytest.importorskip("build", reason="the package build is not installed")
    folder = tmp_path_factory.mktemp("dist")
    # Of a copy: another process of the tests may build at the same time.
    source = tmp_path_factory.mktemp("source") / "offwall"
    shutil.copytree(ROOT, source, ignore=BUILT, copy_function=shutil.copyfile)
    command = [sys.executable, "-m", "build", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return next(folder.glob("*.whl"))


@pytest.mark.night
@pytest.mark.skipif(sys.platform != "linux", reason="a recipe for Linux")
def test_two_builds_have_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("build", reason="the package build is not installed")
    found = []
    for mask in (0o022, 0o077):
        # Another folder, another mask and other times: what is built is the same all the same.
        source = tmp_path / f"source{mask}"
        shutil.copytree(ROOT, source, ignore=BUILT, copy_function=shutil.copyfile)
        environment = os.environ | {"SOURCE_DATE_EPOCH": "1764460800", "PYTHON": sys.executable}
        command = ["bash", str(source / ".packaging" / "wheel")]
        subprocess.run(
            command, check=True, capture_output=True, timeout=300, env=environment, umask=mask
        )
        found.append({path.name: path.read_bytes() for path in (source / "dist").iterdir()})
    assert sorted(Path(name).suffix for name in found[0]) == [".gz", ".sha256", ".whl"]
    assert found[0] == found[1]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a clean environment with nothing but the wheel."""
    place = tmp_path_factory.mktemp("clean")
    venv.create(place, with_pip=True, system_site_packages=False)
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    install = [str(programs / "python"), "-m", "pip", "install", "--quiet", str(wheel)]
    subprocess.run(install, check=True, capture_output=True, timeout=300)
    return programs


def holds_all_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        f"offwall/{path.relative_to(ROOT).as_posix()}".replace("offwall/tui/package/", "offwall/")
        for folder, kinds in {
            "tui": ("*.py", "*.tcss", "*.html", "py.typed"),
            "model": ("*.py", "*.toml", "py.typed"),
            "sample_sessions": ("*.toml", "*.py"),
        }.items()
        for kind in kinds
        for path in (ROOT / folder).rglob(kind)
    }
    assert {"offwall/model/store/presets/blank.toml", "offwall/tui/__main__.py"} <= expected
    assert any(name.endswith(".tcss") for name in expected)
    assert expected <= names
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"offwall"}
    assert any(name.endswith("licenses/LICENSE") for name in names)


@pytest.mark.slow
def test_data_ships_and_the_commands_work_from_the_wheel(
    wheel: Path, installed: Path, tmp_path: Path
) -> None:
    holds_all_data(wheel)

    def offwall(*words: str, stdin: str = "") -> str:
        done = subprocess.run(
            [str(installed / "offwall"), *words],
            check=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": ""},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
        )
        return done.stdout

    said = offwall("--version")
    assert said.startswith("offwall 0.")
    assert "(build " in said
    for words in (
        ["-m", "offwall", "--version"],
        ["-c", "import offwall; print(offwall.__version__)"],
    ):
        done = subprocess.run(
            [str(installed / "python"), *words], check=True, capture_output=True, timeout=60
        )
        assert b"0." in done.stdout
    assert offwall("new", "s.toml", "--preset", "three-phase").startswith("Made s.toml")
    assert offwall("add", "s.toml", stdin="Agree the plan @cm a:own +Plan\n")
    assert "Agree the plan" in offwall("list", "s.toml")
    assert "0 to put right" in offwall("check", "s.toml")
    assert offwall("export", "s.toml").startswith("Wrote s.xlsx")
    assert zipfile.ZipFile(tmp_path / "s.xlsx").testzip() is None


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    """What .packaging/sbom.py has by name, where all that it asks for is installed."""
    found = runpy.run_path(str(ROOT / ".packaging" / "sbom.py"))
    try:
        found["closure"](*found["EXTRAS"])
    except PackageNotFoundError as missing:
        pytest.skip(f"{missing.name} is not installed")
    return found


@pytest.mark.slow
def test_the_page_for_it_has_the_licence_of_all_that_is_installed(bill: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "information-governance.md").read_text("utf-8")
    rows = {line for line in page.splitlines() if re.match(r"\| [\w-]+ \| ", line)}
    assert not set(bill["licence_tables"]().splitlines()) - {""} - rows - set(page.splitlines())
    listed = {bill["name_of"](row.split(" | ")[0].strip("| ")) for row in rows}
    assert listed >= set(bill["closure"](*bill["EXTRAS"]))


@pytest.mark.slow
def test_the_bill_of_materials_is_whole(bill: dict[str, Any]) -> None:
    found = bill["document"]()
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    refs = {one["bom-ref"] for one in found["components"]}
    assert {"openpyxl", "textual", "typst"} <= {one["name"] for one in found["components"]}
    scopes = {one["name"]: one["scope"] for one in found["components"]}
    assert (scopes["textual"], scopes["typst"]) == ("required", "optional")
    for one in found["components"]:
        (files,) = one["externalReferences"]
        assert files["hashes"], f"{one['name']} is not in requirements.lock"
        assert one["licenses"]
    main = found["metadata"]["component"]["bom-ref"]
    assert {link["ref"] for link in found["dependencies"]} == refs | {main}
    assert all(set(link["dependsOn"]) <= refs for link in found["dependencies"])
    assert bill["document"]() == found


@pytest.mark.slow
@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
def test_the_wheels_for_no_network_are_all_that_is_needed_and_no_more(
    bill: dict[str, Any], system: str
) -> None:
    locked = runpy.run_path(str(ROOT / ".packaging" / "wheels.py"))["locked"](system, "3.12")
    # The tables of PyArrow are left out, as they are larger than all the rest.
    wanted = set(bill["closure"]("serve", "pdf", "slides")) - {"typing-extensions"}
    assert wanted <= set(locked)
    assert not {"pytest", "hypothesis", "mypy", "pyarrow", "build"} & set(locked)
    assert all(hashes for _, hashes in locked.values())


def test_winget_and_homebrew_are_told_what_to_take(tmp_path: Path) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    kinds = ("windows-x64.zip", "macos-x64.tar.gz", "macos-arm64.tar.gz")
    for kind in kinds:
        (tmp_path / f"offwall-{version}-{kind}").write_text(kind)
    found = runpy.run_path(str(ROOT / ".packaging" / "manifests.py"))
    found["write"](tmp_path, "https://example.org/v1/")
    winget = {path.name: path.read_text("utf-8") for path in (tmp_path / "winget").iterdir()}
    installer = winget["Offwall.Offwall.installer.yaml"]
    assert all(f"PackageVersion: {version}\n" in text for text in winget.values())
    formula = (tmp_path / "offwall.rb").read_text("utf-8")
    for kind in kinds:
        text = installer if kind.startswith("windows") else formula
        assert f"https://example.org/v1/offwall-{version}-{kind}" in text
        digest = found["digest"](tmp_path / f"offwall-{version}-{kind}")
        assert digest in text.lower()
    assert "#{bin}/offwall check" in formula


def test_a_commit_is_looked_at_by_the_ruff_of_the_gate() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    locked = (ROOT / "requirements.lock").read_text("utf-8")
    assert re.findall(r"ruff-pre-commit\n +rev: v(.+)", hooks) == re.findall(
        r"(?m)^ruff==(\S+)", locked
    )
