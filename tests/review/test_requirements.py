"""What the law asks: from the pack into the session, known by words, in force from a day on."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from offwall.model.actions.date_checks import all_findings
from offwall.model.compare.describe import describe_changes
from offwall.model.documents.brief.export import paper_markdown
from offwall.model.documents.brief.papers import report
from offwall.model.documents.brief.readers import Audience
from offwall.model.process.activities import remove_activity
from offwall.model.records import EditError, Improve, updated
from offwall.model.records.changes import apply, diff
from offwall.model.records.session import Requirement, Session, Stage, Tier, Workshop
from offwall.model.review.requirements import (
    KIND,
    NO_ADVICE,
    NOT_READ,
    REQUIREMENTS,
    does_it,
    in_force,
    make_activity,
    says_who,
    take_in,
)
from offwall.model.setup.workshop import WORKSHOP
from offwall.model.store import read_session
from offwall.model.store.presets.catalogues import PresetError, preset_names, requirements
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from offwall.model.tables.all_sheets import sheets_of

LAST_DAY = dt.date(2026, 4, 1)
"""From this day on all of the pack is in force."""

NOTICES = {
    "S1.04": "details-notice",
    "S5.06": "performance-notice",
    "S7.07": "change-notice",
    "S8.06": "termination-notice",
}
"""The activities of the sample that publish a notice, and which."""


def ticked(session: Session) -> Session:
    return take_in(WORKSHOP.change(session, {"requirements": "yes"}), requirements())


@pytest.fixture
def law(sample: Path) -> Session:
    return ticked(read_session(sample))


def said(session: Session, day: dt.date | None = None) -> list[str]:
    return [one.text for one in all_findings(session, day) if one.kind == KIND]


def counts(session: Session, day: dt.date) -> tuple[int, int]:
    found = in_force(session, day)
    return sum(does_it(session, one) is not None for one in found), len(found)


def test_nothing_is_said_anywhere_until_it_is_ticked(sample: Path, law: Session) -> None:
    for bare in (read_session(sample), WORKSHOP.change(law, {"requirements": "no"})):
        assert said(bare, LAST_DAY) == []
        assert "The_law" not in [one.name for one in sheets_of(bare)]
        paper = paper_markdown(report(bare, Audience.MANAGEMENT, LAST_DAY))
        assert "the law asks" not in paper
        assert NO_ADVICE not in paper
    assert WORKSHOP.change(law, {"requirements": "no"}).requirements == law.requirements


def test_ticked_without_a_pack_it_says_how_to_have_one() -> None:
    bare = WORKSHOP.change(Session(), {"requirements": "yes"})
    assert said(bare) == ["No requirement of the law is listed: ) in part 2, then I."]


def test_the_pack_says_of_each_where_it_stands_and_nobody_has_read_it_there_for_a_council() -> None:
    pack = requirements()
    assert len({one.id for one in pack}) == len(pack) == 16
    for one in pack:
        assert one.text
        assert one.section
        assert one.source
        assert one.must
        assert one.words
        assert one.read_on is None
    days = {one.id: one.since for one in pack}
    assert days["payments-notice"] == days["performance-notice"] == dt.date(2026, 1, 1)
    assert days["payments-published"] == LAST_DAY
    assert days["change-notice"] == dt.date(2025, 2, 24)


@pytest.mark.parametrize("ref", NOTICES)
def test_a_notice_taken_off_the_wall_is_missed(law: Session, ref: str) -> None:
    have, every = counts(law, LAST_DAY)
    assert (have, every) == (6, 16)
    assert f"{have} of {every} requirements of the law have" in said(law, LAST_DAY)[0]
    one = REQUIREMENTS.find(law, NOTICES[ref])
    linked = REQUIREMENTS.change(law, one.id, {"activity": ref})
    assert says_who(law, one).endswith(", by its words")
    assert says_who(linked, REQUIREMENTS.find(linked, one.id)).startswith(f"{ref} ")
    for session in (law, linked):
        gone = remove_activity(session, session.id_by_ref[ref])
        assert counts(gone, LAST_DAY) == (have - 1, every)
        assert says_who(gone, REQUIREMENTS.find(gone, one.id)) == ""
        assert [one.kind for one in all_findings(gone) if one.kind == "lost pointer"] == []
    dropped = updated(
        law, "activities", law.activity_by_id[law.id_by_ref[ref]], improve=Improve.DROP
    )
    assert counts(dropped, LAST_DAY) == (have - 1, every)


@pytest.mark.parametrize(
    ("day", "have", "every", "later"),
    [
        (dt.date(2025, 2, 23), 0, 5, "11 more begin later, the first on 24 Feb 2025."),
        (dt.date(2025, 2, 24), 5, 13, "3 more begin later, the first on 1 Jan 2026."),
        (dt.date(2025, 12, 31), 5, 13, "3 more begin later, the first on 1 Jan 2026."),
        (dt.date(2026, 1, 1), 6, 15, "1 more begins later, the first on 1 Apr 2026."),
        (dt.date(2026, 3, 31), 6, 15, "1 more begins later, the first on 1 Apr 2026."),
        (LAST_DAY, 6, 16, ""),
    ],
)
def test_a_requirement_counts_from_its_day_on(
    law: Session, day: dt.date, have: int, every: int, later: str
) -> None:
    """The day that is asked for counts, else the day of the workshop."""
    line = f"{have} of {every} requirements of the law have an activity: ) in part 2 lists them."
    assert said(law, day) == [f"{line} {later}".strip()]
    held = replace(law, workshop=replace(law.workshop, date=day))
    assert said(held) == said(law, day)


def test_before_its_day_a_notice_that_is_taken_away_is_not_missed(law: Session) -> None:
    gone = remove_activity(law, law.id_by_ref["S5.06"])
    before, after = dt.date(2025, 12, 31), dt.date(2026, 1, 1)
    assert counts(gone, before) == counts(law, before)
    assert counts(gone, after)[0] == counts(law, after)[0] - 1


def test_one_is_made_one_is_named_one_is_outside_and_then_nothing_is_found(law: Session) -> None:
    made = make_activity(law, "call-in", law.stages[6].id, "seed")
    new = does_it(made, REQUIREMENTS.find(made, "call-in"))
    assert new is not None
    assert (new.text, new.stage) == ("Wait until call-in has ended", law.stages[6].id)
    assert counts(made, LAST_DAY) == (7, 16)
    outside = REQUIREMENTS.change(made, "spending", {"outside": "Finance does it for all"})
    assert counts(outside, LAST_DAY) == (7, 15)
    assert says_who(outside, REQUIREMENTS.find(outside, "spending")) == (
        "outside: Finance does it for all"
    )
    for one in law.requirements:
        outside = REQUIREMENTS.change(outside, one.id, {"activity": "S1.01"})
        outside = REQUIREMENTS.change(outside, one.id, {"outside": ""})
    assert counts(outside, LAST_DAY) == (16, 16)
    assert said(outside, LAST_DAY) == []


def test_an_activity_that_nothing_means_is_refused(law: Session) -> None:
    for wrong in ("S9.99", "end", "[PO]", "nothing like it"):
        with pytest.raises(EditError, match="No activity is meant by"):
            REQUIREMENTS.change(law, "kpis", {"activity": wrong})
    for gone in ("kpis-x", ""):
        with pytest.raises(EditError, match="no longer in the session"):
            make_activity(law, gone, law.stages[0].id, "seed")


def test_empty_words_mean_nothing_and_hostile_ones_are_text(law: Session) -> None:
    for words in ((), ("",), ("  ",), (".*",), ("[",)):
        odd = Requirement("q-1", "=1+1\n[PO]", words=words)
        assert does_it(law, odd) is None
        held = replace(law, requirements=(odd,))
        assert loads(dumps(held)) == held
        assert "0 of 1 requirement of the law have" in said(held, LAST_DAY)[0]


def test_a_council_has_its_own_pack(tmp_path: Path) -> None:
    own = (
        '[[requirements]]\nid = "kpis"\ntext = "Set our own"\nread_on = 2026-05-01\n'
        'for_tiers = ["gold", "tin"]\n[[requirements]]\nid = "ours"\ntext = "Ask the mayor"\n'
    )
    (tmp_path / "requirements.toml").write_text(own)
    pack = requirements(tmp_path)
    assert [one.text for one in pack][:1] == ["Set our own"]
    assert (pack[-1].text, len(pack)) == ("Ask the mayor", 17)
    assert preset_names(tmp_path) == preset_names()
    session = take_in(Session(tiers=(Tier("gold", "Gold"),)), pack)
    assert session.requirements[0].for_tiers == ("gold",)
    (tmp_path / "requirements.toml").write_text('[[requirements]]\nid = "x"\nsince = "soon"\n')
    with pytest.raises(PresetError, match=r"requirements.toml.*line 3"):
        requirements(tmp_path)


def test_the_pack_again_brings_its_facts_and_keeps_what_was_said(law: Session) -> None:
    was = REQUIREMENTS.change(law, "kpis", {"activity": "S1.05"})
    was = REQUIREMENTS.change(was, "spending", {"outside": "Not ours"})
    newer = tuple(replace(one, must="More", read_on=LAST_DAY) for one in requirements())
    now = take_in(was, newer)
    assert [one.id for one in now.requirements] == [one.id for one in law.requirements]
    assert {one.must for one in now.requirements} == {"More"}
    kpis, spending = REQUIREMENTS.find(now, "kpis"), REQUIREMENTS.find(now, "spending")
    assert (kpis.activity, spending.outside) == (law.id_by_ref["S1.05"], "Not ours")
    assert take_in(now, newer) == now


def test_the_file_a_change_and_its_sentence_have_it(law: Session, sample: Path) -> None:
    assert loads(dumps(law)) == law
    bare = read_session(sample)
    assert apply(bare, diff(bare, law)) == law
    after = REQUIREMENTS.change(law, "kpis", {"outside": "Nothing above it"})
    sentences = [one.text for part in describe_changes(law, after) for one in part.sentences]
    assert len(sentences) == 1
    assert "Set and publish at least three" in sentences[0]
    assert "Nothing above it" in sentences[0]


def test_the_brief_has_a_page_with_section_day_and_whether_it_was_read(law: Session) -> None:
    read = REQUIREMENTS.change(law, "kpis", {"read_on": "2026-05-01"}, today=LAST_DAY)
    paper = paper_markdown(report(read, Audience.MANAGEMENT, LAST_DAY))
    page = paper.partition("Appendix: what the law asks")[2].partition("\n## ")[0]
    assert page.count(NO_ADVICE) == 1
    assert page.count(NOT_READ) == 15
    assert "sections 52 and 53: read there on 1 May 2026" in page
    assert "1 Jan 2026" in page
    assert "S7.07" in page
    told = paper_markdown(report(read, Audience.PARTICIPANTS, LAST_DAY))
    assert "the law asks" not in told


def test_no_pack_is_needed_by_who_has_the_session(law: Session) -> None:
    """A process without a wall counts all of them as missing, and no stage makes no activity."""
    bare = Session(
        workshop=Workshop(also_record=("requirements",)), requirements=law.requirements[:2]
    )
    assert counts(bare, LAST_DAY) == (0, 2)
    with pytest.raises(EditError):
        make_activity(bare, "kpis", Stage("S1", "Begin").id, "seed")
