"""What a brief is written in."""

LANGUAGE = "en-GB"
"""As Word and screen readers name it (BCP 47)."""
