"""How the processor is shared between the screen and what reads and writes files beside it."""

import sys

TURN = 0.0005
"""Seconds that a thread at work goes on when another wants its turn. Python's own are ten times
that, and a key needs several: with 10,000 activities, while the file is saved, it was felt.
"""


def screen_first() -> None:
    """Have no key wait long for a thread that works beside the screen."""
    sys.setswitchinterval(TURN)
