"""The appearance: the theme that was chosen and is kept, the terminal's colours, and calm."""

import os
from collections.abc import Mapping, Sequence

from textual.app import App
from textual.binding import Binding
from textual.filter import LineFilter, NoColor
from textual.theme import Theme

from offwall.tui.kit import Say
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
from offwall.tui.terminal.textual_private import begin_with_theme

DARK_16, LIGHT_16 = "ansi-dark", "ansi-light"
"""The framework's themes of the terminal's own colours."""


class AppearanceApp(App[None]):
    """An App whose words can be read in every theme, on every terminal."""

    _more_filters: tuple[LineFilter, ...] = ()
    _ascii = False
    _worn = ""
    _seen: ColourMapping = staticmethod(true_colour)
    _wrong = ""

    def apply_settings(
        self, wanted: Settings, wrong: str = "", environment: Mapping[str, str] = os.environ
    ) -> None:
        """Look as the settings say, as far as the terminal can; call it before `run`.

        ``wrong`` is what is to be said of the settings once there is a screen.
        """
        there = count_colours(environment)
        self._theme_name = self._fitting(wanted.theme or "", there)
        self._wrong = wrong or self._nonesuch(wanted.theme)
        if there <= MANY_COLOURS:
            self._seen = colour_256
        begin_with_theme(self, self._theme_name)
        if wanted.calm or over_ssh(environment):
            self.animation_level = "none"
        self._ascii = not draws_boxes(environment) if wanted.ascii is None else wanted.ascii
        self._more_filters = (
            *([AsciiFilter()] if self._ascii else []),
            *([] if there else [NoColor()]),
        )

    def _fitting(self, name: str, there: int) -> str:
        """The theme of that name, or what stands for it where there are few colours."""
        theme = self.get_theme(name) if name else None
        if theme is None:
            theme = self.current_theme
        if there <= FEW_COLOURS and not theme.ansi:
            return DARK_16 if theme.dark else LIGHT_16
        return theme.name

    def _nonesuch(self, name: str | None) -> str:
        if name is None or name in self.available_themes:
            return ""
        return f"There is no theme {name!r}: press : and type Theme to choose one."

    def on_mount(self) -> None:
        """Say what is wrong with the settings; keep the theme that is chosen from now on."""
        if self._wrong:
            self.call_after_refresh(self.post_message, Say(self._wrong, wrong=True))
        self.theme_changed_signal.subscribe(self, self._keep)

    def _keep(self, theme: Theme) -> None:
        if theme.name == self._theme_name:
            return
        self._theme_name = theme.name
        try:
            settings.save_theme(theme.name)
        except SettingsError as sentence:
            self.post_message(Say(str(sentence), wrong=True))

    def get_css_variables(self) -> dict[str, str]:
        """The theme's colours, mended."""
        theme = self.current_theme
        variables = super().get_css_variables()
        if theme.ansi:
            self.theme_variables = theme_16(variables, dark=theme.dark)
        else:
            if self._seen is colour_256:
                variables |= LANES_256[theme.dark]
            self.theme_variables = readable_theme(variables, dark=theme.dark, seen=self._seen)
        return self.theme_variables

    def get_key_display(self, binding: Binding) -> str:
        """What a key is called; a word where its sign could not be drawn."""
        shown = super().get_key_display(binding)
        return KEY_NAMES.get(shown, shown) if self._ascii else shown

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line passes on its way to the terminal."""
        return [*super().get_line_filters(), *self._more_filters]
