"""Our own workbook: `export` writes it, `book` builds it, `sheet` writes one table."""
