"""Workbooks that come back: read with care, as data that `model.importing` compares.

Excel's workbooks and OpenDocument's are read; what is neither, or damaged, or too large, gets a
sentence. Nothing here changes a session.
"""

from model.exchange.excel.reading.copies import Snapshot, copy_of, read_workbook
from model.exchange.excel.reading.workbook import MARK, Workbook

__all__ = ["MARK", "Snapshot", "Workbook", "copy_of", "read_workbook"]
