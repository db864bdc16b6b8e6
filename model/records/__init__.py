"""Records: the session as frozen values, and the few moves that every change is made of.

No clock, nothing at random, no disk: ids and dates come in. Changes are data and undo is a
list of values (`changes`), texts are cleaned as they come in (`text`), what each field is stands
beside it in the words of `fields`, and `uses` says who points at whom.

Stands on nothing. Start with `session`, then `changes`.
"""

from typing import TYPE_CHECKING

from offwall import front

if TYPE_CHECKING:
    from offwall.model.records.changes import by_key, diff, keyed, the_activity, updated, without
    from offwall.model.records.dates import say_date, short_date
    from offwall.model.records.fields import Table, derive
    from offwall.model.records.session import (
        END,
        Action,
        ActionKind,
        ActionStatus,
        Activity,
        Group,
        Improve,
        Issue,
        IssueCode,
        IssueStatus,
        Role,
        Session,
        Stage,
        Treatment,
    )
    from offwall.model.records.text import EditError, counted, excerpt, line_of, whole_number

__all__, __getattr__ = front(
    __name__,
    {
        "changes": "diff keyed by_key the_activity updated without",
        "dates": "say_date short_date",
        "fields": "Table derive",
        "session": (
            "Action ActionKind ActionStatus Activity END Group Improve Issue "
            "IssueCode IssueStatus Role Session Stage Treatment"
        ),
        "text": "EditError counted excerpt line_of whole_number",
    },
)
