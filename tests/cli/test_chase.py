"""offwall chase: the report and the mails, on whatever day; the session stays as it is."""

from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path
from typing import Any


def test_the_report_is_printed_and_lies_beside_the_mails(offwall: Any, own_sample: Path) -> None:
    before = own_sample.read_bytes()
    said = offwall("chase", own_sample, "--today", "2027-01-10")
    assert (said.status, said.err) == (0, "")
    assert "of 17 actions: 2 overdue, 4 due in the next 14 days and 11 due later." in said.out
    folder = own_sample.with_name("contract-management-chase-2027-01-10")
    assert f"Wrote {folder}: the report and 4 mails." in said.out
    assert len(list(folder.iterdir())) == 10
    mail = message_from_bytes((folder / "email-Owen-Price.eml").read_bytes(), policy=SMTP)
    assert "what is due now" in mail["Subject"]
    assert "Add a KPI check box" in mail.get_content()
    assert own_sample.read_bytes() == before


def test_a_dry_run_writes_nothing(offwall: Any, own_sample: Path) -> None:
    said = offwall("chase", own_sample, "--today", "10/1/2027", "--dry-run")
    assert said.status == 0
    assert "Nothing was written." in said.out
    assert list(own_sample.parent.iterdir()) == [own_sample]


def test_what_is_no_date_and_a_folder_that_is_there_are_refused(
    offwall: Any, own_sample: Path
) -> None:
    refused = offwall("chase", own_sample, "--today", "soonish")
    assert (refused.status, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert "is no date" in refused.err
    own_sample.with_name("out").mkdir()
    refused = offwall("chase", own_sample, "--today", "2027-01-10", "-o", "out")
    assert (refused.status, refused.out) == (2, "")
    assert "already there" in refused.err
    assert not list(own_sample.with_name("out").iterdir())
