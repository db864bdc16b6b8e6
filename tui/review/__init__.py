"""Looking over it all: checks, close-down, carry-over from the last session, what came back.

Front: `ChecksScreen`, `CloseDownScreen`, `OpenItemsList`, `CarryOverScreen`, `ImportScreen`.
Nothing here blocks: a finding is a sentence and a way to its place. It stands on `kit`, `setup` and
`process`. Start reading at `checks`.
"""
