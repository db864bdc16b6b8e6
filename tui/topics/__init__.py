"""Part 1's topics: the catalogue, issues, tiers, the board, and what could improve.

Front: `TopicScreen`, `TiersScreen`, `BoardScreen`, `ImprovementScreen`. It stands on `kit`,
`setup`, `process` and `actions`. Start reading at `topic_screen`.
"""
