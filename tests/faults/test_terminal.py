"""The real command in a real terminal: bursts, damage to the line, signals, faults, hostile text.

Each test starts the program anew, which takes most of its second.
"""

import os
import re
import shutil
import signal
import sys
from pathlib import Path

import pytest

from offwall.model import store
from offwall.model.records.text import MOST_MARKS
from offwall.tui.services import recent_sessions
from offwall.tui.terminal import crash_report, signals
from tests.faults.pty_driver import Terminal, terminal
from tests.faults.random_keys import HOME, go_home, press, walk

pytestmark = pytest.mark.slow  # drives the real command in a real terminal

STOCK = {"TEXTUAL_DRIVER": "textual.drivers.linux_driver:LinuxDriver"}
"""The framework's own driver, without any mending."""

PATIENCE = 60
"""What a machine that is busy with something else may make of it."""


def activities(path: Path) -> list[str]:
    return [activity.text for activity in store.read_session(path).in_order]


def records(path: Path, table: str = "activities") -> int:
    """How many there are, counted without reading the rest: this is asked over and over."""
    return path.read_bytes().count(f"[[{table}]]".encode())


def recording(terminal: Terminal) -> None:
    """Go to part 2 of the sample."""
    terminal.wait_for("Press 2")
    terminal.send("2")
    terminal.wait_for("45 of 48")


@pytest.mark.parametrize("number", [6, pytest.param(100, marks=pytest.mark.night)])
def test_a_burst_of_post_its_is_kept_exactly_and_in_order(own_sample: Path, number: int) -> None:
    texts = [f"Burst {place} [PO] =1+1 é" for place in range(number)]
    before = activities(own_sample)
    with terminal(own_sample) as line:
        line.wait_for("Press 2")
        # In one write: the screen, the line, each post-it left and opened again with Esc and n.
        line.send("2G" + "".join(f"n{text}\r\x1b" for text in texts))
        line.wait_for(lambda: records(own_sample) == len(before) + number, 120)
    assert activities(own_sample) == before + texts


def test_a_burst_goes_into_a_dialog_that_opens(own_sample: Path) -> None:
    before = len(store.read_session(own_sample).issues)
    thoughts = [(f"Thought {place}", f"[{place}]") for place in range(4)]
    with terminal(own_sample) as line:
        line.wait_for("Press 2")
        line.send("".join(f"p{text}\t{by}\r" for text, by in thoughts))
        line.wait_for(lambda: records(own_sample, "issues") == before + len(thoughts))
    issues = store.read_session(own_sample).issues[before:]
    assert [(issue.text, issue.raised_by) for issue in issues] == thoughts


def test_bytes_that_are_no_text_end_nothing(own_sample: Path) -> None:
    with terminal(own_sample) as line:
        recording(line)
        line.send(b"Gn\xff\xfeCaf\xe9 \xed\xa0\x80 \xf4\x90\x80\x80 one\r")
        line.wait_for(lambda: records(own_sample) == 49)
        line.send(b"\x1b[99999999999;1u\x1b[?9c\x1bPok\x1b\\\x9b2J")
        line.send("\x1b\x1bnTwo\r")
        line.wait_for(lambda: records(own_sample) == 50)
    assert re.fullmatch("\ufffd+Caf\ufffd \ufffd+ \ufffd+ one", activities(own_sample)[48])


@pytest.mark.slow
def test_stock_textual_still_ends_at_a_byte_that_is_no_text(own_sample: Path) -> None:
    """When this fails, Textual decodes what it cannot read and tui/terminal/input_driver.py can
    go.
    """
    with terminal(own_sample, **STOCK) as line:
        line.wait_for("Press 2")
        line.send(b"\xff")
        assert line.ended()


@pytest.mark.parametrize(
    "name",
    [
        "SIGTERM",
        pytest.param("SIGHUP", marks=pytest.mark.slow),
        pytest.param("SIGINT", marks=pytest.mark.slow),
    ],
)
def test_a_signal_ends_it_in_good_order(own_sample: Path, name: str) -> None:
    number = signal.Signals[name]
    with terminal(own_sample) as line:
        recording(line)
        line.send("GnLast words\r")
        line.wait_for(" S8.07")
        line.signal(number)
        assert line.ended() == 128 + number
        line.wait_for(lambda: line.given_back)
    assert activities(own_sample)[-1] == "Last words"


def test_a_dropped_line_ends_it_and_all_is_kept(own_sample: Path) -> None:
    with terminal(own_sample) as line:
        recording(line)
        line.send("GnLast words\r")
        line.wait_for(" S8.07")
        line.drop()
        assert line.process.wait(PATIENCE) == 128 + signal.SIGHUP
    assert activities(own_sample)[-1] == "Last words"


