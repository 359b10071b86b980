"""The window: the only floor that knows the toolkit.

The toolkit's Python side reads the source of every module that is imported, to see whether it uses the toolkit and may
switch naming styles (`__feature__`). Nobody here does. It costs half of what importing takes, and the sources stay in
memory; so it is told that no module does. Where a later version asks in another way, it reads them again.
"""

from __future__ import annotations

import PySide6.QtCore  # noqa: F401 - its support modules are there only afterwards
import shibokensupport.feature as _feature  # type: ignore[import-not-found] # made by the toolkit as it loads

if hasattr(_feature, "_mod_uses_pyside"):
    _feature._mod_uses_pyside = lambda _module: False  # noqa: SLF001 - there is no setting for it
