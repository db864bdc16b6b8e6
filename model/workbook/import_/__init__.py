"""What people edited in a workbook comes back: rows read, compared, proposed, accepted.

Nothing here reads a file. Start with `compare_copy` and `proposals`.
"""
