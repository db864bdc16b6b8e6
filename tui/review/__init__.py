"""Looking over it all: checks, what was done, carry-over, what came back, and going to anything.

Front: `ChecksScreen`, `CloseDownScreen`, `OpenItemsList`, `CarryOverScreen`, `ImportScreen`.
Nothing here blocks: a finding is a sentence and a way to its place. It stands on `kit`, `setup` and
`process`. Start reading at `checks`; `go_to` finds whatever the session holds.
"""
