"""A mail as a draft, read back by the standard library's parser and held to RFC 5322's lines."""

import datetime as dt
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, cast

import pytest

from offwall.model.documents.mails import Mail, mail_file
from offwall.model.documents.paper import Bullets, Paragraph
from tests.strategies import HOSTILE

NOW = dt.datetime(2026, 12, 10, 16, 30, tzinfo=dt.UTC)


def mail(**said: Any) -> Mail:
    parts = (Paragraph("Dear Ann,"), Bullets.of(["Ü: share it"]), Paragraph("A. Facilitator"))
    values: dict[str, Any] = {"name": "Ann", "subject": "What next", "to": ("Ann",), "parts": parts}
    return Mail(**values | said)


def read(content: bytes) -> EmailMessage:
    return cast("EmailMessage", message_from_bytes(content, policy=SMTP))


def body(message: EmailMessage) -> str:
    found = message.get_body(("plain",))
    assert found is not None
    return cast("str", found.get_content()).replace("\r\n", "\n")


def test_it_opens_as_a_draft_with_its_marking_and_no_address() -> None:
    found = read(mail_file(mail(marking="OFFICIAL"), {}, now=NOW))
    assert (found["Subject"], found["X-Unsent"], found["To"]) == ("What next", "1", None)
    assert body(found) == "OFFICIAL\n\nDear Ann,\n\n- Ü: share it\n\nA. Facilitator\n"
    assert not found.defects


def test_what_is_attached_comes_back_as_it_was() -> None:
    files = {
        "map.pdf": b"%PDF\0\xff",
        "dates.ics": "BEGIN:Ü\r\n".encode(),
        "Größe.xyz": b"\r\n.\r\n",
    }
    found = list(read(mail_file(mail(), files, now=NOW)).iter_attachments())
    assert {one.get_filename(): one.get_payload(decode=True) for one in found} == files
    assert [one.get_content_type() for one in found] == [
        *("application/pdf", "text/calendar", "application/octet-stream")
    ]


def test_the_same_mail_gives_the_same_bytes_in_lines_that_every_program_takes() -> None:
    long = mail(parts=(Paragraph("x" * 5000),), subject="ü" * 500)
    content = mail_file(long, {"a.bin": bytes(range(256)) * 20}, now=NOW)
    assert content == mail_file(long, {"a.bin": bytes(range(256)) * 20}, now=NOW)
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    assert content.isascii()


@pytest.mark.parametrize("text", [*HOSTILE, "a\r\nBcc: evil@example.org", "\u202egnp.exe"])
def test_user_text_makes_no_header_and_turns_nothing(text: str) -> None:
    said = mail(subject=f"S {text}", marking=text, parts=(Paragraph(text or "so"),))
    found = read(mail_file(said, {"a.txt": b"so"}, now=NOW))
    assert set(found.keys()) == {"Subject", "Date", "X-Unsent", "MIME-Version", "Content-Type"}
    assert found["Subject"].startswith("S")
    assert "\u202e" not in found["Subject"] + body(found)
    assert len(list(found.iter_attachments())) == 1
