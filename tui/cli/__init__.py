"""The plain commands: no terminal is needed, and the screens are never loaded."""
