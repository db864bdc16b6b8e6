"""A council's own workbook: its tables found, filled without loss, and told. Start with `fill`."""
