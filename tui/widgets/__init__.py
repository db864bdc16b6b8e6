"""The parts of the screens: each shows a slice of the session and posts what should change."""
