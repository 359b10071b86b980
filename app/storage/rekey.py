"""Giving a database a new key, so that whoever held the old one opens nothing written from then on.

Three steps, each whole or not at all, so that a kill at any moment leaves a file that opens:
announce (the key file without the removed user, the coming key sealed beside the current one), encrypt anew (a proven
copy put in the file's place), settle (the key file with the new key only). A file found after the first step is changed
from the start with another new key, one found after the second is settled.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from pathlib import Path

from app.domain.errors import StorageFault
from app.domain.wording import COPY_DIFFERS, disk_reason
from app.storage import key_file
from app.storage.atomic import keep_own, leftovers, sync_folder
from app.storage.copying import copy_database, copy_problems
from app.storage.engine import DRIVER_ERRORS, key_fits


def copy_path(database: Path) -> Path:
    """Where the copy under the coming key is made, until it takes the file's place."""
    return database.with_name(database.name + ".coming")


def announce(database: Path, keys: key_file.KeyFile, *, users: Collection[str], key: bytes) -> bytes:
    """Write the key file for `users` alone with a coming key sealed to each of them, and return that key."""
    coming = key_file.new_key()
    announced = keys.with_coming(coming, users=users)
    key_file.write(database, announced, database_key=key, coming_key=coming)
    return coming


def encrypt_anew(database: Path, *, key: bytes, coming: bytes) -> None:
    """Put a proven copy under the coming key in the place of the file; nobody may have it open.

    Raises StorageFault("key_change_waits") and leaves the file as it was.
    """
    copy = copy_path(database)
    try:
        discard_copy(database)
        counts = copy_database(database, key, copy, target_key=coming)
        if copy_problems(copy, coming, counts=counts, source=database, source_key=key):
            raise StorageFault("key_change_waits", reason=COPY_DIFFERS)
        keep_own(copy)
        copy.replace(database)
    except (OSError, *DRIVER_ERRORS) as error:
        discard_copy(database)
        raise StorageFault("key_change_waits", reason=disk_reason(error)) from error
    except StorageFault as fault:
        discard_copy(database)
        raise StorageFault("key_change_waits", reason=fault.params.get("reason") or COPY_DIFFERS) from fault


def settle(database: Path, *, key: bytes) -> bool:
    """Bring the key file to its end when the file is encrypted anew already; False when that is still to be done."""
    keys = key_file.trusted(database, database_key=key)
    if keys.changing:
        return False
    sync_folder(database.parent)  # the new file lasts before the old key is let go
    key_file.write(database, keys, database_key=key)
    discard_copy(database)
    return True


def fitting(database: Path, keys: key_file.DatabaseKeys) -> bytes:
    """Which of the two keys opens the file; the current one when neither does, so that opening tells what is wrong."""
    if keys.coming is None or key_fits(database, keys.current) or not key_fits(database, keys.coming):
        return keys.current
    return keys.coming


def discard_copy(database: Path) -> None:
    """Take away a copy that did not take the file's place, and key files that a killed process left half written."""
    copy = copy_path(database)
    halves = [half for path in key_file.paths(database) for half in leftovers(path)]
    for path in (copy, copy.with_name(copy.name + "-journal"), *halves):
        with contextlib.suppress(OSError):  # what is left opens for nobody, and is taken away the next time
            path.unlink(missing_ok=True)
