"""The drawing as a picture, for files that hold no SVG: resvg draws the very SVG."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from offwall.model.documents.diagram.fonts import OF_ITS_WIDTH, OWN, bare, own_font, there
from offwall.model.documents.diagram.shapes import DrawingPage
from offwall.model.documents.diagram.svg import INK, PAPER, to_svg

BOLD = "".join(
    f'text[font-weight="bold"][fill="{ink}"] {{ stroke: {ink}; stroke-width: 0.045em }}'
    for ink in (INK, PAPER)
)
"""Pillow's font has no bold letters: theirs are drawn thicker."""


def png(page: DrawingPage, width: int) -> bytes:
    """The page as a PNG, ``width`` pixels broad."""
    import resvg_py
    from PIL import Image

    text = to_svg([page]).decode()
    with TemporaryDirectory() as folder:
        # resvg draws no letter of a family that it does not find: one is there always.
        font = Path(folder, "own.ttf")
        font.write_bytes(own_font())
        drawn = resvg_py.svg_to_bytes(
            svg_string=text if there() else bare(text),
            width=width,
            dpi=96,
            background=PAPER,
            font_files=[str(font)],
            sans_serif_family=OWN,
            style_sheet=None if there(OF_ITS_WIDTH) else BOLD,
        )
    # Its last row is a part of one; a map has few colours, and a palette halves the file.
    height = max(1, round(width * page.height / page.width))
    picture = Image.open(BytesIO(bytes(drawn))).convert("RGB").crop((0, 0, width, height))
    out = BytesIO()
    picture.quantize(128).save(out, "PNG")
    return out.getvalue()
