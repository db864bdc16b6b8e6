"""The kit that all screens are made of: lists, forms, the frame, sections, the line's field.

Front: `RecordList`, `Form`, `Choice`, `SessionScreen`, `SessionWidget`, `Context`, the messages
(`Edit`, `Say`, `Go`). Keys and commands are data: `keys`; what a command comes to is done in
`session_widget`. Beside the list stand `cell_grid`, the panels of `frame`, and `line_input`, the
line that is typed into; `row_view` breaks what is shown into lines. Messages go up to the App;
the session comes down by ``data_bind``. It stands on the model's records and touches no disk. Start
reading at `keys` and `record_list`; `session_screen` says which screens there are. `context` loads
no Textual, as the commands of the shell use it.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.tui.kit.context import Context
    from offwall.tui.kit.form import Answers, Field, Form
    from offwall.tui.kit.messages import Say
    from offwall.tui.kit.record_list import RecordList
    from offwall.tui.kit.row_view import ListCell, ListRow
    from offwall.tui.kit.session_screen import SessionScreen
    from offwall.tui.kit.session_widget import SessionWidget

__all__, __getattr__ = front(
    __name__,
    {
        "context": "Context",
        "form": "Answers Field Form",
        "messages": "Say",
        "record_list": "RecordList",
        "row_view": "ListCell ListRow",
        "session_screen": "SessionScreen",
        "session_widget": "SessionWidget",
    },
)
