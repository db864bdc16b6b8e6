"""One record said in the words that the group agreed on."""

from dataclasses import replace

from model.checks.wording import reworded
from model.edits.records import each_activity, updated
from model.session import Activity, Session


def reword(session: Session, place: str, word: str) -> Session:
    """The session with what was agreed wherever one record, by its id, says a word to avoid.

    A document is known by its name, so it is renamed wherever that name stands.
    """
    activity = session.activity_by_id.get(place)
    if activity:
        for name in activity.documents:
            session = _rename(session, name, reworded(session, name, word))
        session = _activity(session, session.activity_by_id[place], word)
    for collection in ("issues", "actions"):
        for record in getattr(session, collection):
            if record.id == place:
                text = reworded(session, record.text, word)
                session = updated(session, collection, record, text=text)
    return session


def _activity(session: Session, found: Activity, word: str) -> Session:
    return updated(
        session,
        "activities",
        found,
        text=reworded(session, found.text, word),
        decision=reworded(session, found.decision, word),
        routes=tuple(
            replace(route, answer=reworded(session, route.answer, word)) for route in found.routes
        ),
    )


def _rename(session: Session, old: str, new: str) -> Session:
    """The session with a document under another name, in the register and on the activities.

    Where the register has the new name already, the entry of the old one stays as it is: there
    is one entry a name, and what it says of owner and template is not for a key to throw away.
    """
    if old == new:
        return session
    documents = session.documents
    if all(known.name != new for known in documents):
        documents = tuple(
            replace(known, name=new) if known.name == old else known for known in documents
        )

    def renamed(activity: Activity) -> Activity:
        if old not in activity.documents:
            return activity
        names = (new if name == old else name for name in activity.documents)
        return replace(activity, documents=tuple(dict.fromkeys(names)))

    return each_activity(replace(session, documents=documents), renamed)
