"""The floor of the window figures, a process of its own: an empty PySide6 window, and one with 25 mapped classes.

`python -m bench.window_floor window|mapped START` prints its seconds since START at the first paint, and its memory.
"""

from __future__ import annotations

import json
import os
import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow

_CLASSES, _COLUMNS = 25, 9


class _Window(QMainWindow):
    """A window with nothing in it."""

    def __init__(self, *, mapped: bool, start: float) -> None:
        super().__init__()
        self._mapped, self._start, self._painted = mapped, start, False
        self.resize(1280, 800)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if self._painted:
            return
        self._painted = True
        if self._mapped:
            QTimer.singleShot(0, self._map)
        else:
            tell(self._start)

    def _map(self) -> None:
        _map_and_query()
        tell(self._start)


def tell(start: float, *, at: float | None = None, **more: float | list[str]) -> None:
    """Print the seconds from `start` to `at` (now) and leave at once: closing down is not measured."""
    taken = (time.monotonic() if at is None else at) - start
    from bench.memory import held_kib  # noqa: PLC0415 - not part of what is measured

    print(json.dumps({"seconds": taken, "held_kib": held_kib(), **more}), flush=True)
    os._exit(0)


def _map_and_query() -> None:
    from sqlalchemy import create_engine, select  # noqa: PLC0415 - after the first paint, as the program does it
    from sqlalchemy.orm import DeclarativeBase, Session, mapped_column  # noqa: PLC0415
    from sqlalchemy.types import Integer, Text  # noqa: PLC0415

    class Base(DeclarativeBase):
        """The base of the tables."""

    def table(number: int) -> type[Base]:
        columns = {f"c{n}": mapped_column(Text) for n in range(_COLUMNS)}
        return type(
            f"T{number}",
            (Base,),
            {"__tablename__": f"t{number}", "id": mapped_column(Integer, primary_key=True), **columns},
        )

    tables = [table(number) for number in range(_CLASSES)]
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine, tables=[tables[0].metadata.tables["t0"]])
    with Session(engine) as session:
        session.execute(select(tables[0])).all()


def main() -> int:
    """Show the window."""
    app = QApplication([])
    window = _Window(mapped=sys.argv[1] == "mapped", start=float(sys.argv[2]))
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
