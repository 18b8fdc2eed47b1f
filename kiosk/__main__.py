"""`python -m kiosk`: the same as `trestle kiosk`, where the command line is not installed."""

from __future__ import annotations

import sys

from kiosk.command import kiosk

if __name__ == "__main__":
    sys.exit(kiosk.main(prog_name="kiosk", standalone_mode=False) or 0)
