"""The cases use the same window as the window's own tests."""

from __future__ import annotations

from tests.ui.conftest import around, closed_window, heard, show_page, window

__all__ = ["around", "closed_window", "heard", "show_page", "window"]
