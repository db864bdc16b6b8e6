"""Write what winget and Homebrew install from: dist/winget/*.yaml and dist/offwall.rb.

``python .packaging/manifests.py ADDRESS``, with the folders in dist/; ADDRESS is where the files of
a release lie. Neither was tried: winget and Homebrew were not at hand.
"""

import hashlib
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]

SHORT = "Take a council's process map off the wall"

WINGET = {
    "Offwall.Offwall": """ManifestType: version
PackageIdentifier: Offwall.Offwall
PackageVersion: {version}
DefaultLocale: en-GB
ManifestVersion: 1.9.0
""",
    "Offwall.Offwall.locale.en-GB": """ManifestType: defaultLocale
PackageIdentifier: Offwall.Offwall
PackageVersion: {version}
PackageLocale: en-GB
Publisher: Offwall
PackageName: Offwall
License: MIT
ShortDescription: {short}
ManifestVersion: 1.9.0
""",
    "Offwall.Offwall.installer": """ManifestType: installer
PackageIdentifier: Offwall.Offwall
PackageVersion: {version}
InstallerType: zip
NestedInstallerType: portable
NestedInstallerFiles:
  - RelativeFilePath: offwall\\offwall.exe
    PortableCommandAlias: offwall
ArchiveBinariesDependOnPath: true
Installers:
  - Architecture: x64
    InstallerUrl: {address}/offwall-{version}-windows-x64.zip
    InstallerSha256: {windows}
ManifestVersion: 1.9.0
""",
}
"""By the name of the file; the rest of the folder stays beside its program."""

FORMULA = """class Offwall < Formula
  desc "{short}"
  version "{version}"
  license "MIT"
  on_arm do
    url "{address}/offwall-{version}-macos-arm64.tar.gz"
    sha256 "{arm}"
  end
  on_intel do
    url "{address}/offwall-{version}-macos-x64.tar.gz"
    sha256 "{intel}"
  end

  def install
    man1.install "offwall.1"
    libexec.install Dir["*"]
    bin.install_symlink libexec/"offwall"
    generate_completions_from_executable(bin/"offwall", "completions", shells: [:bash, :zsh])
  end

  test do
    system bin/"offwall", "new", "s.toml"
    assert_match "0 errors", shell_output("#{{bin}}/offwall check s.toml")
  end
end
"""


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write(dist: Path, address: str) -> None:
    """Write all of them into the folder that has what they install."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    said = {"version": version, "address": address.rstrip("/"), "short": SHORT}
    windows = digest(dist / f"offwall-{version}-windows-x64.zip").upper()
    (dist / "winget").mkdir(exist_ok=True)
    for name, text in WINGET.items():
        filled = text.format(**said, windows=windows)
        (dist / "winget" / f"{name}.yaml").write_text(filled, "utf-8")
    arm, intel = (
        digest(dist / f"offwall-{version}-macos-{kind}.tar.gz") for kind in ("arm64", "x64")
    )
    (dist / "offwall.rb").write_text(FORMULA.format(**said, arm=arm, intel=intel), "utf-8")


if __name__ == "__main__":
    write(ROOT / "dist", sys.argv[1])