@pytest.mark.slow
def test_a_line_that_drops_where_hang_ups_are_ignored_ends_it_too(own_sample: Path) -> None:
    program = """
import signal, sys
signal.signal(signal.SIGHUP, signal.SIG_IGN)
from offwall.tui.__main__ import main
sys.exit(main())
"""
    with terminal(own_sample, program=program) as line:
        recording(line)
        line.drop()
        assert line.process.wait(PATIENCE) == 128 + signal.SIGHUP


def test_ending_takes_three_seconds_at_most() -> None:
    # Whatever hangs then is cut off.
    assert signals.END_SECONDS < 3


@pytest.mark.slow
def test_what_hangs_ends_all_the_same(own_sample: Path, tmp_path: Path) -> None:
    hangs = tmp_path / "hangs"
    program = f"""
import sys, time
from pathlib import Path
from offwall.tui.app import OffwallApp
from offwall.tui.__main__ import main
def hang(self):
    Path({str(hangs)!r}).touch()
    while True:
        time.sleep(0.1)
OffwallApp.action_help = hang
sys.exit(main())
"""
    with terminal(own_sample, program=program) as line:
        recording(line)
        line.send("GnLast words\r\x1b")
        line.wait_for(lambda: records(own_sample) == 49)
        line.send("?")
        line.wait_for(hangs.exists)
        line.signal(signal.SIGTERM)
        assert line.ended() == 128 + signal.SIGTERM
        assert line.modes == line.modes_before
    assert activities(own_sample)[-1] == "Last words"


def test_it_is_stopped_and_goes_on(own_sample: Path) -> None:
    with terminal(own_sample) as line:
        recording(line)
        for number in (signal.SIGTSTP, signal.SIGSTOP, signal.SIGTSTP):
            line.signal(number)
            line.wait_for(lambda: line.stopped)
            if number == signal.SIGTSTP:
                line.wait_for(lambda: line.given_back)
            line.quiet(0.1)
            line.clear()
            line.signal(signal.SIGCONT)
            # Not what was drawn before and came late: two signals at once would be one.
            line.wait_for(lambda: b"\x1b[?1049h" in line.raw)
            line.wait_for("45 of 48")
            line.quiet()
        line.send("Gnabcdefghij klmnop\r")
        line.wait_for(lambda: records(own_sample) == 49)
        line.signal(signal.SIGTERM)
        line.ended()
        line.wait_for(lambda: line.given_back)
    assert activities(own_sample)[-1] == "abcdefghij klmnop"


def test_going_on_at_once_is_not_overtaken_by_the_stop(own_sample: Path) -> None:
    with terminal(own_sample) as line:
        recording(line)
        for _ in range(3):
            line.signal(signal.SIGTSTP)
            # The terminal is being given back, and nobody will ask a second time to go on.
            line.read(0.01)
            line.signal(signal.SIGCONT)
        # Keys that come while the terminal is given back are the shell's: ask by a signal.
        line.signal(signal.SIGTERM)
        assert line.ended() == 128 + signal.SIGTERM
        line.wait_for(lambda: line.given_back)


