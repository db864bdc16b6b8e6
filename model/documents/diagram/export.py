"""The drawing of the process as it leaves: SVG to print, PNG for other files, BPMN to redraw."""

import datetime as dt

from offwall.model.documents.diagram.chart import chart
from offwall.model.documents.diagram.pages import pages
from offwall.model.documents.diagram.poster import poster
from offwall.model.documents.diagram.sheet import Size, drawing_title
from offwall.model.process.tier_view import tier_view
from offwall.model.records import Session
from offwall.model.records.ids import NO_TIER, TierCode

PAPERS: dict[str, Size] = {"A3": (420.0, 297.0), "A4": (297.0, 210.0)}
"""Width and height in millimetres, lying on the long side."""

LANES = ("roles", "wall")


def drawing_svg(
    session: Session,
    *,
    tier: TierCode = NO_TIER,
    lanes: str = "roles",
    paper: str = "A3",
    printed: dt.date | None = None,
) -> tuple[bytes, ...]:
    """The drawing: first the poster, then a file for each page of the detail.

    With the wall's lanes there is no poster: the first file has all pages. With no ``paper`` there
    is no detail. ``printed`` is the day that the sheets bear.
    """
    from offwall.model.documents.diagram.fonts import measure
    from offwall.model.documents.diagram.svg import to_svg

    size = PAPERS.get(paper)
    found = pages(session, measure, size, tier=tier, lanes=lanes, printed=printed) if size else ()
    wall = lanes == LANES[1]
    first = found if wall else [poster(session, measure, tier=tier, printed=printed)]
    return (to_svg(first), *(to_svg([page]) for page in found if not wall or len(found) > 1))


def drawing_poster(session: Session, *, width: int) -> tuple[bytes, bytes]:
    """The poster as SVG and as PNG, ``width`` pixels broad: the whole process, at a glance."""
    from offwall.model.documents.diagram.fonts import measure
    from offwall.model.documents.diagram.svg import png, to_svg

    page = poster(session, measure)
    svg = to_svg([page])
    return svg, png(page, svg, width)


def drawn_activities(session: Session, tier: TierCode = NO_TIER) -> int:
    """How many activities a drawing shows."""
    return len(tier_view(session, tier).kept if tier else session.activities)


def drawing_bpmn(session: Session, *, tier: TierCode = NO_TIER) -> bytes:
    """The process in BPMN 2.0, with lanes for roles and a diagram."""
    from offwall.model.documents.diagram.bpmn import bpmn
    from offwall.model.documents.diagram.fonts import measure

    return bpmn(session, chart(session, tier), drawing_title(session, tier), measure)
