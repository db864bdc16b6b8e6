"""The brief for senior management: what is asked for first, in two pages and an appendix."""

import datetime as dt
from collections.abc import Iterator

from model.report.appendix import appendix
from model.report.asked import asked
from model.report.content import Block
from model.report.done import purpose, what_was_done
from model.report.findings import what_was_found
from model.report.glance import glance
from model.report.implications import implications
from model.report.planned import the_plan
from model.report.risks import risks
from model.session import Session


def management(session: Session, today: dt.date) -> Iterator[Block]:
    """The sections in the order in which a busy reader needs them."""
    yield from asked(session, today)
    yield from purpose(session)
    yield from what_was_done(session)
    yield from glance(session)
    yield from what_was_found(session)
    yield from risks(session)
    yield from the_plan(session)
    yield from implications(session)
    yield from appendix(session, today)
