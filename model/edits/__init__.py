"""Every change to a session: a function from a session, and what to change, to a new session.

The modules are named for what they change. Each function raises `EditError`, whose text is a
sentence for the user, and leaves the session that it was given as it was.
"""

from model.edits.errors import EditError

__all__ = ["EditError"]
