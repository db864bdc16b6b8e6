"""The council's own columns of a workbook, as a record keeps them."""

from model.session import Table

OWN_COLUMNS = "own_columns"
"""The key of a record's ``extra`` that keeps the council's own columns, by their headers."""


def own_columns(extra: Table) -> dict[str, str]:
    """The council's own columns that a record keeps in its ``extra``, by their headers."""
    kept = dict(extra.items).get(OWN_COLUMNS)
    if not isinstance(kept, Table):
        return {}
    return {header: str(value) for header, value in kept.items}
