"""Python looks for garbage while it loads: a fifth of a start, and nothing is found."""

import gc


def collect_nothing() -> None:
    """Do not look until `collect_again`: what is being loaded stays."""
    gc.disable()


def collect_again() -> None:
    """Look again from now on, but never through what was loaded: each look is the shorter for it.

    Where `collect_nothing` was not called nothing happens.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
