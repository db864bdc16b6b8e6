"""Merging two files keeps the comments of both, wherever they stand."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offwall.model.records.session import Activity, Session
from offwall.model.store.merge import merge
from offwall.model.store.record_text import with_comments
from offwall.model.store.toml.load import loads
from offwall.model.store.toml.record_tables import dumps
from offwall.tui.__main__ import main
from tests.strategies import EXAMPLES, sessions

BASE = """# The head
format = 1

[workshop]
id = "w-1"
title = "T"

# about one
[[stages]]
id = "S1"
name = "One"

[[stages]]
id = "S2"
name = "Two"

[[activities]]
id = "a-1"
stage = "S1"
text = "x"

# ---- between ----

[[activities]]
id = "a-2"
stage = "S2"
text = "y"
"""


def merged(base: str, ours: str, theirs: str) -> str:
    """The text of two merged texts, which reads as the two sessions merged."""
    sides = [(text, loads(text)) for text in (base, ours, theirs)]
    session = merge(*(found for _, found in sides)).session
    text = with_comments(sides[0] if base else None, sides[1], sides[2], session)
    assert loads(text) == session
    return text


def with_line(text: str, line: str, above: str) -> str:
    assert above in text
    return text.replace(above, f"{line}\n{above}", 1)


STAGE, FIRST, SECOND = ('[[stages]]\nid = "S2"', *(f'[[activities]]\nid = "a-{n}"' for n in (1, 2)))


def test_what_each_wrote_above_other_records_stays() -> None:
    ours = with_line(BASE, "# ours [PO] =1+1", FIRST).replace('"x"', '"x of ours"')
    theirs = with_line(BASE, "# theirs 🙂", STAGE).replace('"y"', '"y"   # inside')
    text = merged(BASE, ours, theirs)
    expected = with_line(ours, "# theirs 🙂", STAGE).replace('"y"', '"y"   # inside')
    assert text == expected
    assert merged(BASE, theirs, ours) == expected


def test_what_both_wrote_above_one_record_stands_there_twice() -> None:
    ours, theirs = (with_line(BASE, f"# {who}\n# and both", FIRST) for who in ("ours", "theirs"))
    assert f"# ours\n# and both\n# theirs\n{FIRST}" in merged(BASE, ours, theirs)


def test_comments_that_stand_alone_come_and_go() -> None:
    ours = BASE.replace("# ---- between ----\n\n", "")
    theirs = BASE + '\n# a new one\n[[activities]]\nid = "a-3"\nstage = "S1"\ntext = "z"\n\n# end\n'
    text = merged(BASE, ours.replace('"x"', '"x of ours"'), theirs)
    assert "between" not in text
    assert '# a new one\n[[activities]]\nid = "a-3"' in text
    assert text.rstrip().endswith("# end")
    assert "between" not in merged(BASE, theirs, ours)


def test_a_comment_that_one_took_away_is_gone_and_one_of_a_gone_record_too() -> None:
    ours = BASE.replace("# about one\n", "")
    theirs = BASE.replace('"y"', '"y of theirs"')
    assert "about one" not in merged(BASE, ours, theirs)
    assert "about one" not in merged(BASE, theirs, ours)
    without = with_line(BASE, "# of the gone one", SECOND)
    gone = without[: without.index("# of the gone one")]
    assert "of the gone one" not in merged(without, without.replace('"x"', '"X"'), gone)


def test_lines_end_as_ours_do() -> None:
    ours = with_line(BASE, "# ours", FIRST).replace("\n", "\r\n")
    theirs = with_line(BASE, "# theirs", STAGE)
    text = merged(BASE, ours, theirs)
    assert "# theirs\r\n[[stages]]" in text
    assert text.count("\n") == text.count("\r\n")


def test_both_began_the_session_anew() -> None:
    text = merged("", with_line(BASE, "# ours", FIRST), with_line(BASE, "# theirs", STAGE))
    assert {"# ours", "# theirs"} <= set(text.splitlines())


def commented(session: Session, who: str) -> tuple[str, list[str]]:
    """A session's text with a comment above each table, and those comments."""
    lines, comments = [], []
    for line in dumps(session).split("\n"):
        if line.startswith("[[") and line.count(".") == 0:
            comments.append(f"# {who} {len(comments)}")
            lines.append(comments[-1])
        lines.append(line)
    return "\n".join(lines), comments


@pytest.mark.slow
@settings(max_examples=max(5, EXAMPLES // 10))
@given(sessions(), st.data())
def test_no_comment_of_either_is_lost(base: Session, data: st.DataObject) -> None:
    stage = base.stages[0].id if base.stages else ""
    new = (Activity("a-new", stage, "New"),) if stage else ()
    theirs = replace(base, activities=(*base.activities, *new))
    changed = data.draw(st.sampled_from([base.workshop.title, "Another title"]))
    ours = replace(base, workshop=replace(base.workshop, title=changed))
    (text, mine), (other, others) = commented(ours, "ours"), commented(theirs, "theirs")
    found = set(merged(dumps(base), text, other).splitlines())
    assert {*mine, *others} <= found


def test_the_command_keeps_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {"base": BASE, "ours": with_line(BASE, "# ours", FIRST)}
    files["theirs"] = with_line(BASE, "# theirs", STAGE)
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert main(["merge", *(str(tmp_path / name) for name in files)]) == 0
    said = capsys.readouterr().out
    assert said.rstrip() == with_line(files["ours"], "# theirs", STAGE).rstrip()
