"""Where somebody stands, as the editor tells it, and standing there, as the room does."""

from typing import Any

from textual.screen import Screen
from textual.widget import Widget

from offwall.tui.kit.context import Standing
from offwall.tui.kit.sections import Sections
from offwall.tui.kit.selection import SelectingWidget
from offwall.tui.kit.session_screen import SessionScreen, name_of_screen


def cursor_of(screen: Screen[Any]) -> SelectingWidget | None:
    """What has the cursor: what is focused, or the first that is shown and could be."""
    for one in (screen.focused, *screen.walk_children(Widget)):
        if isinstance(one, SelectingWidget):
            around = [each for each in one.ancestors_with_self if isinstance(each, Widget)]
            if around[0].can_focus and all(each.display for each in around):
                return one
    return None


def standing(screen: Screen[Any], *, private: bool = False) -> Standing:
    """Where the cursor of a screen is; in private mode not a word of what is hidden then."""
    name, at = name_of_screen(screen), cursor_of(screen)
    if private and at and at.PRIVATE:
        return Standing(name)
    shown = next((tabs.current for tabs in screen.query(Sections)), "")
    view = screen.view_said if isinstance(screen, SessionScreen) else ()
    return Standing(name, shown, at.key if at else "", view or (at.view_said if at else ()))


def stand(screen: SessionScreen, wanted: Standing) -> None:
    """Stand there, as far as it is there: the file may be behind."""
    for tabs in screen.query(Sections):
        if wanted.section in tabs.names and wanted.section != tabs.current:
            tabs.show(wanted.section)
    at = cursor_of(screen)
    if screen.view_said != wanted.view:
        screen.take_view(wanted.view)
    if at and at.view_said != wanted.view:
        at.take_view(wanted.view)
    if at and wanted.row and wanted.row != at.key:
        at.go_to(wanted.row)
