"""How much memory this process holds, and has held at most, in KiB."""

from __future__ import annotations

import psutil


def held_kib() -> int:
    """What it holds now."""
    return int(psutil.Process().memory_info().rss) // 1024


def peak_kib() -> int:
    """The most it has held. Linux's own figure, since `getrusage` carries the parent's over into the child."""
    with open("/proc/self/status", encoding="ascii") as file:  # noqa: PTH123 - a kernel's file, not a path of ours
        for line in file:
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    raise RuntimeError("this system does not tell a process's highest memory")
