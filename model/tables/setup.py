"""Who is in it: the roles and what each has to do, the people, and the words agreed."""

from collections import Counter

from offwall.model.process import LIST_SEPARATOR, role_labels
from offwall.model.process.graph import hand_offs
from offwall.model.process.raci import role_loads
from offwall.model.records import Session
from offwall.model.tables.sheet import COMMENT, ID, CellKind, Sheet, SheetColumn


def roles_sheet(session: Session) -> Sheet:
    """One row a role, with its R, A, C and I counted; codes not set up come last."""
    labels, known = role_labels(session), session.role_by_code
    load, (out, taken) = role_loads(session), _handed(session)
    return Sheet(
        name="Roles",
        title="Roles",
        about="Who does what how often: R responsible, A accountable, C consulted, I informed. "
        "A hand-off is a step to an activity that another role leads.",
        columns=(
            SheetColumn("code", "Code", width=10),
            SheetColumn("role", "Role", width=30),
            SheetColumn("also_called", "Also called", width=30),
            SheetColumn("about", "About", width=46),
            *(SheetColumn(letter, letter, CellKind.INT, 7) for letter in "RACI"),
            SheetColumn("hands_over", "Hand-offs out", CellKind.INT, 10),
            SheetColumn("takes_over", "Hand-offs in", CellKind.INT, 10),
            COMMENT,
        ),
        rows=tuple(
            (
                code,
                labels[code],
                LIST_SEPARATOR.join(known[code].also_called) if code in known else "",
                known[code].about if code in known else "not set up",
                load[code].responsible,
                load[code].accountable,
                load[code].consulted,
                load[code].informed,
                out[code],
                taken[code],
                "",
            )
            for code in labels
        ),
    )


def _handed(session: Session) -> tuple[Counter[str], Counter[str]]:
    """How often each role hands over to another, and takes over from one."""
    out: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for (giver, taker), times in hand_offs(session).items():
        out[giver] += times
        taken[taker] += times
    return out, taken


def people_sheet(session: Session) -> Sheet:
    """Who was there, and who must hear."""
    labels = role_labels(session)
    return Sheet(
        name="People",
        title="People",
        about="Who was there, and who must hear what came out.",
        columns=(
            SheetColumn("name", "Name", width=28),
            SheetColumn("role", "Role", width=28, choices="roles"),
            SheetColumn("team", "Team", width=28),
            SheetColumn("group", "Group", width=14, choices="groups"),
            COMMENT,
            ID,
        ),
        rows=tuple(
            (one.name, labels.get(one.role, one.role), one.team, one.group, "", one.id)
            for one in session.people
        ),
    )


def words_sheet(session: Session) -> Sheet:
    """What the group agreed to say, and not to say."""
    return Sheet(
        name="Words",
        title="Words",
        about="What the group agreed to say, and what not to say for it.",
        columns=(
            SheetColumn("say", "Say", width=36),
            SheetColumn("avoid", "Do not say", width=60),
            COMMENT,
        ),
        rows=tuple((one.say, LIST_SEPARATOR.join(one.avoid), "") for one in session.words),
    )
