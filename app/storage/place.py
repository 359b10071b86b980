"""Where a database lies and how it is come by before anybody is in: its keys, failed tries, opening and making it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.orm import Session

from app.domain.address import Address
from app.domain.errors import StorageFault
from app.domain.wording import disk_reason
from app.storage import key_file, rekey, restore
from app.storage.attempts import Attempts
from app.storage.audit import make_chain_key
from app.storage.copying import file_problems
from app.storage.engine import make_engine
from app.storage.file_store import FileStore, create, open_store, require_file
from app.storage.location import require_own_disk
from app.storage.lock import DatabaseLock
from app.storage.store import PATIENCE, Fill, Store, told
from app.storage.unit_of_work import transaction

if TYPE_CHECKING:
    from app.storage.server_place import ServerPlace


class Tries(Protocol):
    """Failed log-ins, counted where they can be without a password."""

    def wait(self, user: str) -> int:
        """Seconds until `user` may try again."""

    def failed(self, user: str) -> None:
        """Count one more failure."""

    def take(self, store: Store, *, proved: Collection[str]) -> dict[str, int]:
        """The failures per user name that the log does not tell yet, once `store` is open.

        Counting starts over for the user names in `proved`, whose password was given, and for nobody else.
        """


class Place(Protocol):
    """A database's place."""

    address: Address

    def require_room(self) -> None:
        """Raise StorageFault where no database may lie, before there is one."""

    def letting_in(self) -> str | None:
        """What the server's keeper types to let another workstation's login in; None where nobody has to."""

    def require(self) -> None:
        """Raise StorageFault unless there is something that could be a Teamforum database."""

    def tries(self) -> Tries:
        """The failed log-ins here."""

    def read_keys(self) -> tuple[key_file.KeyFile, key_file.Seals]:
        """The keys of everybody, and their seals to be checked once the database key is known."""

    def write_keys(self, keys: key_file.KeyFile, *, database_key: bytes) -> None:
        """Write the keys of everybody, by somebody who holds the database key but has not opened the database."""

    def open(self, keys: key_file.DatabaseKeys, *, wait: float, now: dt.datetime) -> Store:
        """Open the database; `wait` is how many seconds to wait for one that somebody else holds."""

    def create(self, key: bytes, *, keys: key_file.KeyFile, wait: float, fill: Fill = make_chain_key) -> Store:
        """Make the database with these keys and what `fill` puts into it. Raises StorageFault where there is one."""

    def discard(self) -> None:
        """Take away what `create` made, because the first rows could not be written."""


class FilePlace:
    """A file with its key file beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.address: Address = self.path

    def require_room(self) -> None:
        """Raise StorageFault on a share, in a folder that something copies, and where there is no folder."""
        require_own_disk(self.path)
        if not self.path.parent.is_dir():
            raise StorageFault("folder_missing", folder=str(self.path.parent))

    def letting_in(self) -> None:
        """Nobody has to: whoever reaches the file may try her password."""

    def require(self) -> None:
        """Raise StorageFault unless the file could be an encrypted database and lies where one may lie.

        A restore that a killed process had decided on is finished first.
        """
        require_own_disk(self.path)
        self.settle()
        require_file(self.path)

    def settle(self) -> None:
        """Finish a restore that a killed process had decided on."""
        restore.finish_if_decided(self.path, wait=PATIENCE)

    def tries(self) -> Tries:
        """The failed log-ins, in a small file beside the database."""
        return Attempts(self.path)

    def read_keys(self) -> tuple[key_file.KeyFile, key_file.Seals]:
        """The first copy of the key file that can be read."""
        return key_file.read(self.path)

    def write_keys(self, keys: key_file.KeyFile, *, database_key: bytes) -> None:
        """Write both copies of the key file."""
        with told("folder_not_writable"):
            key_file.write(self.path, keys, database_key=database_key)

    def open(self, keys: key_file.DatabaseKeys, *, wait: float, now: dt.datetime) -> FileStore:
        """Lock and open the file."""
        return open_store(self.path, keys.current, coming=keys.coming, wait=wait, now=now)

    def create(self, key: bytes, *, keys: key_file.KeyFile, wait: float, fill: Fill = make_chain_key) -> FileStore:
        """Make file and key file."""
        store = create(self.path, key, wait=wait, fill=fill)
        try:
            key_file.write(self.path, keys, database_key=key)
        except BaseException as error:
            store.close()
            self.discard()
            if isinstance(error, OSError):
                raise StorageFault("folder_not_writable", reason=disk_reason(error)) from error
            raise
        return store

    def discard(self) -> None:
        """Remove file and key files."""
        for file in (self.path, *key_file.paths(self.path)):
            with suppress(OSError):  # what kept the first rows out may keep this in; what is told is that fault
                file.unlink(missing_ok=True)

    def is_there(self) -> bool:
        """Whether the path has a file."""
        return self.path.exists()

    @contextmanager
    def looking(self, keys: key_file.DatabaseKeys) -> Iterator[Session]:
        """Read with a connection that cannot write."""
        require_file(self.path)
        engine = make_engine(self.path, rekey.fitting(self.path, keys), read_only=True)
        try:
            with transaction(engine, writing=False) as session:
                yield session
        finally:
            engine.dispose()

    def problems(self, keys: key_file.DatabaseKeys) -> list[str]:
        """Cipher seals, structure and references."""
        return file_problems(self.path, rekey.fitting(self.path, keys))

    def fetched(self, backup: Path) -> AbstractContextManager[Path]:
        """A copy in a folder beside the file."""
        return restore.fetched(backup.absolute(), self.path)

    def put(self, copy: Path, *, wait: float, at: dt.datetime) -> Path | None:
        """Rename the old file aside and the copy into its place, keys with it."""
        lock = DatabaseLock(self.path)
        lock.take(wait=wait, what="Teamforum")
        try:
            restore.finish(self.path)
            there = self.path.exists()
            keeps = restore.decide(self.path, copy, at=at)
            restore.finish(self.path)
            restore.sweep(self.path)
        finally:
            lock.release()
        return keeps if there else None


def place_of(address: Address) -> FilePlace | ServerPlace:
    """The place an address names."""
    if isinstance(address, Path):
        return FilePlace(address)
    from app.storage.server_place import ServerPlace  # noqa: PLC0415 - not loaded for a file

    return ServerPlace(address)
