"""What a session can begin with, and what the afternoon can choose from: data, not code.

A council brings its own in a folder: process presets as session files (``*.toml``), topics in
``topics.toml``, next steps in ``next_steps.toml``, what is asked of every activity in
``challenge.toml``. What bears a shipped one's name replaces it.
"""

from model.presets.catalogue import (
    NextStep,
    Question,
    TopicKind,
    challenge_questions,
    next_steps,
    topic_kinds,
)
from model.presets.files import PresetError
from model.presets.processes import preset, preset_names

__all__ = [
    "NextStep",
    "PresetError",
    "Question",
    "TopicKind",
    "challenge_questions",
    "next_steps",
    "preset",
    "preset_names",
    "topic_kinds",
]
