"""The draft of a meeting as text: what was started from beside what is typed, so that it fits on what others saved."""

from __future__ import annotations

import json

from app.domain.meetings import Meeting


def draft_text(base: Meeting, mine: Meeting) -> str:
    """Both meetings: only so can what is typed be laid on top of what others save meanwhile."""
    from app.exchange.json_file import meeting_text  # noqa: PLC0415 - heavy: loaded by the worker

    return json.dumps([meeting_text(base), meeting_text(mine)], ensure_ascii=False)


def from_draft(content: str) -> tuple[Meeting, Meeting]:
    """What was started from, and what was typed."""
    from app.exchange.json_file import meeting_from_text  # noqa: PLC0415 - heavy, and seldom needed

    base, mine = json.loads(content)
    return meeting_from_text(base), meeting_from_text(mine)
