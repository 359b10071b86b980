"""Where a day's meetings lie when they are drawn: side by side, and together where there is no room for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.meetings import MeetingRow, MeetingStatus
from app.domain.swedish import clock

READABLE = 72
"""Pixels that a meeting's letter and the beginning of its name take; narrower lanes are drawn together."""
NARROWEST = 18
"""Pixels that the letter alone takes."""


@dataclass(frozen=True, slots=True)
class Block:
    """What is drawn as one: a meeting, or several of a forum that begin at the same time."""

    meetings: tuple[MeetingRow, ...]
    lane: int = 0
    lanes: int = 1

    @property
    def forum(self) -> str:
        """The forum of them all, empty when they are of several."""
        first = self.meetings[0].forum
        return first if all(one.forum == first for one in self.meetings) else ""

    @property
    def start(self) -> dt.time:
        """When the first begins."""
        return min(one.start for one in self.meetings)

    @property
    def end(self) -> dt.time:
        """When the last ends."""
        return max(one.end for one in self.meetings)

    @property
    def cancelled(self) -> bool:
        """Whether none of them is held."""
        return all(one.status is MeetingStatus.CANCELLED for one in self.meetings)

    @property
    def where(self) -> str:
        """What a place narrow as a cell of the month says beside the letter: its own title, the ward or the unit."""
        if len(self.meetings) > 1:
            return f"×{len(self.meetings)}"
        one = self.meetings[0]
        return one.title or one.ward_name or one.unit_name

    @property
    def words(self) -> str:
        """What a block of the week says before the count."""
        one = self.meetings[0]
        if len(self.meetings) == 1:
            return f"{clock(one.start)} {one.heading}"
        return one.forum_name if self.forum else ""

    @property
    def count(self) -> str:
        """How many they are, empty for one."""
        if len(self.meetings) == 1:
            return ""
        return f"×{len(self.meetings)}" if self.forum else f"{len(self.meetings)} möten"


def together(meetings: Sequence[MeetingRow]) -> list[Block]:
    """One block per forum and time, in the order of the day."""
    found: dict[tuple[dt.time, str], list[MeetingRow]] = {}
    for one in meetings:
        found.setdefault((one.start, one.forum), []).append(one)
    return [Block(tuple(rows)) for rows in found.values()]


def laid_out(meetings: Sequence[MeetingRow], *, width: int, least: float = 0) -> list[Block]:
    """The day's blocks with their lanes in `width` pixels; a block is drawn at least `least` minutes high."""
    placed: list[Block] = []
    for group in _overlapping([Block((one,)) for one in meetings], least):
        blocks = _in_lanes(group, least)
        if width // blocks[0].lanes < READABLE:
            blocks = _in_lanes(together([one for block in group for one in block.meetings]), least)
        if width // blocks[0].lanes < NARROWEST:
            blocks = [Block(tuple(one for block in group for one in block.meetings))]
        placed += blocks
    return placed


def _overlapping(blocks: Sequence[Block], least: float) -> list[list[Block]]:
    """The blocks in groups that share some time."""
    groups: list[list[Block]] = []
    end = 0.0
    for block in sorted(blocks, key=lambda one: (one.start, one.end)):
        if not groups or _minutes(block.start) >= end:
            groups.append([])
        groups[-1].append(block)
        end = max(end, _drawn_end(block, least))
    return groups


def _in_lanes(group: Sequence[Block], least: float) -> list[Block]:
    """Each block of a group in the first lane that is free when it begins."""
    ends: list[float] = []
    placed: list[tuple[Block, int]] = []
    for block in group:
        lane = next((number for number, end in enumerate(ends) if end <= _minutes(block.start)), len(ends))
        ends[lane : lane + 1] = [_drawn_end(block, least)]
        placed.append((block, lane))
    return [Block(block.meetings, lane, len(ends)) for block, lane in placed]


def _drawn_end(block: Block, least: float) -> float:
    return max(_minutes(block.end), _minutes(block.start) + least)


def _minutes(moment: dt.time) -> float:
    return moment.hour * 60 + moment.minute
