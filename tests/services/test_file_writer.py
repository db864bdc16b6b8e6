"""What the session file is written from: the newest, whatever became of those before it."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from offwall.model.records.session import Activity, Session, Stage
from offwall.model.store import StoreError, create_session, read_session
from offwall.model.store.store import Store
from offwall.tui.services import writers
from offwall.tui.services.writers import FileWriter, FileWritten
from offwall.tui.terminal.worker import Turn

WALL = Session(stages=(Stage("S1", "Begin"),), activities=(Activity("a-1", "S1", "First"),))


def saying(text: str) -> Session:
    return replace(WALL, activities=(Activity("a-1", "S1", text),))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(writers, "BATCH_SECONDS", 0)
    monkeypatch.setattr(writers, "FILE_RETRY_SECONDS", 0)
    create_session(tmp_path / "s.toml", WALL)
    return Store.open(tmp_path / "s.toml")


def test_an_older_save_that_failed_never_takes_the_place_of_a_newer_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, told, tried = store.save, list[FileWritten](), list[Session]()

    def save(session: Session) -> Session:
        tried.append(session)
        if len(tried) == 1:
            writer.worker.put((2, saying("newer"), None))
            raise StoreError("the disk is full")
        return real(session)

    monkeypatch.setattr(store, "save", save)
    writer = FileWriter(store, told.append)
    writer.worker.put((1, saying("older"), None))
    assert writer.worker.settled(60)
    writer.worker.close(60)
    assert tried == [saying("older"), saying("newer")]
    assert read_session(store.path) == saying("newer")
    assert [(one.changes, one.wrong) for one in told] == [(1, "the disk is full"), (2, "")]


def test_a_save_that_failed_is_tried_again_where_nothing_newer_waits(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tried = store.save, list[Session]()

    def save(session: Session) -> Session:
        tried.append(session)
        if len(tried) < 3:
            # Whatever goes wrong: the thread that saves must not end by it.
            raise (StoreError("the disk is full"), RecursionError())[len(tried) - 1]
        return real(session)

    monkeypatch.setattr(store, "save", save)
    writer = FileWriter(store, lambda _: None)
    writer.worker.put((1, saying("newer"), None))
    assert writer.worker.settled(60)
    writer.worker.close(60)
    assert len(tried) == 3
    assert read_session(store.path) == saying("newer")


def test_all_is_read_back_once_no_change_comes_for_a_while(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "LOOK_OVER", Turn(again=0))
    looked, told = Event(), list[FileWritten]()

    def look_over() -> str:
        looked.set()
        return "It was written afresh."

    monkeypatch.setattr(store, "look_over", look_over)
    writer = FileWriter(store, told.append)
    writer.worker.put((1, saying("newer"), None))
    assert looked.wait(60)
    writer.worker.close(60)
    assert [(one.changes, one.note) for one in told] == [(1, ""), (0, "It was written afresh.")]
    assert told[1].sent == told[1].merged == saying("newer"), "nothing is taken over for it"
