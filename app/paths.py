"""Where things lie: the shipped `resources/` in source, wheel and frozen bundle, and the user's own folders."""

from __future__ import annotations

import os
import sys
from pathlib import Path

DATABASE_VARIABLE = "TEAMFORUM_DATABASE"


def resource(*parts: str) -> Path:
    """The path of a shipped file, the same name in a source tree, an installed wheel and a frozen bundle."""
    return _root().joinpath(*parts)


def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        return Path(frozen, "resources")
    here = Path(__file__).resolve().parent
    installed = here / "_resources"
    return installed if installed.is_dir() else here.parent / "resources"


def user_data_dir() -> Path:
    """The user's data folder for Teamforum; made when missing."""
    from platformdirs import user_data_path  # noqa: PLC0415 - not needed before a database is chosen

    folder = user_data_path("teamforum", appauthor=False, roaming=False)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def default_database() -> str:
    """The database when none is named: `$TEAMFORUM_DATABASE`, else `teamforum.tfdb` in the user's data folder."""
    return os.environ.get(DATABASE_VARIABLE) or str(user_data_dir() / "teamforum.tfdb")


def opened_files_dir() -> Path:
    """Where copies of appendices lie while other programs show them: in memory where the system has such a place."""
    from platformdirs import user_cache_path  # noqa: PLC0415 - not needed before one is opened

    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and Path(runtime).is_dir():
        return Path(runtime, "teamforum-opened")
    return user_cache_path("teamforum", appauthor=False) / "opened"