A_SHELL = """
import os
os.environ["PS1"] = "ready> "
os.execvp("bash", ["bash", "--norc", "--noprofile", "-i"])
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs a shell that knows jobs")
def test_a_shell_stops_it_sends_it_behind_and_calls_it_back(own_sample: Path) -> None:
    with terminal(program=A_SHELL) as line:
        line.wait_for("ready>")
        line.send(f"{sys.executable} -m offwall {own_sample}\r")
        line.wait_for("Press 2")
        shell = line.process.pid
        [editor] = Path(f"/proc/{shell}/task/{shell}/children").read_text("ascii").split()
        line.send("2")
        line.wait_for("45 of 48")
        os.kill(int(editor), signal.SIGTSTP)
        line.wait_for("Stopped")
        before = len(line.raw)
        # Behind the shell it may not draw.
        line.send("bg\r")
        line.wait_for(lambda: b"ready> " in line.raw[before:])
        line.quiet(0.5)
        assert b"\x1b[2J" not in line.raw[before:]
        line.clear()
        line.send("fg\r")
        line.wait_for("45 of 48")
        line.send("GnAfter the call\r\x1b")
        line.wait_for(lambda: records(own_sample) == 49)
        line.clear()
        line.send("\x11")
        line.wait_for("ready>")
    assert activities(own_sample)[-1] == "After the call"


@pytest.mark.slow
def test_stock_textual_still_reads_twice_after_a_stop_without_a_word(own_sample: Path) -> None:
    """When this fails, Textual goes on rightly and `_sigcont_application` of reading.py can go."""
    threads = {}
    for name, driver in (("own", {}), ("stock", STOCK)):
        with terminal(own_sample, **driver) as line:
            recording(line)
            line.quiet()
            tasks = Path(f"/proc/{line.process.pid}/task")
            before = len([*tasks.iterdir()])
            line.signal(signal.SIGSTOP)
            line.wait_for(lambda: line.stopped)
            line.signal(signal.SIGCONT)
            line.wait_for(lambda: bytes(line.raw).count(b"\x1b[?1049h") == 2)
            line.quiet()
            threads[name] = len([*tasks.iterdir()]) - before
    assert threads["own"] <= 0 < threads["stock"]


def test_a_line_that_stalls_keeps_nothing_from_being_kept(own_sample: Path) -> None:
    # As Textual draws, which is ten times as much and fills any line.
    with terminal(own_sample, OFFWALL_DRIVER="textual") as line:
        recording(line)
        texts = [f"Typed blind {place}" for place in range(6)]
        # Nothing is read meanwhile: what is drawn fills the line and stays.
        os.set_blocking(line.master, True)
        os.write(line.master, ("G" + "kj" * 50).encode())
        os.write(line.master, "".join(f"n{text}\r\x1b" for text in texts).encode())
        line.wait_blind(lambda: records(own_sample) == 54)
        assert activities(own_sample)[48:] == texts
        line.wait_for("Typed blind 5")
        os.write(line.master, b"gG" * 200)
        line.signal(signal.SIGTERM)
        assert line.process.wait(PATIENCE) == 128 + signal.SIGTERM


@pytest.mark.slow
def test_the_screen_is_drawn_on_the_terminal_where_errors_go_to_a_file(
    own_sample: Path, tmp_path: Path
) -> None:
    log = tmp_path / "errors.log"
    with log.open("wb") as errors, terminal(own_sample, stderr=errors) as line:
        recording(line)
        line.send("\x11")
        assert line.ended() == 0
        line.wait_for(lambda: line.given_back)
    assert log.read_bytes() == b""


FAULT = """
import sys, threading
from offwall.tui.app import OffwallApp
from offwall.tui.__main__ import main
def fail(text):
    raise KeyError(text)
def on_a_thread(self):
    threading.Thread(target=fail, args=(self.session.workshop.title,)).start()
async def in_a_worker(self):
    fail(self.session.workshop.title)
OffwallApp.action_help = {
    "key": lambda self: fail(self.session.workshop.title),
    "thread": on_a_thread,
    "worker": lambda self: self.run_worker(in_a_worker(self)),
}[sys.argv.pop()]
sys.exit(main())
"""


@pytest.mark.parametrize(
    "where", ["key", *(pytest.param(name, marks=pytest.mark.slow) for name in ("thread", "worker"))]
)
def test_a_fault_is_one_sentence_and_the_terminal_is_given_back(
    own_sample: Path, where: str, tmp_path: Path
) -> None:
    with terminal(own_sample, where, program=FAULT) as line:
        recording(line)
        line.send("GnLast words\r\x1b")
        line.wait_for(" S8.07")
        line.send("?")
        assert line.ended() == crash_report.FAULT_EXIT
        line.wait_for(lambda: line.given_back)
        said = bytes(line.raw).rpartition(b"\x1b[?1006l")[2].decode()
    log = recent_sessions.state_folder() / crash_report.LOG_NAME
    assert " ".join(said.split()).replace("/ ", "/").startswith("Offwall met a fault of its own (")
    assert said.count("Offwall met") == 1
    assert "Traceback" not in said
    assert "Contract management" not in said + log.read_text("utf-8")
    assert log.stat().st_mode & 0o777 == 0o600
    assert activities(own_sample)[-1] == "Last words"


STOCK_FAULT = (
    FAULT.partition("sys.exit")[0]
    + """
