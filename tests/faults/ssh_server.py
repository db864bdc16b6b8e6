"""OpenSSH's server on the loopback address, set up by the very words of docs/ssh.md.

It runs among mounts of its own: its /etc, /srv and /run are copies or empty, and go with it.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.faults.pty_driver import Terminal, terminal

ROOT = Path(__file__).parents[2]
SSHD = "/usr/sbin/sshd"
LOGINS = ("jane", "femi", "asha", "tom")

CLIENT = "import os, sys; os.execvp('ssh', ['ssh', *sys.argv[1:]])"


class Server:
    """A server that runs: its two ports, and its folder as root sees it."""

    def __init__(self, process: "subprocess.Popen[bytes]", ports: tuple[int, int], key: Path):
        self.process, (self.port, self.sftp_port), self.key = process, ports, key
        self.folder = Path(f"/proc/{process.pid}/root/srv/offwall/workshops")

    def words(self, port: int, sign: str = "-p") -> list[str]:
        """What ssh and sftp are told besides whom to reach."""
        options = {
            "IdentitiesOnly": "yes",
            "StrictHostKeyChecking": "no",
            "UserKnownHostsFile": "/dev/null",
            "LogLevel": "ERROR",
            "BatchMode": "yes",
            "SendEnv": "XDG_STATE_HOME TEXTUAL_LOG PYTHONPATH LD_PRELOAD LC_ALL",
        }
        said = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
        return ["-F", "/dev/null", "-i", str(self.key), *said, sign, str(port)]

    @contextmanager
    def login(self, name: str) -> Iterator[Terminal]:
        """Somebody's terminal of 80x24, at the far end of a real line."""
        words = [*self.words(self.port), "-tt", f"{name}@127.0.0.1"]
        with terminal(*words, program=CLIENT) as found:
            yield found

    def run(self, name: str, *words: str, options: tuple[str, ...] = ()) -> tuple[int, str]:
        """What ssh without a terminal comes to, asked for a command: its status and all it says."""
        command = ["ssh", *self.words(self.port), *options, f"{name}@127.0.0.1", *words]
        return _said(command, "")

    def sftp(self, name: str, batch: str, *, port: int = 0) -> tuple[int, str]:
        """What a batch of sftp comes to."""
        words = self.words(port or self.sftp_port, "-P")
        return _said(["sftp", *words, "-b", "-", f"{name}@127.0.0.1"], batch)


def _said(command: list[str], stdin: str) -> tuple[int, str]:
    done = subprocess.run(
        command, input=stdin, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout + done.stderr


def missing() -> str:
    """Why there can be no server here; empty where there can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "needs Linux and its superuser, for logins and mounts"
    for program in (SSHD, "ssh", "sftp", "unshare", "useradd"):
        if shutil.which(program) is None:
            return f"{program} is not installed"
    if subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode:
        return "no mounts of one's own are to be had here"
    return ""


def page_blocks() -> list[str]:
    """What docs/ssh.md has people type, in order: the folder, one login, the server's settings."""
    text = (ROOT / "docs" / "ssh.md").read_text("utf-8")
    return re.findall(r"^```(?:sh)?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def _reachable(paths: list[Path]) -> Iterator[str]:
    """Commands after which other logins reach these paths, whoever may enter what is above."""
    for number, path in enumerate(paths):
        closed = [one for one in reversed(path.parents) if not one.stat().st_mode & 0o001]
        if closed:
            yield f"mkdir -p /run/kept/{number} && mount --bind {path} /run/kept/{number}"
    tops = {}
    for number, path in enumerate(paths):
        closed = [one for one in reversed(path.parents) if not one.stat().st_mode & 0o001]
        if closed and not any(top in closed[0].parents for top in tops):
            tops.setdefault(closed[0], []).append((number, path))
    for top, below in tops.items():
        yield f"mount -t tmpfs -o mode=755 none {top}"
        for number, path in below:
            yield f"mkdir -p {path} && mount --bind /run/kept/{number} {path}"


def _script(folder: Path, ports: tuple[int, int]) -> str:
    setup, settings, *_ = page_blocks()
    *once, useradd, install = setup.strip().splitlines()
    offwall = Path(sys.executable).with_name("offwall")
    settings = settings.replace("/usr/bin/offwall", str(offwall))
    for said, port in zip(("22", "2222"), ports, strict=True):
        settings = re.sub(rf"(Port) {said}$", rf"\1 {port}", settings, flags=re.MULTILINE)
    own = "ListenAddress 127.0.0.1\nHostKey /run/host\nPidFile none\nUsePAM yes\nUseDNS no\n"
    # Whoever tests logs in often, and from one address.
    own += "AcceptEnv LANG LC_*\nSubsystem sftp internal-sftp\nMaxStartups 100\n"
    lines = [
        "set -e",
        "mount --make-rprivate /",
        *(f"mount -t tmpfs -o mode=755 none {place}" for place in ("/run", "/srv", "/var/log")),
        "mkdir /run/sshd && cp -a /etc /run/etc && mount --bind /run/etc /etc",
        f"cp {folder}/key.pub /run/key.pub && cp {folder}/host /run/host && chmod 600 /run/host",
        *_reachable([Path(sys.base_prefix), Path(sys.prefix), ROOT]),
        *once,
        "cd /run",
    ]
    for name in LOGINS:
        lines += [useradd.replace("jane", name), f"cp key.pub {name}.pub"]
        lines += [install.replace("jane", name)]
    lines += [
        f"cat > /run/settings <<'END'\n{own}{settings}END",
        f"exec {SSHD} -D -e -f /run/settings",
    ]
    return "\n".join(lines)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind(("127.0.0.1", 0))
        other.bind(("127.0.0.1", 0))
        return one.getsockname()[1], other.getsockname()[1]


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """A server that ends with the test; skips where there can be none. ``folder`` keeps keys."""
    if why := missing():
        pytest.skip(why)
    for name in ("key", "host"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)]
        subprocess.run(command, check=True, timeout=60)
    ports = _free_ports()
    log = folder / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["unshare", "-m", "bash", "-c", _script(folder, ports)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
        try:
            until = monotonic() + 60
            while "listening" not in log.read_text("utf-8"):
                assert process.poll() is None, log.read_text("utf-8")
                assert monotonic() < until, log.read_text("utf-8")
                sleep(0.05)
            yield Server(process, ports, folder / "key")
        finally:
            process.terminate()
            process.wait(30)
