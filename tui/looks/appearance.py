"""The appearance: the theme that was chosen and is kept, the terminal's colours, and calm."""

from collections.abc import Mapping

from textual.filter import LineFilter, NoColor
from textual.theme import Theme

from offwall.tui.looks import settings
from offwall.tui.looks.contrast import (
    LANES_256,
    ColourMapping,
    colour_256,
    readable_theme,
    theme_16,
    true_colour,
)
from offwall.tui.looks.line_filters import KEY_NAMES, AsciiFilter
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

NO_SUCH_THEME = "There is no theme {!r}: press : and type Theme to choose one."


class Looks:
    """How an App looks: its words can be read in every theme, on every terminal."""

    def __init__(self) -> None:
        self.filters: tuple[LineFilter, ...] = ()
        """What lines pass on their way to the terminal, besides what all pass."""
        self.wrong = ""
        """What is to be said of the settings once there is a screen."""
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
        self._theme = self._fitting(themes.get(wanted.theme or "", now), there)
        unknown = wanted.theme is not None and wanted.theme not in themes
        self.wrong = wrong or (NO_SUCH_THEME.format(wanted.theme) if unknown else "")
        if there <= MANY_COLOURS:
            self._seen = colour_256
        self.calm = bool(wanted.calm) or over_ssh(environment)
        self._ascii = not draws_boxes(environment) if wanted.ascii is None else wanted.ascii
        self.filters = (
            *([AsciiFilter()] if self._ascii else []),
            *([] if there else [NoColor()]),
        )
        return self._theme

    def _fitting(self, theme: Theme, there: int) -> str:
        """The theme, or what stands for it where there are few colours."""
        if there <= FEW_COLOURS and not theme.ansi:
            return DARK_16 if theme.dark else LIGHT_16
        return theme.name

    def keep(self, theme: Theme) -> str:
        """Keep a theme that was chosen; the sentence where it cannot be kept."""
        if theme.name == self._theme:
            return ""
        self._theme = theme.name
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
