"""Workbooks that come back, Excel's and OpenDocument's, as plain data. Start with `edited_copy`."""
