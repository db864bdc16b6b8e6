"""Set up: a session chosen or made; workshop, stages, roles, people, meetings; photos; glossary.

Front: `StartScreen`, `SetupScreen`, `SetupList` (a list with a form for each record), `PhotoList`,
`PhotoQuestion`, `GlossaryScreen`. It stands on `kit`. Start reading at
`setup_list`, then `record_kinds` for how a kind of record is described.
"""
