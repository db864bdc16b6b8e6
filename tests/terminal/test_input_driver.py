"""The thread that reads the terminal: it sleeps until something comes, and ends when told to."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from textual.events import Key
from textual.message import Message

if sys.platform == "win32":
    pytest.skip("needs a terminal of Unix", allow_module_level=True)

from offwall.tui.terminal import input_driver
from offwall.tui.terminal.input_driver import InputDriver
from offwall.tui.terminal.signals import EndRequested

PATIENCE = 60


class Reader(InputDriver):
    """Reads a pipe instead of a terminal, and keeps what it understood."""

    def __init__(self) -> None:
        self.fileno, self.typing = os.pipe()
        self._its_end, self._our_end = os.pipe()
        self._debug = False
        self.said: list[Message] = []
        self.heard = threading.Semaphore(0)
        self._key_thread = threading.Thread(target=self.run_input_thread, daemon=True)
        self._key_thread.start()

    def process_message(self, message: Message) -> None:
        self.said.append(message)
        self.heard.release()

    send_message = process_message

    def ended(self) -> bool:
        """Whether the thread comes to its end."""
        assert self._key_thread is not None
        self._key_thread.join(PATIENCE)
        return not self.reads


@pytest.fixture
def reader() -> Iterator[Reader]:
    found = Reader()
    yield found
    for end in (found.typing, found.fileno):
        os.close(end)


def test_it_ends_at_once_though_nothing_comes(reader: Reader) -> None:
    assert reader.reads
    os.close(reader._our_end)
    assert reader.ended()
    assert not reader.said
    with pytest.raises(OSError, match="Bad file"):
        os.fstat(reader._its_end)


def test_an_escape_that_nothing_follows_is_a_key(reader: Reader) -> None:
    os.write(reader.typing, b"a\x1b")
    for _ in range(2):
        assert reader.heard.acquire(timeout=PATIENCE)
    assert [key.key for key in reader.said if isinstance(key, Key)] == ["a", "escape"]
    os.close(reader._our_end)
    assert reader.ended()


class Slow(Reader):
    """Takes its time to hand on what it read."""

    def process_message(self, message: Message) -> None:
        super().process_message(message)
        if len(self.said) == 99:
            # As long as the rest takes to come: twice what an Esc waits.
            os.write(self.typing, b"D")
            threading.Event().wait(2 * input_driver.ALONE)

    send_message = process_message


@pytest.fixture
def slow() -> Iterator[Slow]:
    found = Slow()
    yield found
    for end in (found.typing, found.fileno):
        os.close(end)


@pytest.mark.parametrize("begun", [b"\x1b[", b"\x1b[1;5", b"\x1bO"])
def test_the_rest_that_came_while_keys_were_handed_on_is_read_first(
    slow: Slow, begun: bytes
) -> None:
    os.write(slow.typing, b"\x1b[A" * 100 + begun)
    for _ in range(101):
        assert slow.heard.acquire(timeout=PATIENCE)
    keys = [key.key for key in slow.said if isinstance(key, Key)]
    assert keys == ["up"] * 100 + ["ctrl+left" if b"5" in begun else "left"]
    os.close(slow._our_end)
    assert slow.ended()


def test_an_arrow_whose_parts_come_late_is_one(reader: Reader) -> None:
    for part in (b"\x1b", b"[", b"1;", b"5D"):
        os.write(reader.typing, part)
        threading.Event().wait(input_driver.ALONE / 3)
    assert reader.heard.acquire(timeout=PATIENCE)
    assert [key.key for key in reader.said if isinstance(key, Key)] == ["ctrl+left"]
    os.close(reader._our_end)
    assert reader.ended()


def test_a_line_that_is_gone_ends_it(reader: Reader) -> None:
    os.close(reader.typing)
    assert reader.ended()
    assert [one.number for one in reader.said if isinstance(one, EndRequested)] == [signal.SIGHUP]
    os.close(reader._our_end)
    reader.typing = os.dup(reader.fileno)


def test_a_line_that_is_gone_is_not_begun_anew_when_the_system_says_go_on(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    reader._auto_restart = True
    for name in ("suspend", "resume"):
        monkeypatch.setattr(
            reader, f"{name}_application_mode", lambda name=name: begun.append(name)
        )
    reader._go_on()
    assert begun == ["suspend", "resume"]
    os.close(reader.typing)
    assert reader.ended()
    reader._go_on()
    assert begun == ["suspend", "resume"]
    os.close(reader._our_end)
    reader.typing = os.dup(reader.fileno)


class Asked:
    """In the place of the loop: what it was asked to call."""

    def __init__(self) -> None:
        self.calls: list[str] = []

    def call_soon_threadsafe(self, call: Callable[[], object]) -> None:
        self.calls.append(getattr(call, "__name__", ""))


def test_a_stop_heard_together_with_going_on_is_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [100.0]
    monkeypatch.setattr(input_driver, "monotonic", lambda: now[0])
    driver = InputDriver.__new__(InputDriver)
    driver._loop, driver._continued, driver._to_stop = Asked(), 0.0, False
    driver._sigtstp_application()
    assert driver._to_stop
    driver._sigcont_application()
    driver._sigtstp_application()
    assert not driver._to_stop
    now[0] += 0.01
    driver._sigtstp_application()
    assert driver._to_stop
    assert driver._loop.calls == ["_stop", "_go_on", "_stop"]
