"""Where a draft lies while the server is out of reach: sealed, on this workstation, until the database has it."""

from __future__ import annotations

import hmac
import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.storage import key_file
from app.storage.atomic import OWN_FOLDER, write_whole

_NONCE_BYTES = 12
_SUFFIX = ".utkast"
_LARGEST = 100_000_000
_KEPT_SECONDS = 90 * 24 * 3600
"""What nobody can open any more, because the database has another key since, goes after this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """One draft as it was typed; `at` is its instant in UTC as ISO text."""

    user: str
    kind: str
    key: str
    started_from: int
    content: str
    at: str


class Shelf:
    """The sealed drafts of one database in a folder; a file's name says nothing of whose or of what it is."""

    def __init__(self, folder: Path, *, database_key: bytes) -> None:
        self._folder = folder
        self._key = key_file.subkey(database_key, "shelved drafts")

    def put(self, draft: Shelved) -> None:
        """Keep the draft, in place of an earlier one of the same place. Raises OSError."""
        self._folder.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
        path, nonce = self._path(draft.user, draft.kind, draft.key), os.urandom(_NONCE_BYTES)
        text = json.dumps(asdict(draft), ensure_ascii=False).encode("utf-8", "surrogatepass")
        write_whole(path, nonce + ChaCha20Poly1305(self._key).encrypt(nonce, text, path.name.encode()))

    def drop(self, *, user: str, kind: str, key: str) -> None:
        """Throw one away; there need not be any. Raises OSError."""
        self._path(user, kind, key).unlink(missing_ok=True)

    def of(self, user: str) -> Iterator[Shelved]:
        """The person's own drafts; those of others are not opened, damaged ones passed over."""
        for path in sorted(self._folder.glob(f"*{_SUFFIX}")) if self._folder.is_dir() else ():
            found = self._read(path)
            if found is not None and found.user == user:
                yield found

    def _read(self, path: Path) -> Shelved | None:
        try:
            if path.stat().st_size > _LARGEST:
                return None
            sealed = path.read_bytes()
            nonce, box = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
            return Shelved(**json.loads(ChaCha20Poly1305(self._key).decrypt(nonce, box, path.name.encode())))
        except (InvalidTag, ValueError, TypeError):
            if time.time() - path.stat().st_mtime > _KEPT_SECONDS:
                path.unlink(missing_ok=True)
            return None

    def _path(self, user: str, kind: str, key: str) -> Path:
        named = json.dumps([user, kind, key]).encode("utf-8", "surrogatepass")
        return self._folder / f"{hmac.new(self._key, named, sha256).hexdigest()[:40]}{_SUFFIX}"
