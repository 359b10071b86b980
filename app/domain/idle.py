"""How long an untouched window may stay open."""

from __future__ import annotations

USUAL, SHORTEST, LONGEST = 5, 1, 60
"""Minutes, each person's own to choose between the shortest and the longest."""
LONGEST_LIVE = 30
"""Minutes that a unit may let a meeting under way stay open, so that silent listening does not lock."""
