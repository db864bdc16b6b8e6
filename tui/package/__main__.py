"""`python -m offwall` is the command `offwall`."""

import sys

from offwall.tui.__main__ import main

sys.exit(main())
