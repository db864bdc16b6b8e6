"""A skilled recorder: the fewest keys that the line takes for a post-it, found with its own Tab."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass

from offwall.model.line.complete import complete
from offwall.model.line.vocabulary import Vocabulary
from offwall.model.records.session import END, Activity, Issue, Session

WORTH = 3
"""Characters that a Tab must save before a recorder looks down for it."""


@dataclass(frozen=True)
class Stroke:
    """Characters typed, or the key of a name; ``own`` where they are the note's own words."""

    keys: tuple[str, ...]
    own: bool = False


class Line:
    """A line as it is typed."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.text = ""
        self.strokes: tuple[Stroke, ...] = ()

    def sign(self, text: str) -> None:
        """Type what is no word of the note: a space, a sign, a role's code, a ref."""
        self.text += text
        self.strokes += (Stroke(tuple(text)),)

    def words(self, text: str) -> None:
        """Type words of the note."""
        self.text += text
        self.strokes += (Stroke(tuple(text), own=True),)

    def known(self, wanted: str, *, own: bool = False) -> None:
        """Type what the line may know already: as far as Tab needs it, or to its end."""
        least = WORTH if own else 1
        for length in range(len(wanted) - least):
            begun = self.text + wanted[:length]
            offers = complete(begun, len(begun), self.vocabulary)
            chosen = offers and offers[0].start < len(begun)  # none is until a letter is typed
            if chosen and begun[: offers[0].start] + offers[0].text == self.text + wanted:
                self.strokes += (Stroke(tuple(wanted[:length]), own), Stroke(("tab",)))
                self.text += wanted
                return
        (self.words if own else self.sign)(wanted)

    def roles(self, sign: str, codes: Sequence[str]) -> None:
        """Type a sign and roles by comma."""
        if codes:
            self.sign(f" {sign}")
        for number, code in enumerate(codes):
            self.sign("," if number else "")
            self.sign(self._short(code))

    def _short(self, code: str) -> str:
        """As much of a role's code as the line needs."""
        for length in range(1, len(code)):
            name = self.vocabulary.roles.take(code[:length])
            if name and name.known and name.value == code:
                return code[:length]
        return code


def beyond(strokes: Sequence[Stroke]) -> int:
    """Keys beyond the note's own words."""
    return sum(len(stroke.keys) for stroke in strokes if not stroke.own)


@dataclass(frozen=True)
class Place:
    """Where a line is typed: the wall so far, the activity before, and the stage it stands in."""

    now: Session
    before: Activity | None
    stage: str


def say(wanted: Activity, whole: Session, place: Place, vocabulary: Vocabulary) -> Line:
    """The line for an activity of ``whole``, typed at a place."""
    line = Line(vocabulary)
    line.words(wanted.text)
    if wanted.stage != place.stage:
        line.sign(f" /{wanted.stage.removeprefix('S')}")
    line = min(_people(line, wanted, place), key=lambda each: beyond(each.strokes))
    if wanted.decision:
        line.sign(" ?")
        line.words(wanted.decision)
    following = after(whole, wanted)
    for route in wanted.routes:
        line.sign(" >")
        line.words(route.answer)
        if route.to not in ("", following):
            line.sign(f"={target(whole, route.to, wanted.stage)}")
    if wanted.then:
        line.sign(f" >={whole.ref_by_id.get(wanted.then, wanted.then)}")
    for document in wanted.documents:
        line.sign(" +")
        line.known(document, own=True)
    _rest(line, wanted, [issue for issue in whole.issues if issue.activity == wanted.id])
    line.strokes += (Stroke(("enter",)),)
    return line


def _rest(line: Line, wanted: Activity, issues: Sequence[Issue]) -> None:
    for issue in issues:
        line.sign(f" !{issue.code.lower() if issue.code else ''} ")
        line.words(issue.text)
    for tier, how in wanted.tiers:
        line.sign(" %")
        line.known(tier)
        line.sign("=")
        line.known(how)
    for sign, text in (("w:", wanted.timescale), ("n:", wanted.note)):
        if text:
            line.sign(f" {sign}")
            line.words(text)


def after(session: Session, activity: Activity) -> str:
    """The id of the activity that follows on the wall, or `END`."""
    order = [found.id for found in session.in_order]
    place = order.index(activity.id) + 1
    return order[place] if place < len(order) else END


def target(session: Session, to: str, stage: str) -> str:
    """A route's target as it is typed: the place in its own stage, else stage and place."""
    ref = session.ref_by_id.get(to, to)
    known, dot, place = ref.rpartition(".")
    number = known.removeprefix("S")
    if not dot or not number.isdecimal():
        return ref
    return f"{int(place)}" if known == stage else f"{number}.{int(place)}"


def _people(line: Line, wanted: Activity, place: Place) -> Iterator[Line]:
    """The ways to say the people: what differs from what is carried over, or from ditto."""
    stage = place.now.stage_by_id[wanted.stage]
    lead = place.before.lead if place.before else ""
    carried = Activity("", "", "", lead=lead, accountable=stage.accountable)
    yield _differing(copy(line), wanted, carried)
    lists = ("also", "consulted", "informed")
    if place.before and all(
        getattr(wanted, name) or not getattr(place.before, name) for name in lists
    ):
        ditto = copy(line)
        ditto.sign(' "')
        yield _differing(ditto, wanted, place.before)


def _differing(line: Line, wanted: Activity, held: Activity) -> Line:
    also = wanted.also if wanted.also != held.also else ()
    if wanted.lead != held.lead:
        line.roles("@", (wanted.lead or "?", *also))
    else:
        line.roles("r:", also)
    if wanted.accountable != held.accountable:
        line.roles("a:", (wanted.accountable or "?",))
    for sign, name in (("c:", "consulted"), ("i:", "informed")):
        if getattr(wanted, name) != getattr(held, name):
            line.roles(sign, getattr(wanted, name))
    return line
