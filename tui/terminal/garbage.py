"""Python looks for garbage while it loads: a fifth of a start, and nothing is found."""

import gc

SELDOM = (10_000, 10, 5)
"""New objects before a look at the youngest, and how many looks before one at the older and at all.
Reading 10,000 activities makes a million objects: Python's own 700 had keys wait 0.2 s, many times.
"""


def collect_nothing() -> None:
    """Do not look until `collect_again`: what is being loaded stays."""
    gc.disable()


def collect_again() -> None:
    """Look again from now on, but never through what was loaded: each look is the shorter for it.

    Where `collect_nothing` was not called nothing happens.
    """
    if not gc.isenabled():
        gc.freeze()
        gc.set_threshold(*SELDOM)
        gc.enable()
