"""The diagram of the process: laid out in millimetres, drawn as SVG and BPMN.

Start with `export`, then `pages`.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.model.documents.diagram.svg import to_svg

__all__, __getattr__ = front(
    __name__,
    {
        "svg": "to_svg",
    },
)
