"""Mails that are ready to be sent: one to all who took part, and one to each who took something on.

Plain text, in the words of the facilitator. Nobody's address is known here; names stand for them.
"""

from model.mails.owners import OwnerMail, owner_mails
from model.mails.participants import participants_mail

__all__ = ["OwnerMail", "owner_mails", "participants_mail"]
