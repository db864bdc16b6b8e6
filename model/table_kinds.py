"""The tables that a workbook may hold, and how a role's own column is called."""

ACTIVITIES, RACI, ISSUES, ACTIONS, NEXT_STEPS = (
    "activities",
    "raci",
    "issues",
    "actions",
    "next_steps",
)

KINDS = (ACTIVITIES, RACI, ISSUES, ACTIONS, NEXT_STEPS)
"""The tables that a council's workbook may hold, in the order in which they are told."""

DECISIONS, DOCUMENTS, ROLES, PEOPLE, WORDS = "decisions", "documents", "roles", "people", "words"
"""The tables that only our own workbook has, and that people may edit."""

ROLE = "role:"
"""What the key of a role's own column begins with; its code follows."""
