"""The one-line form of a post-it: `parse` and `render`, each the other's inverse."""

from model.line.complete import Completion, complete, complete_action
from model.line.names import UnknownRole
from model.line.parse import Parsed, parse, parse_lines, read_lines
from model.line.paste import strip_bullets
from model.line.reader import Left, Span
from model.line.render import render
from model.line.vocabulary import Vocabulary
from model.line.words import Kind, one_line
from model.note import ActionNote, Note, NoteIssue, NoteRoute, Way

__all__ = [
    "ActionNote",
    "Completion",
    "Kind",
    "Left",
    "Note",
    "NoteIssue",
    "NoteRoute",
    "Parsed",
    "Span",
    "UnknownRole",
    "Vocabulary",
    "Way",
    "complete",
    "complete_action",
    "one_line",
    "parse",
    "parse_lines",
    "read_lines",
    "render",
    "strip_bullets",
]
