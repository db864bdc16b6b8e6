"""The drawing of the process as it leaves: SVG to print, PNG for other files, BPMN to redraw."""

from offwall.model.documents.diagram.pages import drawing_title, pages, poster, ribbon
from offwall.model.records import Session
from offwall.model.records.ids import NO_TIER, TierCode
from offwall.model.store import ExportError

PAPERS = {"A3": (420.0, 297.0), "A4": (297.0, 210.0)}
"""Width and height in millimetres, lying on the long side."""

LANES = ("roles", "wall")


def drawing_svg(
    session: Session, *, tier: TierCode = NO_TIER, lanes: str = "roles", paper: str = "A3"
) -> tuple[bytes, ...]:
    """The drawing: first all pages in one file, then, if there are several, a file for each.

    Raises:
        ExportError: where the session has no such tier.
    """
    from offwall.model.documents.diagram.fonts import measure
    from offwall.model.documents.diagram.svg import to_svg

    _check(session, tier)
    found = pages(session, measure, PAPERS[paper], tier=tier, lanes=lanes)
    return (to_svg(found), *(to_svg([page]) for page in found if len(found) > 1))


def drawing_png(
    session: Session, *, width: int = 1600, tier: TierCode = NO_TIER, lanes: str = "roles"
) -> bytes:
    """The whole drawing as one picture at a glance, ``width`` pixels broad.

    Raises:
        ExportError: where the session has no such tier.
    """
    from offwall.model.documents.diagram.fonts import measure
    from offwall.model.documents.diagram.png import png

    _check(session, tier)
    return png(poster(session, measure, tier=tier, lanes=lanes), width)


def drawing_page_pngs(
    session: Session,
    *,
    width: int = 1600,
    tier: TierCode = NO_TIER,
    lanes: str = "roles",
    paper: str = "A3",
) -> tuple[bytes, ...]:
    """The pages of the drawing as pictures, each ``width`` pixels broad.

    Raises:
        ExportError: where the session has no such tier.
    """
    from offwall.model.documents.diagram.fonts import measure
    from offwall.model.documents.diagram.png import png

    _check(session, tier)
    found = pages(session, measure, PAPERS[paper], tier=tier, lanes=lanes)
    return tuple(png(page, width) for page in found)


def drawing_bpmn(session: Session, *, tier: TierCode = NO_TIER) -> bytes:
    """The process in BPMN 2.0, with lanes for roles and a diagram.

    Raises:
        ExportError: where the session has no such tier.
    """
    from offwall.model.documents.diagram.bpmn import bpmn
    from offwall.model.documents.diagram.fonts import measure

    _check(session, tier)
    return bpmn(ribbon(session, measure, tier=tier), drawing_title(session, tier))


def _check(session: Session, tier: TierCode) -> None:
    codes = [one.code for one in session.tiers]
    if tier and tier not in codes:
        there = f"There are {', '.join(codes)}." if codes else "The session has no tiers."
        raise ExportError(f"There is no tier {tier!r}. {there}")


__all__ = [
    "LANES",
    "PAPERS",
    "ExportError",
    "drawing_bpmn",
    "drawing_page_pngs",
    "drawing_png",
    "drawing_svg",
]
