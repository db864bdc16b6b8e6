"""Part 3's offers: the next steps that the session shows to be missing, to take over by a key."""

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType

from model.dates import say_date
from model.edits.answers import brief
from model.next_steps import Offer, offers, take
from model.presets import next_steps
from model.session import Session
from model.tables.names import owners, role_labels
from tui.fresh import Fresh
from tui.widgets.fitted_list import Fit, FittedList
from tui.widgets.record_list import Row
from tui.widgets.session_widget import SessionWidget

FITS = (
    Fit("taken", "", 1),
    Fit("text", "Next step"),
    Fit("owner", "Owner", 18, wide=28),
    Fit("by", "By", 15),
)
EMPTY = "Nothing left to offer. Go to the plan (h) and press n for a next step of your own."


class NextStepList(SessionWidget, FittedList):
    """Each offer once; a tick stands before those that are in the plan."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,space",
            "take",
            "Take over",
            id="next-step.take",
            tooltip="Take this next step over into the plan",
        ),
    ]

    def __init__(self, fresh: Fresh) -> None:
        super().__init__(FITS, empty=EMPTY, id="next-steps")
        self._fresh = fresh
        self._catalogue = next_steps(fresh.presets)
        self._offers: dict[str, Offer] = {}
        self._able = True

    def watch_session(self, session: Session) -> None:
        """Show what is offered now."""
        found = offers(session, self._catalogue, self._fresh.today())
        if not self._offers:
            self.go_to(next((offer.stem for offer in found if not offer.taken), ""))
        self._offers = {offer.stem: offer for offer in found}
        self.rebuild()

    def rebuild(self) -> None:
        """Make the rows."""
        called = owners(self.session, role_labels(self.session))
        self.put([_row(called, offer) for offer in self._offers.values()])

    @property
    def offer(self) -> Offer | None:
        """The offer under the cursor."""
        return self._offers.get(self.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is taken is not taken twice; there is nothing to edit here."""
        if action == "choose":
            return False
        if action == "take" and not (self.offer and not self.offer.taken):
            return None
        return True

    def on_record_list_moved(self) -> None:
        """Dim what is taken; the footer is drawn anew only where that differs."""
        able = bool(self.check_action("take", ()))
        if able != self._able:
            self._able = able
            self.refresh_bindings()

    def action_take(self) -> None:
        """Take the offer over, and stand on the next."""
        offer = self.offer
        if not offer:
            return
        seed = self._fresh.seed()
        label = f"In the plan: {brief(offer.text)}"
        if self.attempt_or_say(label, lambda session: take(session, offer, seed=seed)):
            self.go_to(self._following(offer))

    def _following(self, offer: Offer) -> str:
        """The next offer that nobody took; the same where there is none."""
        stems = list(self._offers)
        place = stems.index(offer.stem)
        order = (*stems[place + 1 :], *stems[:place])
        return next((stem for stem in order if not self._offers[stem].taken), offer.stem)


def _row(called: Mapping[str, str], offer: Offer) -> Row:
    if offer.taken:
        return Row(offer.stem, (("✓", "good"), (offer.text, "muted"), ("in the plan", "muted"), ""))
    if offer.owner:
        owner = (called.get(offer.owner, offer.owner), "lead")
    else:
        owner = (f"{offer.hint}?", "open")
    return Row(offer.stem, ("", offer.text, owner, say_date(offer.due)))
