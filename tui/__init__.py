"""The interface: the editor in a terminal, and the plain commands."""
