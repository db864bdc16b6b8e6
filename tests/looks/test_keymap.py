"""A keymap of one's own: what it changes, and what of it cannot be done and is said."""

from pathlib import Path

import pytest

from offwall.tui.app import OffwallApp
from offwall.tui.kit.keymap import usable
from offwall.tui.looks import settings
from offwall.tui.looks.settings import Settings, SettingsError
from offwall.tui.process.activity_table import ActivityTable
from tests.journey import Journey, afternoon

OTHERS = {
    "activity.new": "tilde",
    "activity.confirm": "Y",
    "activity.open-point": "question_mark",
    "app.help": "f1",
    "app.undo": "f8",
    "activity.remove": "delete",
    "list.down": "grave_accent,down",
    "view.raci": "dollar_sign",
    "raci.lead": "1",
    "line.keep": "enter",
    "app.go-to": "slash",
    "list.find": "comma",
}
"""Keys of a hand that is used to another program."""


def settled(journey: Journey, wanted: dict[str, str]) -> None:
    """Take the keymap as a start takes it from the settings."""
    kept, wrong = usable(wanted, OffwallApp)
    assert wrong == ""
    journey.app.set_keymap(kept)


@pytest.mark.slow
async def test_the_whole_of_part_2_is_done_with_other_keys(own_sample: Path) -> None:
    async with afternoon(own_sample, size=(120, 40)) as journey:
        settled(journey, OTHERS)
        await journey.press("2", "home", "`", "~", *"Ring the tenant", "enter", "escape")
        assert "Ring the tenant" in [one.text for one in journey.session.activities]
        made = next(one for one in journey.session.activities if one.text == "Ring the tenant")
        await journey.press("Y")
        assert journey.session.activity_by_id[made.id].confirmed
        await journey.press("/", *"ring the", "enter", "?", *"By whom", "enter")
        assert journey.session.activity_by_id[made.id].open_point == "By whom"
        await journey.press("/", *"ring the", "enter", "$", "l", "1", "escape")
        assert journey.session.activity_by_id[made.id].lead != made.lead
        await journey.press("f8")
        assert journey.session.activity_by_id[made.id].lead == made.lead
        await journey.press("/", *"ring the", "enter", "delete")
        assert made.id not in journey.session.activity_by_id


async def test_footer_help_and_what_is_dimmed_follow(own_sample: Path) -> None:
    async with afternoon(own_sample, size=(120, 40)) as journey:
        settled(journey, OTHERS | {"activity.join": "B"})
        await journey.press("2", "home")
        assert "~ New" in journey.seen().splitlines()[-1]
        await journey.press("n", "space")  # what had the keys before has them no more
        assert isinstance(journey.app.focused, ActivityTable)
        await journey.press("B")
        assert "There is none above it" in journey.seen()
        await journey.press("`")
        await journey.press("f1", *"confirm sequence")
        assert "Y                Confirm sequence and lead" in journey.seen()


async def test_a_paste_on_a_list_finds_its_line_by_another_key(own_sample: Path) -> None:
    async with afternoon(own_sample) as journey:
        settled(journey, {"activity.new": "tilde"})
        await journey.press("2")
        await journey.paste("Ring the tenant")
        await journey.press("enter")
        assert "Ring the tenant" in [one.text for one in journey.session.activities]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"activity.confrim": "Y"}, "no key is called activity.confrim (is it activity.confirm?)"),
        ({"activity.confirm": "x"}, "x of activity.confirm is the key of activity.remove there"),
        ({"activity.confirm": "u"}, "u of activity.confirm is the key of app.undo there"),
        ({"activity.confirm": "hyper+q"}, "activity.confirm names no key: hyper+q"),
        ({"activity.confirm": ""}, "activity.confirm names no key: "),
    ],
)
def test_what_cannot_be_is_left_out_and_said(wanted: dict[str, str], said: str) -> None:
    kept, wrong = usable({"app.pause": "f9", **wanted}, OffwallApp)
    assert kept == {"app.pause": "f9"}
    assert wrong == f"settings.toml, [keys]: {said}. The rest holds."


def test_keys_may_be_swapped_and_a_key_of_another_screen_is_no_clash() -> None:
    swapped = {"activity.remove": "o", "activity.open-point": "x", "topic.minutes": "n"}
    assert usable(swapped, OffwallApp) == (swapped, "")


def test_what_shares_a_key_by_the_kind_of_row_keeps_it() -> None:
    kept, wrong = usable({"words.merge": "B"}, OffwallApp)
    assert (kept["words.merge"], kept["words.say"], wrong) == ("B", "space", "")


@pytest.mark.slow
async def test_it_is_said_at_the_start(own_sample: Path) -> None:
    app = OffwallApp(own_sample)
    app.apply_settings(Settings(keys={"nobody.knows": "tilde"}))
    async with app.run_test(size=(120, 40)) as pilot:
        journey = Journey(app, pilot, own_sample)
        await journey.settle()
        assert "no key is called nobody.knows" in journey.seen()
    app.services.close()


@pytest.mark.parametrize(
    "text", ['[keys]\n"activity.confirm" = "c"\n', '[keys]\nactivity.confirm = "c"\n']
)
def test_the_settings_take_an_id_in_quotes_or_with_its_point(
    text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(text)
    monkeypatch.setattr(settings, "settings_path", lambda: path)
    assert settings.read_settings().keys == {"activity.confirm": "c"}
    settings.save_theme("textual-light")
    assert settings.read_settings() == Settings("textual-light", keys={"activity.confirm": "c"})


def test_keys_that_are_no_text_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('[keys]\n"activity.confirm" = 3\n')
    monkeypatch.setattr(settings, "settings_path", lambda: path)
    with pytest.raises(SettingsError, match="must be lines such as"):
        settings.read_settings()
