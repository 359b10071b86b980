"""Reading and writing the files people name: whole or not at all, with the system's refusals as known errors."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from app.domain.errors import StorageFault
from app.domain.wording import disk_reason


def read_file(path: Path, *, largest: int) -> bytes:
    """The file's bytes. Raises StorageFault when it cannot be read or is larger than `largest` bytes."""
    try:
        if path.stat().st_size > largest:
            raise StorageFault("file_too_large", file=path.name)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise StorageFault("file_not_read", file=path.name, reason=disk_reason(error)) from error


def write_file(path: Path, data: bytes) -> None:
    """Write the file so that a fault leaves what was there before. Raises StorageFault."""
    try:
        if path.exists() and not path.is_file():
            if path.is_dir():
                raise StorageFault("file_not_written", file=path.name, reason="det är en mapp")
            path.write_bytes(data)
            return
        handle, name = tempfile.mkstemp(prefix=".teamforum-", dir=path.absolute().parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        raise StorageFault("file_not_written", file=path.name, reason=disk_reason(error)) from error
