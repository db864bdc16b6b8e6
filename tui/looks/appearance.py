"""How an App looks: its theme, the terminal's colours, and what every line passes on its way out.

The first filter stands between all widgets and the terminal, the framework's own fields too; the
second draws in ASCII for a terminal or a font that lacks boxes, bars and marks.
"""

from collections.abc import Iterable, Mapping

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter, NoColor
from textual.theme import Theme

from offwall.model.records.text import plain
from offwall.tui.looks import settings
from offwall.tui.looks.contrast import (
    LANES_256,
    ColourMapping,
    colour_256,
    readable_theme,
    theme_16,
    true_colour,
)
from offwall.tui.looks.settings import Settings, SettingsError
from offwall.tui.terminal.capabilities import (
    FEW_COLOURS,
    MANY_COLOURS,
    count_colours,
    draws_boxes,
    over_ssh,
)

DARK_16, LIGHT_16 = "ansi-dark", "ansi-light"
"""The framework's themes of the terminal's own colours."""

PROJECTOR = Theme(
    "projector",
    primary="#0A4A86",
    secondary="#6A1B6A",
    accent="#7A3300",
    warning="#7A4300",
    error="#9B0F1C",
    success="#0B5A2C",
    foreground="#101418",
    background="#FFFFFF",
    surface="#FFFFFF",
    panel="#EBEEF1",
    dark=False,
    variables={
        "text": "#101418",
        "text-muted": "#3A424C",
        "text-disabled": "#5C646E",
        "foreground-disabled": "#5C646E",
        "foreground-muted": "#3A424C",
        "text-primary": "#0A4A86",
        "text-secondary": "#6A1B6A",
        "text-accent": "#7A3300",
        "text-warning": "#703D00",
        "text-error": "#9B0F1C",
        "text-success": "#0B5A2C",
        "primary-background": "#BBD9F7",
        "secondary-background": "#E9D7EC",
        "primary-muted": "#D6E6F7",
        "secondary-muted": "#EEDCF0",
        "warning-muted": "#FFEBB8",
        "error-muted": "#FBDDDD",
        "success-muted": "#D5EFDC",
        "accent-muted": "#F6E3D2",
        "surface-lighten-2": "#DCE6F1",
        "boost": "#0A4A8612",
        "block-cursor-blurred-background": "#CFE0F2",
        "footer-key-foreground": "#7A3300",
        "link-color": "#0A4A86",
    },
)
"""White, with inks that a lamp which washes colours out leaves readable: text has 7 times the
luminance of its ground or a 7th of it (WCAG's level AAA), whichever ground that is.
"""

NO_SUCH_THEME = "There is no theme {!r}: press : and type Theme to choose one."


class CleanLines(LineFilter):
    """Takes out of every line what `plain` takes out, and leaves its width as it was."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The line without anything that a terminal would obey."""
        shown = [*segments]
        for place, (text, style, control) in enumerate(segments):
            plainly = text.isascii() and text.isprintable()
            if not plainly and (cleaned := plain(text)) != text:
                shown[place] = Segment(set_cell_size(cleaned, cell_len(text)), style, control)
        return shown


# Boxes, bars and marks in ASCII, for a terminal or a font that lacks them. Each takes the one cell
# that it took before; letters and signs of money are never touched.

KEY_NAMES = {
    "⏎": "enter",
    "⌫": "backspace",
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
}
"""What the framework's signs for keys are called."""


def _each(characters: str | Iterable[int], stand_in: str) -> dict[str, str]:
    return {one if isinstance(one, str) else chr(one): stand_in for one in characters}


