"""Ids that never change: a letter, a hyphen and eight characters that read well aloud.

The model draws nothing at random. Whoever asks for a change passes a *seed* that was drawn once,
and every id of that change is derived from it, so that running the change again gives the same
session.
"""

import re
from typing import Literal, NewType, overload

ActivityId = NewType("ActivityId", str)
StageId = NewType("StageId", str)
RoleCode = NewType("RoleCode", str)
PersonId = NewType("PersonId", str)
IssueId = NewType("IssueId", str)
ActionId = NewType("ActionId", str)
MeetingId = NewType("MeetingId", str)
TierCode = NewType("TierCode", str)

GroupWords = NewType("GroupWords", str)
"""What a group is called that does something: "the service", "all"; it is no record."""

NO_ACTIVITY = ActivityId("")
NO_STAGE = StageId("")
NO_ISSUE = IssueId("")
NO_ACTION = ActionId("")
NO_TIER = TierCode("")
NO_ROLE = RoleCode("")
NO_OWNER = GroupWords("")

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Ten digits and the letters without ``l o i u``: nothing that is misread on a projector."""

LENGTH = 8


@overload
def derive(seed: str, letter: Literal["a"], *place: object) -> ActivityId: ...
@overload
def derive(seed: str, letter: Literal["i"], *place: object) -> IssueId: ...
@overload
def derive(seed: str, letter: Literal["m"], *place: object) -> MeetingId: ...
@overload
def derive(seed: str, letter: Literal["n"], *place: object) -> ActionId: ...
@overload
def derive(seed: str, letter: Literal["p"], *place: object) -> PersonId: ...
@overload
def derive(seed: str, letter: str, *place: object) -> str: ...
def derive(seed: str, letter: str, *place: object) -> str:
    """The id that belongs to ``seed`` and ``place``, such as ``a-7f3k2m9p``.

    The same arguments always give the same id; the 40 bits of the seed's hash make a clash
    between two recorders' 10,000 records each a matter of 1 in 10,000.
    """
    from hashlib import blake2b

    text = "\x1f".join([seed, letter, *map(str, place)])
    number = int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=5).digest())
    characters = []
    for _ in range(LENGTH):
        number, digit = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[digit])
    return f"{letter}-{''.join(characters)}"


_ID = re.compile(f"[a-z]-[{ALPHABET}]{{{LENGTH}}}")


def is_id(text: str) -> bool:
    """Whether a text looks like an id: where an id or words may stand, anything else is words."""
    return _ID.fullmatch(text) is not None
