"""The mark by which a workbook that comes back is known."""

MARK = "Offwall export"
"""The name of the workbook's property that says which snapshot it was exported from."""
