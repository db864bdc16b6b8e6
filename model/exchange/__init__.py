"""What leaves a session, and what comes back: workbooks, briefs, calendars, drawings."""

from model.exchange.files import ExportError

__all__ = ["ExportError"]
