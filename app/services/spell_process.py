"""The Swedish dictionary in a process of its own: neither its loading nor a search for suggestions stops the window.

Words go to it through a pipe and lie nowhere else; it ends with the window's lock, or with the window.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Collection
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

MOST_SUGGESTIONS = 6
MOST_STARTS = 3
"""A process that is ended from outside, as by a computer short of memory, is not begun more often than this."""


class SpellProcess:
    """Asks the dictionary. Its functions wait for the answer, so they belong in a worker."""

    def __init__(self, dictionary: Path) -> None:
        """`dictionary` is the path of the .aff and .dic files without their endings."""
        self._dictionary = dictionary
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._starts = 0
        self._asking = threading.Lock()
        self._closed = threading.Event()

    def wrong(self, words: Collection[str]) -> frozenset[str]:
        """Those of the words that are in no dictionary; none while there is no process to ask."""
        return frozenset(self._asked("wrong", tuple(words)))

    def suggest(self, word: str) -> tuple[str, ...]:
        """What may have been meant, the likeliest first; half a second at most."""
        return tuple(self._asked("suggest", (word,)))[:MOST_SUGGESTIONS]

    def _asked(self, what: str, words: tuple[str, ...]) -> list[str]:
        with self._asking:
            try:
                pipe = self._pipe or self._start()
                if pipe is None:
                    return []
                pipe.send((what, words))
                answer: list[str] = pipe.recv()
            except (EOFError, OSError):
                self._end()
                return []
            return answer

    def _start(self) -> Connection | None:
        if self._closed.is_set() or self._starts >= MOST_STARTS:
            return None
        self._starts += 1
        context = multiprocessing.get_context("spawn")  # nothing of this process, with its open database, goes along
        here, there = context.Pipe()
        process = context.Process(target=serve, args=(there, str(self._dictionary)), daemon=True)
        process.start()
        there.close()
        self._process, self._pipe = process, here
        if self._closed.is_set():  # meanwhile, on another thread
            process.kill()
        return here

    def close(self) -> None:
        """End the process, which holds words that somebody typed; whoever waits for an answer gets none.

        May be called from another thread than the one that asks, and waits for nobody.
        """
        self._closed.set()
        if (process := self._process) is not None:
            process.kill()
        if self._asking.acquire(blocking=False):
            try:
                self._end()
            finally:
                self._asking.release()

    def _end(self) -> None:
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if process is not None:
            process.kill()
            process.join()
        if pipe is not None:
            pipe.close()


def serve(there: Connection, dictionary: str) -> None:
    """Answer until the other end is closed: the work of the process itself."""
    from hunspell import Hunspell  # noqa: PLC0415 - loaded in the process that asks it

    if hasattr(os, "nice"):
        os.nice(5)
    folder, name = os.path.split(dictionary)
    found = Hunspell(name, hunspell_data_dir=folder, system_encoding="UTF-8")
    with suppress(EOFError, OSError):
        while True:
            what, words = there.recv()
            if what == "suggest":
                there.send([one for word in words for one in found.suggest(word)])
            else:
                there.send([word for word in words if not found.spell(word)])
