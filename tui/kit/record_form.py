"""The form of a kind of record: a field for each of its questions."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from offwall.model.records import Session
from offwall.model.records.record_kind import Ask, HeadingKind, Reading, RecordKind
from offwall.tui.kit.form import Answers, Field, Form
from offwall.tui.kit.session_widget import EditRequester

NO_ANSWERS: Answers = MappingProxyType({})


def field_of(ask: Ask, session: Session, value: Any, today: dt.date | None, old: Any) -> Field:
    """A form's field for a question; ``old`` is the record that is changed, None for a new one."""
    reading = Reading(session, {}, today, old)
    means = ask.means
    return Field(
        ask.name,
        ask.label,
        ask.show(session, value),
        ask.hint if old else f"{ask.hint} {ask.hint_new}".strip(),
        ask.choices(session),
        ask.chosen,
        says=(lambda said: means(reading, said)) if means else None,
    )


def fields_of(
    kind: RecordKind[Any],
    session: Session,
    key: str,
    today: dt.date | None = None,
    last: Answers = NO_ANSWERS,
) -> list[Field]:
    """What to ask of a record, or of a new one (no key) after one with the answers ``last``."""
    old = kind.find(session, key) if key else None
    record = old or kind.blank(session)
    fields = [field_of(ask, session, getattr(record, ask.name), today, old) for ask in kind.asks]
    return [
        replace(field, value=last.get(field.name, "") or field.value) if ask.repeated else field
        for ask, field in zip(kind.asks, fields, strict=True)
    ]


def heading_form(
    widget: EditRequester,
    kind: HeadingKind,
    today: dt.date | None = None,
    asks: Sequence[Ask] = (),
    at: str = "",
) -> Form:
    """The form of what a session has one of; it asks all, or ``asks``, and begins at one."""
    session = widget.session
    values = kind.values(session)

    def keep(said: Answers) -> str:
        return widget.attempt(kind.label, lambda now: kind.change(now, said, today=today))

    fields = [field_of(ask, session, values[ask.name], today, None) for ask in asks or kind.asks]
    return Form(kind.title, fields, keep, at=at)
