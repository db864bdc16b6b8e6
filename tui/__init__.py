"""The interface: the editor in a terminal, the projector's view, and the plain commands.

Lowest first: `terminal` (bytes), `kit` (widgets) and `looks` (themes), `services` (what outlives a
screen), a room for each part of the work (`setup`, `process`, `review`, `actions`, `topics`), then
`projector`; `home` and `app` put them together. `cli` stands apart and never loads a screen. Start
reading at `app`, or at `session_screen` of `kit` to find a screen by its name.
"""
