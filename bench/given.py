"""What every part of the measuring takes for granted; loads nothing, because cold processes read it too."""

from __future__ import annotations

import datetime as dt

USER, FULL_NAME, UNIT_NAME = "chef", "Eva Chef", "Storgården"
PASSWORD = "björkdunge 4417 vinter"  # noqa: S105 - protects made-up data only
TODAY = dt.date(2026, 3, 2)
