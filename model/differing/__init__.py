"""What changed between two sessions, in sentences: by part of the afternoon, in part 2 by stage.

Records are matched by what they are known by, so that a move is a move: "was S3.04". For the
command, for the brief to participants, and for the walk of a second session.
"""

from model.differing.section import Part, Section, Sentence
from model.differing.sentences import about, sentences

__all__ = ["Part", "Section", "Sentence", "about", "sentences"]
