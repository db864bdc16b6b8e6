"""The plain commands: no terminal is needed, and the screens are never loaded.

A file a command, with `ARGUMENTS` and `run`; `parser` names them and loads the one that is
typed. They stand on the model, and of the interface on `text`, `context`, `session_files`,
`recent_sessions`, `bundle` and `settings`, none of which loads Textual.
"""
