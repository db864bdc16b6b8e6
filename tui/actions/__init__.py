"""Actions: their line, the ranking with votes, the plan, next steps, and the workload.

Front: `ActionTable`, `ActionLine`, `PlanTable`, `PlanScreen`, `RankingScreen`. The columns are in
`action_table`, the keys on an action in `action_commands`. It stands on `kit`, `setup` and
`review`. Start reading at `action_table`.
"""
