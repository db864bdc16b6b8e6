"""The one error that a change raises."""


class EditError(ValueError):
    """A change that cannot be made. Its text is a sentence: what is wrong, and what to do."""
