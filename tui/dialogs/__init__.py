"""Questions to the user. They know nothing of the session: texts go in, an answer comes out."""
