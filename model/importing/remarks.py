"""What people wrote back: cells under "Your comment", notes and threads, as remarks on records."""

from collections.abc import Iterator

from model.ids import derive
from model.importing.cells import folded
from model.importing.copy import Comment
from model.importing.draft import Draft
from model.session import Remark, Session

LONGEST = 60
"""Characters of an author's name at most."""


def remarks(draft: Draft, now: Session) -> Iterator[Remark]:
    """The remarks that the session does not have yet; the same words twice are one remark.

    Their ids follow from what they say and on what, so that a workbook that is imported again
    brings none twice. A comment that stands on no record is told, and is no remark.
    """
    known = {(one.on, folded(one.text)) for one in now.remarks}
    for on, by, text in _said(draft):
        if (on, folded(text)) not in known:
            known.add((on, folded(text)))
            yield Remark(derive(text, "r", on, by), on, text, by)


def _said(draft: Draft) -> Iterator[tuple[str, str, str]]:
    for on, texts in draft.aside.items():
        yield from ((on, draft.copy.by, text) for text in texts)
    for comment in draft.copy.comments:
        about = draft.by_row.get((comment.sheet, comment.row))
        by, words = _author(comment)
        by = by or draft.copy.by
        if about is not None:
            yield about, by, words
        else:
            said = " ".join(words.split())
            where = f"{comment.sheet}, {comment.cell}"
            draft.tell(where, f"a comment by {by or 'nobody named'} is about no record: “{said}”")


def _author(comment: Comment) -> tuple[str, str]:
    """Who wrote a note, and what; its first line is the name where a program lost the author."""
    first, line_break, rest = comment.text.partition("\n")
    name = first.strip().removesuffix(":")
    if comment.by or not line_break or name == first.strip() or len(name) > LONGEST:
        return comment.by, comment.text
    return name, rest.strip()
