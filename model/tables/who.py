"""Who is in it: the roles and what each has to do, the people, and the words agreed."""

from collections import Counter

from model.flow import hand_offs
from model.raci import loads
from model.session import Session
from model.tables.names import LIST, role_labels
from model.tables.table import COMMENT, ID, Column, Kind, Table


def roles(session: Session) -> Table:
    """One row a role, with its R, A, C and I counted; codes not set up come last."""
    labels, known = role_labels(session), session.role_by_code
    load, (out, taken) = loads(session), _handed(session)
    return Table(
        name="Roles",
        title="Roles",
        about="Who does what how often: R responsible, A accountable, C consulted, I informed. "
        "A hand-off is a step to an activity that another role leads.",
        columns=(
            Column("code", "Code", width=10),
            Column("role", "Role", width=30),
            Column("also_called", "Also called", width=30),
            Column("about", "About", width=46),
            *(Column(letter, letter, Kind.INT, 7) for letter in "RACI"),
            Column("hands_over", "Hand-offs out", Kind.INT, 10),
            Column("takes_over", "Hand-offs in", Kind.INT, 10),
            COMMENT,
        ),
        rows=tuple(
            (
                code,
                labels[code],
                LIST.join(known[code].also_called) if code in known else "",
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


def people(session: Session) -> Table:
    """Who was there, and who must hear."""
    labels = role_labels(session)
    return Table(
        name="People",
        title="People",
        about="Who was there, and who must hear what came out.",
        columns=(
            Column("name", "Name", width=28),
            Column("role", "Role", width=28, choices="roles"),
            Column("team", "Team", width=28),
            Column("group", "Group", width=14, choices="groups"),
            COMMENT,
            ID,
        ),
        rows=tuple(
            (one.name, labels.get(one.role, one.role), one.team, one.group, "", one.id)
            for one in session.people
        ),
    )


def words(session: Session) -> Table:
    """What the group agreed to say, and not to say."""
    return Table(
        name="Words",
        title="Words",
        about="What the group agreed to say, and what not to say for it.",
        columns=(
            Column("say", "Say", width=36),
            Column("avoid", "Do not say", width=60),
            COMMENT,
        ),
        rows=tuple((one.say, LIST.join(one.avoid), "") for one in session.words),
    )
