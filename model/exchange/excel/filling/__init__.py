"""A council's own workbook: its tables found, filled without loss, and read again."""
