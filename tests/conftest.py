"""What every test gets: no screen, no settings or folders of the person who runs it, the same examples each time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")

_OWN_SETTINGS = ("TEAMFORUM_DATABASE", "TEAMFORUM_USER", "TEAMFORUM_PASSWORD", "TEAMFORUM_TODAY")
_OWN_FOLDERS = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")


@pytest.fixture(autouse=True)
def nobodys_machine(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home and no settings of Teamforum: what the person has on the machine neither helps nor suffers."""
    home = tmp_path_factory.mktemp("home")
    for name in _OWN_SETTINGS:
        monkeypatch.delenv(name, raising=False)
    for name in _OWN_FOLDERS:
        folder = home if name == "HOME" else home / name.lower()
        folder.mkdir(mode=0o700, exist_ok=True)
        monkeypatch.setenv(name, str(folder))
    return home
