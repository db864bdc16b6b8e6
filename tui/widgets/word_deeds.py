"""What is done with the rows of the words screen: merge two names, agree a word, say it."""

from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from textual import work
from textual.app import App

from model.edits.answers import brief, joined
from model.edits.merging import merge_documents, merge_owners, merge_roles, merge_teams
from model.edits.roles import change_role
from model.edits.wording import (
    add_word,
    change_word,
    move_word,
    remove_word,
    say_agreed,
    standing_of,
)
from model.said_twice import Kind, Twice
from model.session import Role, Session, Word
from tui.dialogs.form import Answers, Field, Form
from tui.messages import Say
from tui.widgets.fitted_list import FittedList
from tui.widgets.session_widget import SessionWidget
from tui.widgets.word_rows import Follows, Thing, called, key_of_word, stood

MERGES: dict[Kind, Callable[[Session, str, str], Session]] = {
    Kind.ROLE: merge_roles,
    Kind.DOCUMENT: merge_documents,
    Kind.TEAM: merge_teams,
    Kind.OWNER: merge_owners,
}

_left: WeakKeyDictionary[App[Any], set[str]] = WeakKeyDictionary()
"""The pairs that the user left as they are, for as long as the App runs."""


class WordDeeds(SessionWidget, FittedList):
    """Acts on what the row under the cursor stands for; `WordList` binds the keys."""

    @property
    def thing(self) -> Thing:
        """What the row under the cursor stands for; nothing on a heading."""
        raise NotImplementedError

    @property
    def left(self) -> set[str]:
        """The keys of the pairs that the user left as they are."""
        return _left.setdefault(self.app, set())

    def action_merge(self) -> None:
        """Make one of the two names."""
        if isinstance(pair := self.thing, Twice):
            named, merge = Follows(self.session).of(pair), MERGES[pair.kind]
            label = f"Merged {brief(pair.gone.said)} into {brief(pair.keep.said)}"
            self.attempt_or_say(
                f"{label}: {named}" if named else label,
                lambda session: merge(session, pair.keep.key, pair.gone.key),
            )

    def action_leave(self) -> None:
        """Offer this pair no more while Offwall is open."""
        if isinstance(pair := self.thing, Twice):
            names = f"{brief(called(pair, pair.keep))} and {brief(called(pair, pair.gone))}"
            self.left.add(self.key)
            self.rebuild()
            self.post_message(Say(f"Left both {names}. I offers them again."))

    def action_offer(self) -> None:
        """Offer all pairs again."""
        self.left.clear()
        self.rebuild()

    def action_say(self) -> None:
        """Put the agreed word into every text."""
        if not isinstance(word := self.thing, Word):
            return
        found, avoided = standing_of(self.session, word), brief(joined(word.avoid, ","))
        if found:
            label = f"Renamed {avoided} to {brief(word.say)}: {stood(found)}"
            self.attempt_or_say(label, lambda session: say_agreed(session, word))
        elif avoided:
            self.post_message(Say(f"Nothing says {avoided} any more."))
        else:
            self.post_message(Say(f"Say first (e) what not to say for {brief(word.say)}."))

    @work
    async def action_new(self, before: bool = False) -> None:
        """Ask for a word, and for what not to say for it."""
        beside = self.thing if isinstance(self.thing, Word) else None

        def keep(said: Answers) -> str:
            return self.attempt(
                f"Agreed to say {brief(said['say'])}",
                lambda session: add_word(
                    session, said["say"], avoid=said["not"], beside=beside, before=before
                ),
            )

        said = await self.app.push_screen_wait(Form("Agree on a word", _fields(Word("")), keep))
        if said is not None:
            self.go_to(key_of_word(said["say"]))

    @work
    async def action_edit(self) -> None:
        """Ask what is different about an agreed word, or what else a role is called."""
        form = None
        if isinstance(thing := self.thing, Word):
            form = self._word_form(thing)
        elif isinstance(thing, Role):
            form = self._role_form(thing)
        if form:
            await self.app.push_screen_wait(form)

    def _word_form(self, word: Word) -> Form:
        def keep(said: Answers) -> str:
            return self.attempt(
                f"Changed the word {brief(word.say)}",
                lambda session: change_word(session, word, say=said["say"], avoid=said["not"]),
            )

        return Form(f"Word {brief(word.say)}", _fields(word), keep)

    def _role_form(self, role: Role) -> Form:
        def keep(said: Answers) -> str:
            return self.attempt(
                f"Changed what else {brief(role.name)} is called",
                lambda session: _called_also(session, role, said["also"]),
            )

        value = joined(role.also_called, ",")
        field = Field("also", "Also called", value, "Other names, with a comma between them.")
        return Form(f"Role {brief(role.name)}", [field], keep)

    def action_remove(self) -> None:
        """Agree on a word no longer."""
        if isinstance(word := self.thing, Word):
            label = f"Removed the word {brief(word.say)}"
            self.attempt_or_say(label, lambda session: remove_word(session, word))

    def action_shift(self, by: int) -> None:
        """Move a word down or up."""
        if isinstance(word := self.thing, Word):
            label = f"Moved the word {brief(word.say)}"
            self.attempt_or_say(label, lambda session: move_word(session, word, by))


def _called_also(session: Session, role: Role, also_called: str) -> Session:
    """The role under the same name and code, with other other names."""
    return change_role(
        session,
        role.code,
        name=role.name,
        code=role.code,
        also_called=also_called,
        about=role.about,
    )


def _fields(word: Word) -> list[Field]:
    hint = "What not to say for it, with a comma between; such as contract log, contract list."
    return [
        Field("say", "Say", word.say, "Such as contract register."),
        Field("not", "Not", joined(word.avoid, ","), hint),
    ]
