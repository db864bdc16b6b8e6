import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offwall import sample_sessions
from offwall.model.line.vocabulary import Vocabulary
from offwall.model.process.walk import treatment
from offwall.model.records.changes import updated
from offwall.model.records.session import (
    Activity,
    Issue,
    IssueCode,
    Session,
    Stage,
    Tier,
    Treatment,
)
from offwall.model.review.filter import (
    ALL,
    FilterError,
    followed,
    next_tier,
    read_filter,
    seen_through_tier,
    with_filter,
)
from offwall.model.store.toml.load import loads
from tests.strategies import EXAMPLES, HOSTILE, sessions, texts

SAMPLE = loads(sample_sessions.path("contract-management").read_text(encoding="utf-8"))
BRACKETS = loads(sample_sessions.path("brackets").read_text(encoding="utf-8"))
TODAY = dt.date(2026, 12, 10)
few = settings(max_examples=max(1, EXAMPLES // 4))


def shown(text: str, session: Session = SAMPLE) -> set[str]:
    """The refs of what a filter asks for."""
    wanted = read_filter(text, Vocabulary.of(session, TODAY))
    assert wanted is not None
    return {session.ref_by_id[known] for known in wanted.matching(session)}


def refs(session: Session, *kept: Activity) -> set[str]:
    return {session.ref_by_id[item.id] for item in kept}


def wrong(text: str, session: Session = SAMPLE) -> str:
    with pytest.raises(FilterError) as caught:
        read_filter(text, Vocabulary.of(session, TODAY))
    return str(caught.value)


def test_no_words_are_no_filter() -> None:
    for text in ("", "   ", "\n\t"):
        assert read_filter(text, Vocabulary.of(SAMPLE, TODAY)) is None


def test_words_are_looked_for_in_all_that_an_activity_says() -> None:
    session = Session(
        stages=(Stage("S1", "One"),),
        activities=(
            Activity("a", "S1", "Check the INSURANCE is current", documents=("Risk log",)),
            Activity("b", "S1", "Pay", decision="Is it insured?", note="see the log"),
        ),
        issues=(Issue("i", "Expires unnoticed", activity="b"),),
    )
    assert shown("insur", session) == {"S1.01", "S1.02"}
    assert shown("insurance", session) == {"S1.01"}
    assert shown("LOG risk", session) == {"S1.01"}
    assert shown("unnoticed", session) == {"S1.02"}
    assert shown("s1.02", session) == {"S1.02"}
    assert shown("nothing of the kind", session) == set()


@pytest.mark.parametrize("said", ["@cm", "@Contract Manager", "@contract manager", "@CM"])
def test_a_role_leads_by_code_or_by_name(said: str) -> None:
    wanted = refs(SAMPLE, *(a for a in SAMPLE.activities if "cm" in (a.lead, *a.also)))
    assert wanted
    assert shown(said) == wanted


def test_each_part_of_a_role_can_be_asked_for() -> None:
    for sign, part in (("a:", "accountable"), ("c:", "consulted"), ("i:", "informed")):
        held = [a for a in SAMPLE.activities if "fin" in (getattr(a, part) or "")]
        assert held
        assert shown(f"{sign}fin") == refs(SAMPLE, *held)
    everywhere = shown("@fin") | shown("a:fin") | shown("c:fin") | shown("i:fin")
    assert shown("any:fin") == everywhere


def test_a_comma_gives_a_choice_and_a_space_narrows() -> None:
    assert shown("@cm,pro") == shown("@cm") | shown("@pro")
    assert shown("/S2,S3") == shown("/S2") | shown("/S3")
    assert shown("@cm /S3 unfinished") == shown("@cm") & shown("/S3") & shown("unfinished")
    assert shown("@cm insurance") == shown("@cm") & shown("insurance")


def test_nobody_is_asked_for_by_a_question_mark() -> None:
    session = Session(
        stages=(Stage("S1", "One"),),
        activities=(Activity("a", "S1", "Do"), Activity("b", "S1", "Do", lead="xyz")),
    )
    assert shown("@?", session) == {"S1.01"}
    assert shown("a:?", session) == {"S1.01", "S1.02"}
    # A code that activities use is asked for even where no role bears it.
    assert shown("@xyz", session) == {"S1.02"}


def test_stages_go_by_id_number_or_name() -> None:
    second = {f"S2.{n:02}" for n in range(1, 7)}
    assert shown("/S2") == shown("/2") == shown("/mobil") == shown("/s2") == second


def test_codes_are_those_of_the_issues() -> None:
    coded = {i.activity for i in SAMPLE.issues if i.code is IssueCode.GOVERNANCE and i.activity}
    assert shown("!g") == {SAMPLE.ref_by_id[known] for known in coded}
    assert shown("!dg") == shown("!d") & shown("!g")
    assert shown("!") == shown("!d") | shown("!g") | shown("!t") | shown("!r")


def test_tiers_are_those_that_go_through() -> None:
    assert len(shown("%bronze")) == 21
    assert shown("%bronze=no") == shown("%gold") - shown("%bronze")
    session = Session(
        stages=(Stage("S1", "One", tiers=(("b", Treatment.LIGHT),)),),
        activities=(Activity("a", "S1", "Do"), Activity("b", "S1", "Do", tiers=(("b", "yes"),))),  # type: ignore[arg-type]
        tiers=(Tier("b", "Bronze"),),
    )
    assert shown("%b=light", session) == shown("%Bronze=light", session) == {"S1.01"}


def test_states_are_words_and_a_backslash_makes_them_text() -> None:
    assert shown("unconfirmed") == refs(SAMPLE, *(a for a in SAMPLE.activities if not a.confirmed))
    assert shown("confirmed") | shown("unconfirmed") == shown("%gold")
    assert shown("open") == refs(SAMPLE, *(a for a in SAMPLE.activities if a.open_point))
    assert shown("\\open") != shown("open")
    session = Session(stages=(Stage("S1", "One"),), activities=(Activity("a", "S1", "@home"),))
    assert shown("\\@home", session) == {"S1.01"}


def test_what_there_is_not_is_said() -> None:
    assert "did you mean @cm?" in wrong("@contractmanager")
    assert "“zzz”" in wrong("any:zzz")
    assert "/S99" in wrong("/S99")
    assert "“X”" in wrong("!dx")
    assert "%gold" in wrong("%platinum")
    assert "none yet" in wrong("%gold", Session())
    assert "“cm”" in wrong("@cm", Session())


@few
@given(
    sessions(), st.one_of(texts, st.sampled_from(HOSTILE), st.text("@/!%\\a:rci? ,", max_size=9))
)
def test_any_filter_is_read_or_refused_in_a_sentence(session: Session, text: str) -> None:
    refused, wanted = "", None
    try:
        wanted = read_filter(text, Vocabulary.of(session, TODAY))
    except FilterError as sentence:
        refused = str(sentence)
    if wanted:
        assert wanted.matching(session) <= session.activity_by_id.keys()
    else:
        assert refused.endswith((".", "?")) or not text.strip()


def test_every_text_of_the_brackets_is_found_by_itself() -> None:
    for activity in BRACKETS.activities:
        words = " ".join(f"\\{word}" for word in activity.text.split())
        assert BRACKETS.ref_by_id[activity.id] in shown(words, BRACKETS)


def filtered(text: str, session: Session = SAMPLE):  # type: ignore[no-untyped-def]
    return with_filter(session, ALL, read_filter(text, Vocabulary.of(session, TODAY)))


def test_what_was_put_right_stays_in_view_and_so_does_what_was_made() -> None:
    seen = filtered("unconfirmed")
    known = next(a for a in SAMPLE.activities if not a.confirmed)
    after = updated(SAMPLE, "activities", known, sequence_confirmed=True, lead_confirmed=True)
    made = Activity("a-new", "S1", "Just made", sequence_confirmed=True, lead_confirmed=True)
    after = replace(after, activities=(*after.activities, made))
    seen = followed(seen, SAMPLE, after)
    assert known.id in seen
    assert made.id in seen
    assert known.id not in with_filter(after, seen, seen.filter)


def test_what_comes_to_match_comes_into_view() -> None:
    seen = filtered("insurance")
    other = next(a for a in SAMPLE.activities if a.id not in seen)
    assert other.id in followed(
        seen, SAMPLE, updated(SAMPLE, "activities", other, text="Renew the insurance")
    )
    assert other.id not in followed(
        seen, SAMPLE, updated(SAMPLE, "activities", other, text="Something else")
    )


def test_filter_and_tier_narrow_together_and_nothing_shows_all() -> None:
    both = seen_through_tier(SAMPLE, filtered("@cm"), "bronze")
    assert both.ids == filtered("@cm").ids & filtered("%bronze").ids  # type: ignore[operator]
    assert with_filter(SAMPLE, both, None).ids == seen_through_tier(SAMPLE, ALL, "bronze").ids
    assert seen_through_tier(SAMPLE, with_filter(SAMPLE, both, None), "") is ALL
    assert "anything" in ALL
    assert ALL.and_also("a-x") is ALL
    assert "a-x" in both.and_also("a-x")


def test_a_tier_says_how_it_treats_each_and_follows_a_change() -> None:
    seen = seen_through_tier(SAMPLE, ALL, "bronze")
    for activity in SAMPLE.activities:
        assert seen.treatment(activity.id) is treatment(SAMPLE, activity, "bronze")
        assert ALL.treatment(activity.id) is Treatment.YES
    kept = next(a for a in SAMPLE.activities if a.id in seen)
    after = updated(SAMPLE, "activities", kept, tiers=(("bronze", Treatment.NO),))
    now = followed(seen, SAMPLE, after)
    assert kept.id in now
    assert now.treatment(kept.id) is Treatment.NO
    assert now.view
    assert len(now.view.kept) == 20


def test_the_tiers_come_in_turn_and_then_all() -> None:
    codes = [""]
    for _ in range(4):
        codes.append(next_tier(SAMPLE, codes[-1]))
    assert codes == ["", "gold", "silver", "bronze", ""]
    assert next_tier(SAMPLE, "a tier that was removed") == ""
    assert next_tier(Session(), "") == ""


@pytest.mark.slow
@few
@given(sessions(), sessions())
def test_any_change_is_followed(before: Session, after: Session) -> None:
    for tier in ("", *(tier.code for tier in before.tiers[:1])):
        for text in ("", "unfinished"):
            wanted = read_filter(text, Vocabulary.of(before, TODAY))
            seen = seen_through_tier(before, with_filter(before, ALL, wanted), tier)
            now = followed(seen, before, after)
            made = after.activity_by_id.keys() - before.activity_by_id.keys()
            assert all(known in now for known in made)
