"""The command, as PyInstaller starts it."""

import sys

from offwall.tui.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
