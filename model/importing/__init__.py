"""What people edited in a workbook comes back: rows read, compared, proposed, accepted.

Nothing here reads a file: `model.exchange.excel.reading` makes the copies.
"""

from model.importing.accept import accept, is_made, made
from model.importing.compare import propose
from model.importing.copy import Comment, Copy, Known, Read, Row
from model.importing.proposal import ORDER, Kind, Proposal, Proposals, Reading, Source, counted

__all__ = [
    "ORDER",
    "Comment",
    "Copy",
    "Kind",
    "Known",
    "Proposal",
    "Proposals",
    "Read",
    "Reading",
    "Row",
    "Source",
    "accept",
    "counted",
    "is_made",
    "made",
    "propose",
]
