"""How long and how often: what is said, what it comes to, and an independent count of that."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product
from pathlib import Path
from random import Random

import pytest

from offwall.model.actions.date_checks import check_times
from offwall.model.documents.brief.export import paper_markdown
from offwall.model.documents.brief.papers import report
from offwall.model.documents.brief.readers import Audience
from offwall.model.process.graph import hand_offs
from offwall.model.process.join_activities import join_activities, split_activity
from offwall.model.records import EditError, Improve
from offwall.model.records.session import (
    END,
    Activity,
    Besides,
    Rhythm,
    Role,
    Route,
    Session,
    Stage,
    Tier,
    Treatment,
    Workshop,
)
from offwall.model.records.spans import Span, read_often, read_share, read_time
from offwall.model.review.second_session import second_session
from offwall.model.setup.workshop import WORKSHOP
from offwall.model.store import read_session
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from offwall.model.tables.all_sheets import sheets_of
from offwall.model.topics.times import (
    ACTIVITY_TIMES,
    SHARES,
    STAGE_TIMES,
    figures,
    minutes_from_start_to_end,
    told,
    untimed,
)

TODAY = dt.date(2026, 12, 10)


def span(low: float, high: float) -> Span:
    return Span(Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("30 min", 30, 30),
        ("2h", 120, 120),
        ("2-3h", 120, 180),
        ("0.5 to 1.5 hours", 30, 90),
        ("2h-1d", 120, 444),
        ("1 – 2 Days", 444, 888),
        ("10 working days", 4440, 4440),
        ("3w", 6660, 6660),
        ("0h", 0, 0),
    ],
)
def test_a_time_is_read_as_people_say_it_and_a_range_stays_one(
    said: str, low: int, high: int
) -> None:
    assert read_time(said) == span(low, high)


@pytest.mark.parametrize(
    "said", ["", "2", "h", "ages", "3-2h", "2h to 90 min", "[PO]", "=1h", "-2h"]
)
def test_what_is_no_time_is_none_and_no_form_takes_it(said: str) -> None:
    assert read_time(said) is None
    session = Session(stages=(Stage("S1", "Begin"),), activities=(Activity("a-1", "S1", "Do"),))
    if said:
        with pytest.raises(EditError, match="is no time"):
            ACTIVITY_TIMES.change(session, "a-1", {"hands_on": said})


def test_how_often_is_a_number_a_range_or_a_word() -> None:
    assert read_often("12") == read_often("monthly") == span(12, 12)
    assert read_often("0.5") == span(0.5, 0.5)
    assert read_often("4 to 6") == span(4, 6)
    for wrong in ("", "often", "6-4", "12h", "-1"):
        assert read_often(wrong) is None


# An independent count: random processes of which the test keeps its own minutes.

Said = dict[str, tuple[int, int]]
"""By activity, the least and the most."""


def made(luck: Random) -> tuple[Session, Said, Said, Said]:
    """A process, and of each activity its minutes of work, of waiting, and times a year."""
    stages = tuple(
        Stage(f"S{n}", f"Stage {n}", per_year=str(often) if often else "")
        for n, often in enumerate((luck.choice([0, 2, 12]), 4), 1)
    )
    roles = (Role("cm", "Contract Manager"), Role("fin", "Finance"), Role("leg", "Legal"))
    work, wait, often = {}, {}, {}
    activities = []
    for n in range(8):
        known, stage = f"a-{n}", stages[n // 4]
        fields: dict[str, str] = {}
        if luck.random() < 0.7:
            least = luck.randrange(1, 9)
            work[known] = (60 * least, 60 * (least + luck.randrange(3)))
            fields["hands_on"] = f"{work[known][0] // 60}-{work[known][1] // 60}h"
        if luck.random() < 0.6:
            least = luck.randrange(1, 5)
            wait[known] = (444 * least, 444 * (least + 2))
            fields["waiting"] = f"{least} to {least + 2} days"
        if luck.random() < 0.4:
            often[known] = (3, 5)
            fields["per_year"] = "3-5"
        elif stage.per_year:
            often[known] = (int(stage.per_year), int(stage.per_year))
        routes: tuple[Route, ...] = ()
        if luck.random() < 0.4:
            far = luck.choice([END, *(f"a-{to}" for to in range(8) if to != n)])
            routes = (Route("Yes"), Route("No", to=far))
        activities.append(
            Activity(
                *(known, stage.id, f"Do {n}"),
                lead=luck.choice(["cm", "fin", "leg", ""]),
                routes=routes,
                improve=luck.choice([None, None, Improve.DROP, Improve.NEW]),
                tiers=(("gold", luck.choice([Treatment.YES, Treatment.LIGHT, Treatment.NO])),),
                **fields,
            )
        )
    tiers = (Tier("gold", "Gold"),)
    return (
        Session(stages=stages, roles=roles, activities=tuple(activities), tiers=tiers),
        (work),
        wait,
        often,
    )


def ways(session: Session) -> dict[str, list[str]]:
    """Where each activity leads, worked out from its routes alone; all stages are gone through
    once."""
    order = [one.id for one in session.activities]
    after = dict(pairwise([*order, END]))
    return {
        one.id: [route.to or after[one.id] for route in one.routes] or [after[one.id]]
        for one in session.activities
    }


def every_way(leads: dict[str, list[str]], way: list[str]) -> list[list[str]]:
    """Every way to an end on which nothing is done twice."""
    found = []
    for to in leads[way[-1]]:
        if to == END:
            found.append(way)
        elif to not in way:
            found += every_way(leads, [*way, to])
    return found


@pytest.mark.parametrize("seed", range(60))
def test_hours_by_stage_lead_and_tier_are_those_of_an_independent_count(seed: int) -> None:
    session, work, _, often = made(Random(seed))  # noqa: S311  (the same each time)
    found = {(one.kind, one.name): one for one in figures(session)}

    def counted(ids: list[str], without: Improve) -> tuple[int, int]:
        low = high = 0
        for one in session.activities:
            if one.id in ids and one.improve is not without and one.id in {*work} & {*often}:
                low += work[one.id][0] * often[one.id][0]
                high += work[one.id][1] * often[one.id][1]
        return low, high

    every = [one.id for one in session.activities]
    groups = {
        ("Whole process", ""): every,
        ("Stage", "Stage 1"): every[:4],
        ("Stage", "Stage 2"): every[4:],
        ("Tier", "Gold"): [
            one.id for one in session.activities if one.tiers[0][1] is not Treatment.NO
        ],
    }
    for code, name in (*((r.code, r.name) for r in session.roles), ("", "nobody yet")):
        led = [one.id for one in session.activities if one.lead == code]
        groups |= {("Lead", name): led} if led else {}
    assert {*found} == {*groups}
    for key, ids in groups.items():
        one = found[key]
        assert one.as_is == span(*counted(ids, Improve.NEW))
        assert one.to_be == span(*counted(ids, Improve.DROP))
        assert (one.stated, one.every) == (len({*ids} & {*work} & {*often}), len(ids))


@pytest.mark.parametrize("seed", range(60))
def test_the_days_are_those_of_every_way_gone_through(seed: int) -> None:
    session, work, wait, _ = made(Random(seed))  # noqa: S311  (the same each time)
    leads = ways(session)
    routes = every_way(leads, ["a-0"])
    for without in (Improve.NEW, Improve.DROP):
        passed = {one.id for one in session.activities if one.improve is without}

        def takes(node: str, end: int, passed: set[str] = passed) -> int:
            both = (work.get(node, (0, 0)), wait.get(node, (0, 0)))
            return 0 if node in passed else sum(one[end] for one in both)

        found = minutes_from_start_to_end(session, without)
        if not ({*work, *wait} - passed) or not routes:
            assert found is None
        else:
            assert found is not None
            assert found.low == min(sum(takes(node, 0) for node in way) for way in routes)
            longest = max(sum(takes(node, 1) for node in way) for way in routes)
            assert longest <= found.high <= sum(takes(node, 1) for node in leads)
            if not goes_round(leads):
                assert found.high == longest


def goes_round(leads: dict[str, list[str]]) -> bool:
    """Whether anything leads back to where it was: no order puts all ways forward."""
    left = dict(leads)
    while free := [node for node in left if not any(node in to for to in left.values())]:
        for node in free:
            del left[node]
    return bool(left)


def test_a_loop_is_gone_round_once_at_worst_and_not_at_all_at_best() -> None:
    session = Session(
        stages=(Stage("S1", "Begin"),),
        activities=(
            Activity("a-1", "S1", "Write", hands_on="1h"),
            Activity(
                "a-2", "S1", "Check", hands_on="2-3h", routes=(Route("Yes"), Route("No", "a-3"))
            ),
            Activity("a-3", "S1", "Mend", waiting="1d", then="a-2"),
            Activity("a-4", "S1", "Send"),
        ),
    )
    session = replace(
        session,
        activities=tuple(
            replace(one, routes=(Route("No"), Route("Yes", "a-4"))) if one.id == "a-2" else one
            for one in session.activities
        ),
    )
    assert minutes_from_start_to_end(session, Improve.NEW) == span(180, 60 + 180 + 444)


@pytest.mark.parametrize("long_first", [True, False])
def test_at_worst_it_is_the_longest_way_wherever_it_ends_on_the_wall(long_first: bool) -> None:
    long, short = "3d", "1d"
    first, second = (long, short) if long_first else (short, long)
    session = Session(
        stages=(Stage("S1", "Begin"),),
        activities=(
            Activity("a-1", "S1", "Ask", routes=(Route("Yes", "a-2"), Route("No", "a-3"))),
            Activity("a-2", "S1", "One", waiting=first, then=END),
            Activity("a-3", "S1", "Other", waiting=second, then=END),
        ),
    )
    assert minutes_from_start_to_end(session, Improve.NEW) == span(444, 3 * 444)


def looping(luck: Random) -> tuple[Session, dict[str, Fraction]]:
    """Ten activities in a row, some with an answer that goes back, at once or by something to mend;
    and of what share of cases.
    """
    shares: dict[str, Fraction] = {}
    activities = []
    for n in range(10):
        known, routes = f"a-{n}", ()
        if luck.random() < 0.4:
            shares[known] = Fraction(luck.randrange(1, 6), 8)
            back = f"a-{luck.randrange(n + 1)}"
            if luck.random() < 0.4:
                mend = f"m-{n}"
                activities.append(Activity(mend, "S2", "Mend", hands_on="3h", then=back))
                back = mend
            routes = (Route("Yes", f"a-{n + 1}" if n < 9 else END), Route("No", back))
        share = f"{shares[known].numerator} in {shares[known].denominator}" if routes else ""
        hours = f"{luck.randrange(1, 5)}h"
        activities.append(
            Activity(known, "S1", "Do", hands_on=hours, routes=routes, goes_back=share)
        )
    stages = tuple(
        Stage(known, "Part", rhythm=how, per_year="10")
        for known, how in (("S1", Rhythm.ONCE), ("S2", Rhythm.ON_DEMAND))
    )
    return Session(stages=stages, activities=tuple(activities)), shares


def visits_by_equations(session: Session, shares: dict[str, Fraction]) -> dict[str, Fraction]:
    """How often a case comes by each, solved as a system of equations."""
    order = [one.id for one in session.activities]
    rows = [[Fraction(one == other) for other in order] + [Fraction()] for one in order]
    rows[order.index("a-0")][-1] = Fraction(1)
    for one in session.activities:
        number = one.id.removeprefix("a-")
        following = f"a-{int(number) + 1}" if number.isdigit() else one.then
        share = shares.get(one.id, Fraction())
        ways = [(following, 1 - share), *((route.to, share) for route in one.routes[1:])]
        for to, part in ways:
            if to in order:
                rows[order.index(to)][order.index(one.id)] -= part
    for at in range(len(order)):
        pivot = next(n for n in range(at, len(order)) if rows[n][at])
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for n in range(len(order)):
            if n != at:
                rows[n] = [a - rows[n][at] * b for a, b in zip(rows[n], rows[at], strict=True)]
    return {one: row[-1] for one, row in zip(order, rows, strict=True)}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60))
def test_a_share_that_goes_back_counts_as_its_equations_say(seed: int) -> None:
    session, shares = looping(Random(seed))  # noqa: S311  (the same each time)
    visits = visits_by_equations(session, shares)
    minutes = sum(read_time(one.hands_on).low * visits[one.id] for one in session.activities)
    assert figures(session)[0].as_is == span(10 * minutes, 10 * minutes)
    assert minutes_from_start_to_end(session, Improve.NEW) == span(minutes, minutes)
    said = [one.stated for one in told(session) if one.kind == SHARES]
    assert said == [f"{len(shares)} of {len(shares)}"] * bool(shares)


def check_again(share: str = "", per_year: str = "") -> Session:
    return Session(
        stages=(Stage("S1", "Begin", per_year="10"),),
        activities=(
            Activity("a-1", "S1", "Write", hands_on="1h", per_year=per_year),
            Activity(
                *("a-2", "S1", "Check"),
                hands_on="2h",
                goes_back=share,
                routes=(Route("Yes"), Route("No", "a-1")),
            ),
        ),
        workshop=Workshop(also_record=(Besides.TIMES,)),
    )


def test_a_share_is_a_range_too_and_is_asked_where_an_answer_leads_back() -> None:
    session = check_again("1-2 in 4")
    assert figures(session)[0].as_is == span(10 * 180 * 4 / 3, 10 * 180 * 2)
    assert minutes_from_start_to_end(session, Improve.NEW) == span(240, 360)
    # What an activity says itself is how often it is done, with what comes back.
    assert figures(check_again("1 in 2", "12"))[0].as_is == span(12 * 60 + 20 * 120, 3120)
    assert minutes_from_start_to_end(check_again(), Improve.NEW) == span(180, 180)
    assert [one.stated for one in told(check_again()) if one.kind == SHARES] == ["0 of 1"]
    with pytest.raises(EditError, match="No answer of this activity leads back"):
        ACTIVITY_TIMES.change(session, "a-1", {"goes_back": "20%"})
    with pytest.raises(EditError, match="is no share"):
        ACTIVITY_TIMES.change(session, "a-2", {"goes_back": "5 in 5"})
    moved = replace(session.activities[1], routes=())
    found = list(check_times(replace(session, activities=(session.activities[0], moved))))
    assert [one.about for one in found] == ["goes_back"]
    assert "goes_back" in {one.key for one in sheets_of(session)[1].columns}
    assert not untimed(session).activities[1].goes_back


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [("1 in 5", 0.2, 0.2), ("20 %", 0.2, 0.2), ("10-20%", 0.1, 0.2), ("1 to 2 in 4", 0.25, 0.5)],
)
def test_a_share_is_read_as_people_say_it(said: str, low: float, high: float) -> None:
    found = read_share(said)
    assert found is not None
    assert (float(found.low), float(found.high)) == (low, high)
    assert [read_share(no) for no in ("", "1", "100%", "3 in 2", "0 in 0", "2-1 in 5")] == [
        None
    ] * 6


def test_two_that_are_joined_take_as_long_as_both_and_a_split_keeps_the_share() -> None:
    session = check_again("1 in 5")
    both = join_activities(session, "a-2").activities[0]
    assert (both.hands_on, both.waiting, both.goes_back) == ("1h+2h", "", "1 in 5")
    assert read_time(both.hands_on) == span(180, 180)
    first, second = split_activity(session, "a-2", "Check", "Sign", seed="s").activities[1:]
    assert (first.goes_back, second.goes_back) == ("", "1 in 5")


def test_what_a_tier_does_lightly_is_counted_in_full_and_said_so() -> None:
    session = check_again()
    tiers = (Tier("g", "Gold"), Tier("b", "Bronze"))
    light = replace(session.activities[0], tiers=(("b", Treatment.LIGHT),))
    session = replace(session, tiers=tiers, activities=(light, session.activities[1]))
    gold, bronze = (one for one in told(session) if one.kind == "Tier")
    assert (gold.stated, bronze.stated) == ("2 of 2", "2 of 2, 1 light")
    assert gold.as_is == bronze.as_is


def test_before_part_2_the_stages_say_it_and_it_is_told_as_such() -> None:
    session = Session(stages=(Stage("S1", "Begin"), Stage("S2", "End")))
    assert told(session)[0].as_is == ""
    session = STAGE_TIMES.change(
        session, "S1", {"hands_on": "1-2d", "waiting": "1w", "per_year": "10"}
    )
    end, whole, first, second = told(session)
    assert (end.kind, end.as_is, end.stated) == (
        *("From start to end", "6 to 7 working days"),
        "stages as a whole",
    )
    assert (whole.as_is, whole.stated) == ("74 to 148 hours a year", "stages as a whole")
    assert (first.as_is, second.as_is) == ("74 to 148 hours a year", "")


def test_pounds_only_with_a_rate_and_a_column_only_where_it_is_ticked(sample: Path) -> None:
    bare = read_session(sample)
    assert not bare.records(Besides.TIMES)
    assert not {"Hours", "Passing_on"} & {one.name for one in sheets_of(bare)}
    ticked = WORKSHOP.change(bare, {"times": "yes"})
    first = ticked.in_order[0]
    timed = ACTIVITY_TIMES.change(ticked, first.id, {"hands_on": "2-3h", "per_year": "10"})
    assert not any(one.pounds for one in told(timed))
    paid = WORKSHOP.change(timed, {"rate": "32"})
    whole = next(one for one in told(paid) if one.kind == "Whole process")
    assert (whole.as_is, whole.pounds) == ("20 to 30 hours a year", "£640 to 960")
    assert whole.stated == f"1 of {len(bare.activities)}"
    sheets = {one.name: one for one in sheets_of(paid)}
    assert "hands_on" in {one.key for one in sheets["Activities"].columns}
    assert "hands_on" not in {one.key for one in sheets_of(bare)[1].columns}
    assert loads(dumps(paid)) == paid
    with pytest.raises(EditError, match="There are times already"):
        WORKSHOP.change(paid, {"times": "no"})
    with pytest.raises(EditError, match="number of pounds"):
        WORKSHOP.change(paid, {"rate": "much"})


def test_the_grid_of_work_passing_on_has_every_hand_off_once(sample: Path) -> None:
    session = WORKSHOP.change(read_session(sample), {"times": "yes"})
    found = hand_offs(session)
    grid = next(one for one in sheets_of(session) if one.name == "Passing_on")
    names = {role.code: role.name for role in session.roles}
    headers = [one.header for one in grid.columns]
    cells = {
        (str(row[0]), header): number
        for row in grid.rows
        for header, number in zip(headers[1:-1], row[1:-1], strict=True)
        if number
    }
    assert cells == {(names[a], names[b]): n for (a, b), n in found.items()}
    assert sum(int(str(row[-1])) for row in grid.rows) == sum(found.values())
    leads = {one.id: one.lead for one in session.activities}
    assert all(a != b and {a, b} <= {*leads.values()} for a, b in found)


def test_neither_feedback_nor_what_changed_in_it_tells_how_long_anything_takes(
    sample: Path,
) -> None:
    earlier = WORKSHOP.change(read_session(sample), {"times": "yes"})
    now = second_session(earlier, seed="seed")
    for one, field in product(now.in_order[:2], ("hands_on", "waiting")):
        now = ACTIVITY_TIMES.change(now, one.id, {field: "77 to 88 days"})
    now = STAGE_TIMES.change(now, now.stages[0].id, {"per_year": "777"})
    now = WORKSHOP.change(now, {"rate": "555"})
    said = paper_markdown(report(now, Audience.PARTICIPANTS, TODAY, earlier=earlier))
    for hidden in ("77", "88 days", "555", "hands on"):
        assert hidden not in said
    assert untimed(now).records(Besides.TIMES) is False
    assert untimed(Session(workshop=Workshop(rate=5))) == Session()


def test_a_time_that_somebody_wrote_by_hand_and_nobody_can_read_is_found(sample: Path) -> None:
    session = WORKSHOP.change(read_session(sample), {"times": "yes"})
    first, stage = session.in_order[0], session.stages[0]
    spoilt = replace(
        session,
        stages=(replace(stage, per_year="often"), *session.stages[1:]),
        activities=tuple(
            replace(one, hands_on="ages", waiting="2h") if one.id == first.id else one
            for one in session.activities
        ),
    )
    found = [(one.place, one.about, one.text) for one in check_times(spoilt)]
    assert [(place, about) for place, about, _ in found] == [
        *(("", "per_year"), (first.id, "hands_on")),
    ]
    assert found[1][2].startswith("S1.01: “ages” is no time. Say such as")
    assert [*check_times(session)] == []
