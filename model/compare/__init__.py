"""Compare: what changed between two sessions, what a second one carries over, what another
brings.

Stands on tables and below. Start with `describe`.
"""