ASCII_STAND_INS = str.maketrans(
    # Box drawing (U+2500 to U+257F): corners and crossings, then lines, then the diagonals.
    _each(range(0x2500, 0x2580), "+")
    | _each("─━┄┅┈┉╌╍═╴╶╸╺╼╾", "-")
    | _each("│┃┆┇┊┋╎╏║╵╷╹╻╽╿", "|")
    | {"╱": "/", "╲": "\\", "╳": "X"}
    # Block elements (U+2580 to U+259F): what is mostly filled, halves that stand, halves that lie.
    | _each(range(0x2580, 0x25A0), "#")
    | _each("▌▍▎▏▐▕", "|")
    | _each("▁▂▃▔▀▄", "-")
    | _each("░", ".")
    # Marks and quotation marks.
    | (_each("●•▪", "*") | _each("○◦", "o") | _each("✓×", "x") | _each("·–—", "-"))
    | (_each("‣›»→▶", ">") | _each("‹«←◀", "<") | _each("↑▲", "^") | _each("↓▼", "v"))
    | (_each("“”", '"') | _each("‘’", "'") | _each("\u00a0", " ") | _each("\ufffd", "?"))
    | {"…": "~", "≠": "#", "¹": "1", "²": "2", "³": "3"}
)


class AsciiFilter(LineFilter):
    """Puts an ASCII character in the place of each that is drawn, and of no letter."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line with their stand-ins."""
        return [
            part
            if part.text.isascii()
            else Segment(part.text.translate(ASCII_STAND_INS), part.style, part.control)
            for part in segments
        ]


class Looks:
    """How an App looks: its words can be read in every theme, on every terminal."""

    def __init__(self) -> None:
        self.filters: tuple[LineFilter, ...] = ()
        """What lines pass on their way to the terminal, besides what all pass."""
        self.wrong = ""
        """What is to be said of the settings once there is a screen."""
        self.unasked = False
        """Whether nobody has said yet how it is to look here, where colours can be chosen."""
        self.calm = False
        self._ascii = False
        self._theme = ""
        self._seen: ColourMapping = true_colour

    def settle(
        self,
        wanted: Settings,
        wrong: str,
        environment: Mapping[str, str],
        themes: Mapping[str, Theme],
        now: Theme,
    ) -> str:
        """Look as the settings say, as far as the terminal can; the name of the theme for it.

        ``now`` is the theme without settings, ``wrong`` what is wrong with them.
        """
        there = count_colours(environment)
        theme = themes.get(wanted.theme or "", now)
        stand_in = DARK_16 if theme.dark else LIGHT_16
        self._theme = stand_in if there <= FEW_COLOURS and not theme.ansi else theme.name
        self.unasked = wanted.theme is None and not wrong and there > FEW_COLOURS
        unknown = wanted.theme is not None and wanted.theme not in themes
        self.wrong = wrong or (NO_SUCH_THEME.format(wanted.theme) if unknown else "")
        self._seen = colour_256 if there <= MANY_COLOURS else true_colour
        self.calm = bool(wanted.calm) or over_ssh(environment)
        self._ascii = not draws_boxes(environment) if wanted.ascii is None else wanted.ascii
        self.filters = (
            *([AsciiFilter()] if self._ascii else []),
            *([] if there else [NoColor()]),
        )
        return self._theme

    def keep(self, theme: Theme) -> str:
        """Keep a theme that was chosen; the sentence where it cannot be kept."""
        if theme.name == self._theme and not self.unasked:
            return ""
        self._theme, self.unasked = theme.name, False
        try:
            settings.save_theme(theme.name)
        except SettingsError as sentence:
            return str(sentence)
        return ""

    def colours(self, theme: Theme, variables: dict[str, str]) -> dict[str, str]:
        """A theme's colours, mended."""
        if theme.ansi:
            return theme_16(variables, dark=theme.dark)
        if self._seen is colour_256:
            variables |= LANES_256[theme.dark]
        return readable_theme(variables, dark=theme.dark, seen=self._seen)

    def key_name(self, shown: str) -> str:
        """What a key is called; a word where its sign could not be drawn."""
        return KEY_NAMES.get(shown, shown) if self._ascii else shown
