"""What the room sees: a session followed and shown, and nothing that could change it."""