from textual.app import App
from offwall.tui.services.terminal_app import TerminalApp
TerminalApp._fatal_error, TerminalApp.panic = App._fatal_error, App.panic
sys.exit(main())
"""
)


@pytest.mark.slow
def test_stock_textual_still_prints_the_session_at_a_fault(own_sample: Path) -> None:
    """When this fails, Textual keeps quiet and `panic` of tui/services/terminal_app.py can go."""
    with terminal(own_sample, "key", program=STOCK_FAULT) as line:
        recording(line)
        line.send("?")
        assert line.ended() == 1
        assert b"Contract management" in bytes(line.raw).rpartition(b"\x1b[?1006l")[2]


SIZES = [(1, 1), (500, 200), (2, 1), (1, 60), (200, 1), (3, 3), (0, 0), (80, 24)]
PLACES = {
    "1": "q",
    "2": "q",
    "3": "q",
    "0": "q",
    "p": "\x1b",
    "?": "\x1b",
    "2n": "\x1bq",
    "2r": "qq",
    "2W": "qq",
    "2c": "qq",
    "2a": "qq",
}
"""Keys that open something from home, and those that lead back."""


@pytest.mark.parametrize(
    "places", [["2W"], pytest.param([*PLACES], marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_a_storm_of_sizes_is_lived_through(own_sample: Path, places: list[str]) -> None:
    before = own_sample.read_bytes()
    with terminal(own_sample) as line:
        line.wait_for(HOME)
        for place in places:
            press(line, place)
            for size in SIZES:
                line.resize(*size)
                line.read(0.05)
            line.send(PLACES[place])
            line.wait_for(lambda: line.shown.splitlines()[-1].startswith(f" {HOME}"))
        assert line.process.poll() is None
    assert own_sample.read_bytes() == before


WAYS = [
    *("1jeq", "1ljeq", "1lljeq", "2jjjeq", "2Gn\x1b?", "2gjrjlG", "2gjWlj\r", "2cjG", "2ajG"),
    *("2gjo", "2gj;", "3jljljh", "3je", "01je", "02je", "03je", "04je", "05je", "06je", ":edit"),
]
"""Keys that show every screen, and the forms that show what a record holds."""

MEANT = re.compile(
    r"\x1b(?:\[[0-9;]*[@A-HJ-MPSTXbdfmr]|\[\?[0-9;]+[hl]|\[[<>=][0-9;]*u|\[\?[0-9;]+\$p|[78DEM]"
    r"|\]22;[a-z-]+\x07)"
)
"""What moves, colours, clears, scrolls, switches modes and shapes the mouse's pointer: all that a
terminal is ever sent."""

AS_NO_FILE = """
import sys
from dataclasses import replace
from offwall.model.records.changes import UndoHistory
from tests.faults.hostile import hostile_session
from offwall.tui.__main__ import main
from offwall.tui.services.services import Services
stock = Services.open
def open_document(self, path):
    stock(self, path)
    hostile = hostile_session(self._port.session, controls=True)
    self.editing.document.history = UndoHistory(hostile)
    self._port.begin_session(hostile)
Services.open = open_document
sys.exit(main())
"""
"""The editor on a session with what no file may hold: each wall has to stand alone."""


@pytest.mark.parametrize(
    ("ways", "driver"),
    [
        (WAYS[:5], ""),
        *(pytest.param(WAYS, driver, marks=pytest.mark.night) for driver in ("", "textual")),
    ],
    ids=["some", "all", "all, as Textual draws"],
)
def test_no_text_of_a_session_steers_the_terminal(
    own_sample: Path, ways: list[str], driver: str
) -> None:
    shown = ""
    with terminal(own_sample, program=AS_NO_FILE, OFFWALL_DRIVER=driver) as line:
        line.wait_for(HOME)
        for way in ways:
            press(line, way)
            shown += line.shown
            go_home(line)
        assert line.process.poll() is None
        raw = bytes(line.raw).decode()
    assert "red]BOLD[/]" in shown
    assert "\x1b[5;5HJ" not in raw
    left = MEANT.sub("", raw)
    assert not re.findall(r"\x1b.{0,20}", left)
    assert not set(left) & {*UNMEANT}
    assert "\u0489" * (MOST_MARKS + 1) not in left


UNMEANT = {chr(code) for code in (*range(32), *range(0x7F, 0xA0))} - set("\r\n\b") | set(
    "\u00ad\u200b\u200d\u202e\u202c\u2028\u2066\u2069\ufe0f\ufeff\U000e0041\U000e007f"
)


@pytest.mark.parametrize("lines", [100, pytest.param(20_000, marks=pytest.mark.night)])
def test_a_paste_is_kept_whole(own_sample: Path, lines: int) -> None:
    texts = [f"Pasted {place} of a long list" for place in range(lines)]
    with terminal(own_sample) as line:
        recording(line)
        line.send("Gn\x1b[200~" + "\r".join(texts) + "\x1b[201~")
        line.wait_for("Enter keeps them all", 120)
        line.send("\r")
        line.wait_for(lambda: records(own_sample) == 48 + lines, 120)
    assert activities(own_sample)[48:] == texts


@pytest.mark.parametrize(
    ("seed", "number"),
    [
        (7, 60),
        pytest.param(0, 200, marks=pytest.mark.night),
        # Twenty minutes on two cores.
        *(pytest.param(seed, 10_000, marks=pytest.mark.night) for seed in range(20)),
    ],
)
def test_random_keys_leave_it_alive_and_undo_leads_back(
    own_sample: Path, seed: int, number: int
) -> None:
    assert walk(own_sample, seed, number).well
