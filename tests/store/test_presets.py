import datetime as dt
from pathlib import Path

import pytest

from offwall.model.records.session import Rhythm
from offwall.model.review.checks import findings
from offwall.model.store.presets.catalogues import (
    CatalogueStep,
    PresetError,
    next_steps,
    preset,
    preset_names,
    topic_kinds,
)
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps


def test_the_shipped_presets_are_whole_sessions_without_activities() -> None:
    assert preset_names() == ("contract-management", "procurement", "three-phase", "blank")
    for name in preset_names():
        session = preset(name)
        assert session.activities == ()
        assert session.workshop.title
        assert loads(dumps(session)) == session
        assert (session.clock.topic.planned, session.clock.record.planned) == (60, 150)
        known = set(session.role_by_code)
        assert len(known) == len(session.roles)
        assert {stage.accountable for stage in session.stages} <= known
        assert {one.kind for one in findings(session)} <= {"unused role"}


def test_the_contract_management_preset_has_the_eight_stages_and_the_statutory_roles() -> None:
    session = preset("contract-management")
    assert [stage.name for stage in session.stages] == [
        "Handover and set-up",
        "Mobilisation",
        "Performance",
        "Payment and finance",
        "Risk and assurance",
        "Relationship and improvement",
        "Contract change",
        "Review, extension and exit",
    ]
    assert [stage.rhythm for stage in session.stages].count(Rhythm.CYCLE) == 4
    assert session.stage_by_id["S7"].rhythm is Rhythm.ON_DEMAND
    names = {role.name for role in session.roles}
    assert {"HR", "Section 151 Officer", "Monitoring Officer", "Commissioner"} <= names
    assert [tier.value_from for tier in session.tiers] == [5_000_000, 100_000, 0]
    assert all(tier.review.startswith("Example") for tier in session.tiers)


def test_the_other_presets_have_the_stages_of_their_kind() -> None:
    assert [stage.name for stage in preset("procurement").stages] == [
        "Starting event",
        "Pre-publication",
        "Publication",
        "Selection and evaluation",
        "Award",
    ]
    phases = [(stage.name, stage.rhythm.value) for stage in preset("three-phase").stages]
    assert phases == [("Mobilise", "once"), ("Manage", "cycle"), ("Exit", "once")]
    assert preset("blank").stages == ()


def test_an_unknown_preset_is_refused_with_the_names_there_are() -> None:
    for name in ("nothing", "../../etc/passwd", "topics", "", "[/"):
        with pytest.raises(PresetError, match="choose one of: contract-management, procurement"):
            preset(name)


def test_the_catalogue_has_a_topic_of_each_kind_with_questions() -> None:
    found = topic_kinds()
    kinds = [topic.kind for topic in found]
    assert kinds == ["mapping", "issue", "tiering", "governance", "ranking", "own"]
    for topic in found:
        assert all((topic.title, topic.when, topic.outcome))
        assert len(topic.prompts) >= 3


def test_the_next_steps_are_the_toolkit_s_seven() -> None:
    found = next_steps()
    assert len(found) == 7
    assert all(step.text and step.owner and step.days > 0 for step in found)
    workshop = dt.date(2026, 12, 10)
    assert CatalogueStep("x", "", 22).due(workshop) == dt.date(2027, 1, 1)
    assert CatalogueStep("x", "", 3650).due(dt.date.max) == dt.date.max


def test_a_council_brings_its_own(tmp_path: Path) -> None:
    (tmp_path / "housing.toml").write_text(
        '[workshop]\ntitle = "Housing"\n[[stages]]\nid = "H1"\nname = "[PO]"\n', encoding="utf-8"
    )
    (tmp_path / "blank.toml").write_text('[workshop]\ntitle = "Ours"\n', encoding="utf-8")
    (tmp_path / "topics.toml").write_text(
        '[[topics]]\nkind = "own"\ntitle = "=1+1"\n[[topics]]\nkind = "grants"\ntitle = "Grants"\n'
        'prompts = ["Which?"]\n',
        encoding="utf-8",
    )
    (tmp_path / "next_steps.toml").write_text(
        '[[next_steps]]\ntext = "Tell the leader"\nowner = "hos"\ndays = 3\n', encoding="utf-8"
    )
    (tmp_path / "notes.txt").write_text("not a preset", encoding="utf-8")
    assert preset_names(tmp_path)[3:] == ("blank", "housing")
    assert preset("housing", tmp_path).stages[0].name == "[PO]"
    assert preset("blank", tmp_path).workshop.title == "Ours"
    assert preset("procurement", tmp_path) == preset("procurement")
    kinds = {topic.kind: topic for topic in topic_kinds(tmp_path)}
    assert list(kinds)[-2:] == ["own", "grants"]
    assert (kinds["own"].title, kinds["grants"].prompts) == ("=1+1", ("Which?",))
    assert next_steps(tmp_path)[-1] == CatalogueStep("Tell the leader", "hos", 3)


def test_a_folder_that_is_not_there_adds_nothing(tmp_path: Path) -> None:
    missing = tmp_path / "none"
    assert preset_names(missing) == preset_names()
    assert topic_kinds(missing) == topic_kinds()


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    with pytest.raises(PresetError, match="cannot be listed"):
        preset_names(file)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"\xff\xfe", "not UTF-8"),
        (b"= =", "not TOML"),
        (b"topics = 3", "must be records"),
        (b"topics = [3]", "topics 1: it must be a table, not the number 3"),
        (b"[[topics]]\ntitle = 'x'", "topics 1: it has no kind"),
        (b"[[topics]]\nkind = 'x'\ntitle = ' '", "topics 1: it must have title"),
        (
            b"[[topics]]\nkind = 'x'\ntitle = 3",
            "title must be text, not the number 3",
        ),
        (
            b"[[topics]]\nkind = 'x'\ntitle = 'x'\nprompts = [1]",
            "prompts, 1 must be text, not the",
        ),
        (b"topics = " + b"[" * 5_000, "not TOML"),
    ],
)
def test_a_bad_catalogue_is_one_sentence_with_its_place(
    tmp_path: Path, text: bytes, says: str
) -> None:
    (tmp_path / "topics.toml").write_bytes(text)
    with pytest.raises(PresetError) as told:
        topic_kinds(tmp_path)
    assert says in str(told.value)
    assert str(told.value).startswith(str(tmp_path / "topics.toml"))
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("days", ["-1", "3651", "true", "1.5", "'3'"])
def test_days_are_a_whole_number_that_a_date_can_bear(tmp_path: Path, days: str) -> None:
    (tmp_path / "next_steps.toml").write_text(
        f"[[next_steps]]\ntext = 'x'\ndays = {days}\n", encoding="utf-8"
    )
    with pytest.raises(PresetError, match=r"days must be (a whole number|from 0 to 3650), not"):
        next_steps(tmp_path)


def test_a_bad_preset_names_its_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("[workshop]\ntitle = 3\n", encoding="utf-8")
    with pytest.raises(PresetError, match=r"bad\.toml, line 2"):
        preset("bad", tmp_path)
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(PresetError, match="cannot be read"):
        preset("folder", tmp_path)
