"""What leaves the editor: the workbook, and the question when something cannot be saved."""

import datetime as dt
from pathlib import Path

from model.session import Session
from tui.files import free_name
from tui.messages import Say


def workbook(session: Session, path: Path, today: dt.date) -> Say:
    """Write the workbook beside the session file; the sentence that says where, or why not."""
    # Excel's writer takes a tenth of a second to load, and most afternoons need it once.
    from model.exchange.excel import ExportError, export

    try:
        written = export(session, free_name(path.with_suffix(".xlsx")), exported_on=today)
    except ExportError as sentence:
        return Say(str(sentence), wrong=True)
    return Say(f"Wrote {written}.")


def unsaved(path: Path) -> tuple[str, list[str], str]:
    """The question when the session file cannot be written: its title, answers and details."""
    return (
        "Not all is saved",
        ["Stay, and try again", "Leave, and lose what is not in the file"],
        f"{path.name} does not take the last changes. "
        "Free the disk or give the folder back, then try again.",
    )
