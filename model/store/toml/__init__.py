"""The session file: TOML text to a `Session` and back, and its JSON Schema.

Keys and types come from the records' dataclasses; an error names the line. Start with `load` and
`record_tables`.
"""
