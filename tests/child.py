"""A process of its own that may die at a chosen moment, forked from one with the program loaded: it costs little."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from multiprocessing.process import BaseProcess
from typing import Any

KILLED = 9
"""How a child ends that dies at its moment."""
_PATIENCE = 60.0
_LOADED = ["tests.support", "app.services.accounts", "app.services.restoring"]


def exit_code(work: Callable[..., None], *arguments: object) -> int:
    """Do `work` in a child with this process's environment, and wait for how it ends: 0, `KILLED` or less than 0."""
    arranged = (dict(os.environ), work, arguments)
    child: BaseProcess
    if "forkserver" in multiprocessing.get_all_start_methods():
        forking = multiprocessing.get_context("forkserver")
        forking.set_forkserver_preload(_LOADED)
        child = forking.Process(target=_begin, args=arranged)
    else:
        child = multiprocessing.get_context("spawn").Process(target=_begin, args=arranged)
    child.start()
    child.join(_PATIENCE)
    assert child.exitcode is not None, "the child hangs"
    return child.exitcode


def _begin(environment: dict[str, str], work: Callable[..., None], arguments: Sequence[object]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    work(*arguments)


def die_before(steps: Sequence[tuple[object, str]], *, left: int) -> Callable[[], None]:
    """Let this process die before the step that comes after `left` others; each step is an owner and a name in it.

    What is returned ends the process as if it had died, when the last step before the moment was the last of all.
    """

    def watched(owner: object, name: str) -> None:
        whole = getattr(owner, name)

        def step(*args: Any, **kwargs: Any) -> Any:
            nonlocal left
            if left == 0:
                os._exit(KILLED)
            left -= 1
            return whole(*args, **kwargs)

        setattr(owner, name, step)

    for owner, name in steps:
        watched(owner, name)
    return lambda: os._exit(KILLED if left == 0 else 0)
