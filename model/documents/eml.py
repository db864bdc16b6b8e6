"""A mail as a file that mail programs open as a draft (RFC 5322), with what is attached to it.

It has no address, as a session has none: whom it is for stands in the same mail as text.
"""

import datetime as dt
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import blake2b
from pathlib import PurePath

from offwall.model.documents.mails import Mail, mail_body
from offwall.model.documents.paper import plain
from offwall.model.records import line_of
from offwall.model.records.text import unturned

EML = ".eml"

_OFFICE = "vnd.openxmlformats-officedocument"
TYPES = {
    ".docx": ("application", f"{_OFFICE}.wordprocessingml.document"),
    ".xlsx": ("application", f"{_OFFICE}.spreadsheetml.sheet"),
    ".pptx": ("application", f"{_OFFICE}.presentationml.presentation"),
    ".pdf": ("application", "pdf"),
    ".svg": ("image", "svg+xml"),
    ".ics": ("text", "calendar"),
}
"""What each kind of file is, by its ending; anything else is a file of no known kind."""

UNKNOWN = ("application", "octet-stream")


def mail_file(mail: Mail, attached: Mapping[str, bytes], *, now: dt.datetime) -> bytes:
    """The mail with the files ``attached``, by their names; the same gives the same bytes."""
    body = "\n\n".join(filter(None, (mail.marking, mail_body(mail))))
    message = EmailMessage(policy=SMTP)
    message["Subject"] = unturned(line_of(mail.subject))
    message["Date"] = now
    # Outlook opens what is so marked to be sent, and not as a mail that came.
    message["X-Unsent"] = "1"
    message.set_content(plain(body), cte="quoted-printable")
    for name, content in attached.items():
        main, sub = TYPES.get(PurePath(name).suffix.lower(), UNKNOWN)
        letters = {"charset": "utf-8"} if main == "text" else {}
        message.add_attachment(content, main, sub, filename=name, params=letters)
    if attached:
        # A boundary of chance would make every file another.
        message.set_boundary(blake2b(body.encode(), digest_size=16).hexdigest())
    return message.as_bytes()
