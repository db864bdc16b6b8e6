"""A finding is mended where it is listed: by one key, or by the one word that lacks."""

from collections.abc import Sequence

from offwall.model.line import Vocabulary
from offwall.model.line.parse import parse
from offwall.model.process.activities import target_candidate
from offwall.model.process.keep_post_its import add_to_activity
from offwall.model.process.post_it import LineKind, whole_refs
from offwall.model.records import Session
from offwall.model.records.ids import ActivityId
from offwall.model.records.matching import Candidate
from offwall.model.review import Finding
from offwall.model.setup.roles import role_candidates
from offwall.tui.kit import Field
from offwall.tui.kit.keys import Here, Outcome, ask_one
from offwall.tui.process.activity_commands import fix_line_start


def mend(at: Here, found: Finding) -> Outcome:
    """Mend it, where there is one remedy; else ask for the word that does."""
    fix = at.view.of(found)
    return Outcome(fix.label, fix.change) if fix else _ask(at, found)


ASKED = {"@": "Lead", "a:": "Accountable", "?": "Decision", "w:": "How long it takes"}
"""What is asked for, by how the line begins that mends a finding."""


def asked_for(begun: str) -> str:
    """What is asked for to mend a finding by a line that begins so."""
    return "Leads to" if begun.endswith("=") else ASKED.get(begun, "Answer")


def _ask(at: Here, found: Finding) -> Outcome:
    """Ask for what lacks; the line that says it is added to the activity."""
    session, today, seed = at.session, at.fresh.today(), at.fresh.seed()
    begun = fix_line_start(session, found)
    activity = session.activity_by_id[ActivityId(found.place)]
    words = Vocabulary.of(session, today, activity.id)

    def keep(said: str) -> Outcome:
        parsed = parse(f"{begun}{said.strip()}", words)
        if not said.strip() or parsed.way is not LineKind.ADDS:
            return Outcome(wrong=f"Type what stands for “{asked_for(begun)}”; Esc leaves it.")
        note = whole_refs(parsed.note, session, activity.stage, ())
        label = f"Added to {session.ref_by_id[activity.id]} {parsed.line.strip()}"
        doubts = " ".join(doubt.why for doubt in parsed.doubts)
        return Outcome(label, lambda s: add_to_activity(s, activity.id, note, seed), say=doubts)

    field = Field("word", asked_for(begun), choices=_answers(session, begun))
    return ask_one(f"{session.ref_by_id[activity.id]} {activity.text}", field, keep, found.text)


def _answers(session: Session, begun: str) -> Sequence[Candidate]:
    """What the word may be that mends a finding."""
    if begun in ("@", "a:"):
        return role_candidates(session)
    refs = session.ref_by_id if begun.endswith("=") else {}
    return [target_candidate(refs[one.id], one) for one in session.in_order if refs]
