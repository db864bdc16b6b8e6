"""What part 3 offers, what becomes of it, and the plan that comes of it all."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offwall import sample_sessions
from offwall.model.actions.next_steps import (
    FEEDBACK,
    GATHER,
    MAPPING,
    PHOTO,
    SECOND,
    SENIOR,
    THORNY,
    StepOffer,
    step_offers,
    take,
)
from offwall.model.actions.plan import (
    action_plan,
    due_within,
    live,
    missing_in_action,
    without_action,
)
from offwall.model.records.dates import working_day
from offwall.model.records.session import (
    Action,
    ActionKind,
    ActionStatus,
    Activity,
    Group,
    Issue,
    IssueStatus,
    Nation,
    Person,
    Photo,
    Role,
    Session,
    Stage,
    Workshop,
)
from offwall.model.records.text import EditError
from offwall.model.review.progress import missing_summary
from offwall.model.setup.photos import PHOTOS, add_photo, change_photo, new_photo_id
from offwall.model.store.presets.catalogues import CatalogueStep, PresetError, next_steps
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from tests.strategies import EXAMPLES, HOSTILE, sessions

TODAY = dt.date(2026, 12, 10)
CATALOGUE = next_steps()


def sample(name: str) -> Session:
    return loads(sample_sessions.path(name).read_text(encoding="utf-8"))


def texts(session: Session, today: dt.date = TODAY) -> list[str]:
    return [offer.text for offer in step_offers(session, CATALOGUE, today)]


def all_of(session: Session) -> tuple[StepOffer, ...]:
    return step_offers(session, CATALOGUE, TODAY)


def offer_of(session: Session, stem: str, today: dt.date = TODAY) -> StepOffer:
    found = [
        offer for offer in step_offers(session, CATALOGUE, today) if offer.stem.startswith(stem)
    ]
    assert len(found) == 1
    return found[0]


@pytest.fixture
def wall() -> Session:
    done = {"lead": "cm", "accountable": "hos", "sequence_confirmed": True, "lead_confirmed": True}
    return Session(
        workshop=Workshop(date=TODAY, facilitator="Ann", recorder="Jane Doe"),
        people=(Person("p-jane", "Jane Doe", role="pro", group=Group.CORE),),
        stages=(Stage("S1", "Set up"), Stage("S2", "Run")),
        roles=(Role("hos", "Head of Service"), Role("pro", "Procurement", ("Buyers",))),
        activities=(
            Activity("a", "S1", "One", **done),  # type: ignore[arg-type]
            Activity("b", "S2", "Two", **done),  # type: ignore[arg-type]
        ),
        photos=(Photo("f", "wall.jpg"),),
    )


def test_the_catalogue_still_has_the_entries_that_are_filled_in() -> None:
    named = {MAPPING, SECOND, THORNY, GATHER, FEEDBACK, SENIOR, PHOTO}
    assert named == {step.text for step in CATALOGUE}


def test_nothing_recorded_yet_is_offered_the_toolkit_s_seven() -> None:
    found = texts(Session())
    assert len(found) == 7
    assert found[0] == f"{MAPPING}: nothing is recorded yet"
    assert found[1:] == [step.text for step in CATALOGUE][1:]


def test_what_is_done_is_not_offered(wall: Session) -> None:
    assert MAPPING not in "".join(texts(wall))
    assert PHOTO not in texts(wall)
    assert len(texts(wall)) == 5


def test_a_council_s_own_step_names_what_the_process_handles() -> None:
    session = Session(workshop=Workshop(thing="application"))
    own = CatalogueStep("Count the {things} of a month", "the facilitator", 7)
    (offer,) = step_offers(session, [own], TODAY)
    assert offer.stem == "Count the applications of a month"


def test_what_lacks_is_counted_and_placed(wall: Session) -> None:
    lacking_two = replace(
        wall,
        stages=(*wall.stages, Stage("S3", "Exit")),
        activities=tuple(
            replace(activity, accountable="", lead_confirmed=False) for activity in wall.activities
        ),
    )
    assert missing_summary(lacking_two) == (
        "2 activities in “Set up” and “Run” have no accountable role",
        "2 activities in “Set up” and “Run” are to be confirmed",
        "nothing is recorded in “Exit”",
    )
    assert missing_summary(wall) == ()


def test_many_stages_are_counted_not_named() -> None:
    many = Session(stages=tuple(Stage(f"S{n}", f"x {n}") for n in range(1, 9)))
    many = replace(
        many, activities=tuple(Activity(s.id, s.id, "Do", lead="x") for s in many.stages)
    )
    assert missing_summary(many)[0] == ("8 activities in 8 stages have no accountable role")


def test_an_open_point_is_offered_to_who_answers_for_it(wall: Session) -> None:
    first = replace(wall.activities[0], open_point="Whose  is it?")
    offer = offer_of(replace(wall, activities=(first, wall.activities[1])), "Settle")
    assert (offer.text, offer.owner, offer.activity) == ("Settle: Whose is it?", "hos", "a")


def test_a_parked_issue_is_offered_to_who_raised_it_until_it_is_closed(wall: Session) -> None:
    issue = Issue("i", "Cross-directorate contracts", raised_by="buyers", parked=True)
    parked = replace(wall, issues=(issue, replace(issue, id="j", parked=False, text="Other")))
    offer = offer_of(parked, "Resolve")
    assert offer.text == "Resolve parked issue: Cross-directorate contracts"
    assert (offer.owner, offer.issue) == ("pro", "i")
    closed = replace(parked, issues=(replace(issue, status=IssueStatus.CLOSED),))
    assert offer_of(closed, "Resolve").text == THORNY


def test_owners_are_those_whom_the_session_knows(wall: Session) -> None:
    waiting = replace(wall, photos=(Photo("f", taken_by="jane doe"),))
    owners = {offer.stem: offer.owner for offer in step_offers(waiting, CATALOGUE, TODAY)}
    assert owners[PHOTO] == "p-jane"
    assert owners["Hold a second session to review improvements"] == "hos"
    assert owners[CATALOGUE[4].text] == "Ann"
    assert owners[CATALOGUE[5].text] == ""


def test_dates_count_from_the_workshop_and_never_fall_on_a_weekend_or_in_the_past(
    wall: Session,
) -> None:
    assert offer_of(wall, "Hold").due == dt.date(2027, 2, 4)
    assert offer_of(wall, "Hold", TODAY + dt.timedelta(10)).due == dt.date(2027, 2, 4)
    later = dt.date(2028, 3, 1)
    assert offer_of(wall, "Hold", later).due == dt.date(2028, 4, 26)


def test_no_offer_falls_on_a_bank_holiday_of_the_council_s_nation(wall: Session) -> None:
    christmas_eve = dt.date(2026, 12, 24)  # a Thursday; the photo is to be filed a day later
    at = replace(wall, photos=(), workshop=Workshop(date=christmas_eve))
    assert offer_of(at, PHOTO, christmas_eve).due == dt.date(2026, 12, 29)
    new_year = Workshop(date=dt.date(2027, 12, 31), holidays=Nation.SCOTLAND)
    scots = replace(at, workshop=new_year)
    assert offer_of(scots, PHOTO, dt.date(2027, 12, 31)).due == dt.date(2028, 1, 5)
    english = replace(scots, workshop=replace(new_year, holidays=None))
    assert offer_of(english, PHOTO, dt.date(2027, 12, 31)).due == dt.date(2028, 1, 4)


def test_what_the_session_says_of_a_step_stands_behind_it(wall: Session) -> None:
    issues = (
        Issue("i", "Slow"),
        Issue("j", "Unclear"),
        Issue("k", "Gone", status=IssueStatus.CLOSED),
    )
    actions = (
        Action("1", "Share it", issue="i", impact=5, effort=1, approval="Cabinet member"),
        Action("2", "Buy it", approval="director"),
        Action("3", "Sell it", approval="whole council", status=ActionStatus.DROPPED),
    )
    people = (*wall.people, Person("p-2", "Raj"), Person("p-3", "Mo", group=Group.CORPORATE))
    point = replace(wall.activities[0], open_point="Whose is it?")
    full = replace(wall, issues=issues, actions=actions, people=people, activities=(point,))
    said = {offer.stem: offer.text.removeprefix(offer.stem) for offer in all_of(full)}
    assert said[SECOND] == ": 2 improvements, 1 open point"
    assert said[GATHER] == ": 1 of 2 issues without an action, 1 action without a score"
    assert said[FEEDBACK] == ": 2 people who took part, 1 corporate colleague"
    assert said[SENIOR] == ": 1 action for members to approve"
    alone = replace(full, people=wall.people, actions=(), issues=(), activities=())
    assert offer_of(alone, FEEDBACK).text.endswith("no corporate colleague is listed yet")


@pytest.mark.parametrize("step", [step for step in CATALOGUE if step.also])
def test_a_step_that_the_plan_has_in_other_words_is_taken(step: CatalogueStep) -> None:
    for number, words in enumerate((step.text, *step.also)):
        action = Action(f"n{number}", f" {words.upper()}:  as agreed")
        found = all_of(Session(actions=(action,)))
        assert {offer.stem for offer in found if offer.taken} == {step.text}
    with pytest.raises(EditError, match="already"):
        take(
            Session(actions=(action,)),
            next(offer for offer in found if offer.taken),
            seed="s",
        )


def test_the_sample_s_next_steps_are_all_in_its_plan() -> None:
    session = sample("contract-management")
    taken = {offer.taken for offer in all_of(session)} - {""}
    assert taken >= {one.id for one in session.actions if one.kind is ActionKind.NEXT_STEP}


def test_an_offer_is_taken_once_with_its_owner_and_date(wall: Session) -> None:
    offer = offer_of(wall, "Hold")
    taken = take(wall, offer, seed="s")
    assert taken.actions[-1] == Action(
        taken.actions[-1].id,
        "Hold a second session to review improvements",
        kind=ActionKind.NEXT_STEP,
        owner="hos",
        due=dt.date(2027, 2, 4),
    )
    assert offer_of(taken, "Hold").taken == taken.actions[-1].id
    with pytest.raises(EditError, match="already"):
        take(taken, offer, seed="t")


def test_an_offer_stays_taken_when_its_figures_change(wall: Session) -> None:
    begun = replace(wall, stages=(*wall.stages, Stage("S3", "Exit"), Stage("S4", "After")))
    taken = take(begun, offer_of(begun, MAPPING), seed="s")
    later = replace(taken, stages=taken.stages[:3])
    offer = offer_of(later, MAPPING)
    assert offer.text.endswith("nothing is recorded in “Exit”")
    assert offer.taken == taken.actions[0].id


def test_an_issue_that_an_action_answers_is_taken_whatever_its_words(wall: Session) -> None:
    parked = replace(
        wall,
        issues=(Issue("i", "Grants?", parked=True),),
        actions=(Action("n", "Ask the auditors about grants", issue="i"),),
    )
    assert offer_of(parked, "Resolve").taken == "n"


@settings(max_examples=max(1, EXAMPLES // 4))
@given(sessions(), st.dates())
def test_every_offer_can_be_taken_and_is_then_marked(session: Session, today: dt.date) -> None:
    first = step_offers(session, CATALOGUE, today)
    assert all(offer.due >= today for offer in first)
    assert all(working_day(offer.due, session.nation) == offer.due for offer in first)
    taken = 0
    while left := [offer for offer in step_offers(session, CATALOGUE, today) if not offer.taken]:
        session = take(session, left[0], seed=f"{taken}")
        taken += 1
        assert taken <= len(first)
    assert [offer.stem for offer in step_offers(session, CATALOGUE, today)] == [
        o.stem for o in first
    ]


@settings(max_examples=max(1, EXAMPLES // 4))
@given(sessions())
def test_the_plan_holds_each_action_once_improvements_first(session: Session) -> None:
    listed = action_plan(session)
    assert sorted(map(id, listed)) == sorted(map(id, session.actions))
    kinds = [action.kind for action in listed]
    assert kinds == sorted(kinds, key=list(ActionKind).index)
    soon = due_within(session, TODAY, 28)
    assert [action.due for action in soon] == sorted(action.due for action in soon if action.due)
    assert set(map(id, soon)) <= set(map(id, live(listed)))


def test_actions_under_way_are_as_live_as_open_ones() -> None:
    listed = [Action(f"n-{status}", "Do it", status=status) for status in ActionStatus]
    assert [one.status for one in live(listed)] == [ActionStatus.OPEN, ActionStatus.DOING]
    assert [missing_in_action(one) for one in listed] == [one in live(listed) for one in listed]


def test_what_is_done_or_dropped_lacks_nothing() -> None:
    due = dt.date(2027, 1, 8)
    ready = Action("1", "Share it", owner="pro", due=due)
    assert not missing_in_action(ready)
    assert missing_in_action(replace(ready, owner=""))
    assert missing_in_action(replace(ready, due=None, status=ActionStatus.DOING))
    assert not missing_in_action(replace(ready, due=None, status=ActionStatus.DROPPED))
    assert not missing_in_action(replace(ready, owner="", status=ActionStatus.DONE))


def test_who_of_the_core_group_has_nothing(wall: Session) -> None:
    core = tuple(
        Person(name, name, role=role, group=Group.CORE)
        for name, role in (("Ann", "hos"), ("Bob", ""), ("Cy", ""), ("Di", ""), ("Ed", ""))
    )
    actions = (
        Action("1", "By role", owner="hos"),
        Action("2", "By name", owner="bob"),
        Action("3", "Helps", owner="Somebody", helper="Cy"),
        Action("4", "Done", owner="Di", status=ActionStatus.DONE),
    )
    session = replace(wall, people=core, actions=actions)
    assert [person.name for person in without_action(session)] == ["Di", "Ed"]


def test_what_falls_due_soon_has_the_overdue_first() -> None:
    days = {"late": -3, "edge": 28, "beyond": 29, "soon": 1}
    actions = tuple(
        Action(name, name, due=TODAY + dt.timedelta(number)) for name, number in days.items()
    )
    found = due_within(Session(actions=actions), TODAY, 28)
    assert [action.id for action in found] == ["late", "soon", "edge"]
    assert due_within(Session(actions=actions), dt.date.max, 28) == (
        actions[0],
        actions[3],
        actions[1],
        actions[2],
    )


def test_a_photo_is_listed_changed_and_removed() -> None:
    session = add_photo(Session(), seed="s", taken_by="Jane", caption=" Stages\t1 to 4 ")
    photo = Photo(new_photo_id("s"), caption="Stages 1 to 4", taken_by="Jane")
    assert session.photos == (photo,)
    hashed = replace(session, photos=(replace(photo, path="a.jpg", sha256="ab"),))
    same = change_photo(hashed, photo.id, path="a.jpg", caption="", taken_by="Jane")
    assert same.photos[0].sha256 == "ab"
    other = change_photo(hashed, photo.id, path="b  1.jpg", caption="", taken_by="Jane")
    assert (other.photos[0].path, other.photos[0].sha256) == ("b  1.jpg", "")
    assert PHOTOS.remove(session, photo.id).photos == ()
    with pytest.raises(EditError, match="no longer"):
        PHOTOS.remove(Session(), photo.id)


@pytest.mark.parametrize(
    ("path", "taken_by", "why"),
    [("", " ", "who took it"), (" wall.jpg ", "", "already"), ("a\x1b]0;x", "", "character")],
)
def test_a_photo_that_cannot_be_listed(path: str, taken_by: str, why: str) -> None:
    session = Session(photos=(Photo("f", "wall.jpg"),))
    with pytest.raises(EditError, match=why):
        add_photo(session, seed="s", path=path, taken_by=taken_by)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(text: str) -> None:
    session = Session(
        stages=(Stage("S1", "x"),),
        activities=(Activity("a", "S1", "One", open_point=text),),
        issues=(Issue("i", text, raised_by=text, parked=True),),
        photos=(Photo("f", taken_by=text),),
    )
    for number, offer in enumerate(step_offers(session, CATALOGUE, TODAY)):
        if not offer.taken:
            session = take(session, offer, seed=str(number))
    assert loads(dumps(session)) == session


def test_a_council_s_own_entry_is_offered_as_it_says() -> None:
    own = CatalogueStep("Tell the unions", "HR", 3)
    (offer,) = step_offers(Session(), [own], TODAY)
    assert (offer.text, offer.owner, offer.hint) == ("Tell the unions", "", "HR")
    assert offer.due == dt.date(2026, 12, 14)


def test_other_words_of_a_council_s_own_entry_count_too(tmp_path: Path) -> None:
    own = tmp_path / "next_steps.toml"
    own.write_text('[[next_steps]]\ntext = "Tell the unions"\nalso = ["Inform the unions", " "]\n')
    actions = (Action("n", "inform  the UNIONS"), Action("m", ": "))
    found = step_offers(Session(actions=actions), next_steps(tmp_path), TODAY)
    assert {offer.stem for offer in found if offer.taken} == {"Tell the unions"}
    own.write_text('[[next_steps]]\ntext = "Tell the unions"\nalso = 3\n')
    with pytest.raises(PresetError, match="also must be a list, not the number 3"):
        next_steps(tmp_path)
