"""Lines that were begun and not kept: each stays at its place, and outlives the program."""

import json

Place = tuple[str, str, str]
"""What the line does (``new``, ``before``, ``edit``, ``add``), the activity, and the stage."""

NEW = ("new", "before")


class Drafts:
    """The lines begun in this session, each at its place."""

    def __init__(self) -> None:
        self._texts: dict[Place, str] = {}
        self._left: set[Place] = set()

    def put(self, place: Place, text: str) -> None:
        """Keep what is typed at a place; an empty line is none."""
        self._left.discard(place)
        if text.strip():
            self._texts[place] = text
        else:
            self._texts.pop(place, None)

    def take(self, place: Place) -> str:
        """What was begun at a place.

        A new line that a program left when it ended is offered wherever the next one begins.
        """
        if place not in self._texts and place[0] in NEW:
            place = next((left for left in self._left if left[0] in NEW), place)
        self._left.discard(place)
        return self._texts.pop(place, "")

    def clear(self) -> None:
        """Forget all of it, as another session is open now."""
        self._texts.clear()
        self._left.clear()

    def dumped(self) -> bytes:
        """All of it as JSON; nothing where there is nothing."""
        if not self._texts:
            return b""
        return json.dumps([[*place, text] for place, text in self._texts.items()]).encode()

    def load(self, data: bytes) -> list[str]:
        """Take up what another program dumped, and say which texts; what is damaged is nothing."""
        try:
            found = [
                ((mode, activity, stage), text) for mode, activity, stage, text in json.loads(data)
            ]
        except (ValueError, TypeError):
            return []
        texts = {place: text for place, text in found if _all_text(*place, text)}
        self._texts.update(texts)
        self._left.update(texts)
        return list(texts.values())


def _all_text(*values: object) -> bool:
    return all(isinstance(value, str) for value in values)
