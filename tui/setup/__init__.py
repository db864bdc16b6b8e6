"""Set up: a session chosen or made; workshop, stages, roles, people, meetings; photos; glossary.

Front: `StartScreen`, `SetupScreen`, `PhotoList`, `GlossaryScreen`. It stands on `kit`. Start
reading at `setup_screen`; what a list and a form of it show stands with each kind of record in
`model.setup`.
"""
