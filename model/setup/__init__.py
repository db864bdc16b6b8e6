"""Set-up: what is agreed before the wall is read: people, roles, stages, words, photos.

Every function takes a session and returns a new one, or raises `EditError`.

Stands on records. Start with `people_and_roles`.
"""
