"""What keeps the start quick, without a clock: what must not be loaded before the log-in page is painted."""

from __future__ import annotations

from pathlib import Path

from bench.windows import child
from tests.support import make_database

TOO_EARLY = {"sqlalchemy", "alembic", "reportlab", "pydantic", "openpyxl", "pypdfium2", "holidays", "sqlcipher3"}


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    path = tmp_path / "start.tfdb"
    make_database(path)
    found = child("bench.window_child", "paint", str(path))
    modules = found["modules"]
    assert isinstance(modules, list)
    assert {name.partition(".")[0] for name in modules} & TOO_EARLY == set()
