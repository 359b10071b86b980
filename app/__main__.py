"""The program's door: arguments in, window or command line out, and no traceback for a user whatever happens."""

from __future__ import annotations

import sys


def main() -> int:
    """Run Teamforum and return its exit status."""
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support  # noqa: PLC0415 - in a bundle the year plan's own process begins here

        freeze_support()
    from app.bootstrap import run  # noqa: PLC0415 - the door opens before the house is lit

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
