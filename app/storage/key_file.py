"""The key file beside the database: each user's sealed copy of the database key, in two copies, authenticated.

A user's private key is wrapped under her password's Argon2id key; the database key is sealed (HPKE, X25519) to the
public key. The recovery key is one more holder whose private key comes from the printed secret itself. While the
database gets a new key, that coming key is sealed beside the current one: at every moment one of them opens the file.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.domain.errors import AccessDenied, StorageFault
from app.storage import kdf, recovery_key
from app.storage.atomic import write_whole

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_INFO = b"teamforum database key"
_NONCE_BYTES = 12
_LARGEST = 1_000_000
DATABASE_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who can open the database; `wrapped` is empty for the recovery key, `coming` except in a key change."""

    public: bytes
    sealed: bytes
    salt: bytes = b""
    cost: kdf.Cost = kdf.LOWEST
    wrapped: bytes = b""
    coming: bytes = b""

    def with_coming(self, database_key: bytes) -> Holder:
        """The holder with the coming key sealed to her, which takes her public key only."""
        return replace(self, coming=_seal(X25519PublicKey.from_public_bytes(self.public), database_key))

    def settled(self) -> Holder:
        """The holder with the coming key as the current one."""
        return replace(self, sealed=self.coming, coming=b"")

    def unseal(self, private: X25519PrivateKey) -> DatabaseKeys:
        """What is sealed to her."""
        return DatabaseKeys(_unseal(private, self.sealed), _unseal(private, self.coming) if self.coming else None)


@dataclass(frozen=True, slots=True)
class Again:
    """A person's way to the keys that a database gets while she is at work: her own private key, once unwrapped."""

    user: str
    private: X25519PrivateKey

    def key_in(self, content: KeyFile, seals: Seals) -> bytes | None:
        """The key that is sealed to her by now; None when none is, or when the keys are not trusted under it."""
        holder = content.users.get(self.user)
        if holder is None:
            return None
        try:
            found = holder.unseal(self.private).current
            verify(content, seals, database_key=found)
        except StorageFault:
            return None
        return found


class DatabaseKeys(NamedTuple):
    """The key that opens the database, and during a key change the one that may open it already."""

    current: bytes
    coming: bytes | None
    again: Again | None = None


class Seals(NamedTuple):
    """The key file's authenticators: under the current key, and under the coming one when it is written with that."""

    current: bytes
    coming: bytes | None


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The key file's content: the database's identity, its users and the recovery key's holder."""

    database: str
    users: Mapping[str, Holder]
    recovery: Holder | None

    def with_user(self, user: str, *, password: str, database_key: bytes, cost: kdf.Cost) -> KeyFile:
        """The file with `user` added, or given a new password."""
        private, salt = X25519PrivateKey.generate(), kdf.new_salt()
        nonce = os.urandom(_NONCE_BYTES)
        secret = kdf.derive(password, salt=salt, cost=cost)
        wrapped = nonce + ChaCha20Poly1305(secret).encrypt(
            nonce, private.private_bytes_raw(), _bound(self.database, user)
        )
        holder = Holder(
            private.public_key().public_bytes_raw(), _seal(private.public_key(), database_key), salt, cost, wrapped
        )
        return replace(self, users={**self.users, user: holder})

    def with_holders(self, holders: Mapping[str, Holder]) -> KeyFile:
        """The file with these users beside the others, or in their place."""
        return replace(self, users={**self.users, **holders})

    def with_recovery(self, secret: bytes, *, database_key: bytes) -> KeyFile:
        """The file with `secret` as its recovery key."""
        public = _recovery_private(secret).public_key()
        return replace(self, recovery=Holder(public.public_bytes_raw(), _seal(public, database_key)))

    def with_coming(self, database_key: bytes, *, users: Collection[str]) -> KeyFile:
        """The file of `users` and the recovery key alone, with the coming key sealed beside the current one."""
        return replace(
            self,
            users={name: holder.with_coming(database_key) for name, holder in self.users.items() if name in users},
            recovery=None if self.recovery is None else self.recovery.with_coming(database_key),
        )

    @property
    def changing(self) -> bool:
        """Whether a change of the database key was begun and not brought to its end."""
        return any(holder.coming for holder in (*self.users.values(), self.recovery) if holder is not None)

    def settled(self) -> KeyFile:
        """The file with the coming key as the only one."""
        return replace(
            self,
            users={name: holder.settled() for name, holder in self.users.items()},
            recovery=None if self.recovery is None else self.recovery.settled(),
        )

    def open_as(self, user: str, password: str) -> bytes:
        """The current database key; see `unlock`."""
        return self.unlock(user, password).current

    def unlock(self, user: str, password: str) -> DatabaseKeys:
        """The database key. Raises AccessDenied("wrong_password") for an unknown user as for a wrong password."""
        holder = self.users.get(user)
        if holder is None:
            kdf.derive(password, salt=bytes(kdf.SALT_BYTES), cost=kdf.Cost())  # as slow as a known user
            raise AccessDenied("wrong_password")
        try:
            secret = kdf.derive(password, salt=holder.salt, cost=holder.cost)
        except ValueError as error:  # a salt of another length than any this program makes
            raise StorageFault("key_file_damaged", file="") from error
        nonce, box = holder.wrapped[:_NONCE_BYTES], holder.wrapped[_NONCE_BYTES:]
        try:
            private = ChaCha20Poly1305(secret).decrypt(nonce, box, _bound(self.database, user))
        except (InvalidTag, ValueError) as error:
            raise AccessDenied("wrong_password") from error
        own = X25519PrivateKey.from_private_bytes(private)
        return holder.unseal(own)._replace(again=Again(user, own))

    def unlock_with_recovery(self, typed: str) -> DatabaseKeys:
        """The database key, by the recovery key as somebody typed it."""
        private = _recovery_private(recovery_key.read(typed))
        if self.recovery is None or private.public_key().public_bytes_raw() != self.recovery.public:
            raise AccessDenied("recovery_key_wrong")
        return self.recovery.unseal(private)


def paths(database: Path) -> tuple[Path, Path]:
    """Where the two copies lie."""
    return database.with_name(database.name + ".keys"), database.with_name(database.name + ".keys2")


def new_key() -> bytes:
    """A fresh random database key."""
    return os.urandom(DATABASE_KEY_BYTES)


def write(database: Path, content: KeyFile, *, database_key: bytes, coming_key: bytes | None = None) -> None:
    """Write both copies, each whole or not at all.

    The one that is read first is written last: a fault before it leaves everybody's keys as they were.
    """
    data = to_text(content, database_key=database_key, coming_key=coming_key).encode()
    for path in reversed(paths(database)):
        write_whole(path, data)


def even(database: Path, *, database_key: bytes) -> bool:
    """Make the copies alike, as a writing that was cut off between them has not; whether there was anything to do.

    What `read` gives counts: a kill before the first copy leaves everybody's keys as they were.
    """
    texts = []
    for path in paths(database):
        try:
            texts.append(path.read_bytes())
        except OSError:
            texts.append(b"")
    if texts[0] == texts[1] and texts[0]:
        return False
    content, seals = read(database)
    verify(content, seals, database_key=database_key)
    data = next(
        text for path, text in sorted(zip(paths(database), texts, strict=True), key=lambda one: _is_hurt(one[0]))
    )
    for path, text in zip(paths(database), texts, strict=True):
        if text != data:
            write_whole(path, data)
    return True


def to_text(content: KeyFile, *, database_key: bytes, coming_key: bytes | None = None) -> str:
    """The content as it is written, with its seals."""
    body = _body(content)
    outer = {"body": body, "mac": _text(_mac(body, database_key))}
    if coming_key is not None:
        outer["coming_mac"] = _text(_mac(body, coming_key))
    return json.dumps({**outer, "sum": _sum(outer)}, indent=1)


def from_text(text: str | bytes) -> tuple[KeyFile, Seals]:
    """What `to_text` wrote. Raises StorageFault("key_file_damaged")."""
    try:
        return _outer(text)
    except _UNREADABLE as error:
        raise StorageFault("key_file_damaged", file="") from error


def read(database: Path) -> tuple[KeyFile, Seals]:
    """The first copy that can be read, and its authenticators to be checked once the database key is known.

    Raises StorageFault("key_file_missing" | "key_file_damaged").
    """
    damaged = False
    for copy in _copies(database):
        if isinstance(copy, tuple):
            return copy
        damaged = damaged or not isinstance(copy, FileNotFoundError)
    raise StorageFault("key_file_damaged" if damaged else "key_file_missing", file=paths(database)[0].name)


def unfinished(database: Path) -> bool:
    """Whether one of the copies tells of a key change that was begun."""
    return any(isinstance(copy, tuple) and copy[0].changing for copy in _copies(database))


def _copies(database: Path) -> Iterator[tuple[KeyFile, Seals] | Exception]:
    for path in sorted(paths(database), key=_is_hurt):  # the first one, unless it is hurt and the second is not
        try:
            if path.stat().st_size > _LARGEST:
                raise ValueError("too large")
            yield _outer(path.read_bytes())
        except (FileNotFoundError, *_UNREADABLE) as error:
            yield error


_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


def _is_hurt(path: Path) -> bool:
    """Whether a copy was damaged by the disk, which needs no key to be seen; one of an earlier version has no sum."""
    try:
        outer = json.loads(path.read_bytes()) if path.stat().st_size <= _LARGEST else {}
        written = outer.pop("sum", None)
        return written is not None and written != _sum(outer)
    except (OSError, *_UNREADABLE):
        return True


def _sum(outer: Mapping[str, Any]) -> str:
    return sha256(json.dumps(outer, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _outer(text: str | bytes) -> tuple[KeyFile, Seals]:
    outer = json.loads(text)
    coming = outer.get("coming_mac")
    seals = Seals(_bytes(outer["mac"]), None if coming is None else _bytes(coming))
    return _content(outer["body"]), seals


def trusted(database: Path, *, database_key: bytes) -> KeyFile:
    """The key file as it stands for somebody who holds the database key; raises as `read` and `verify` do."""
    content, seals = read(database)
    return verify(content, seals, database_key=database_key)


def verify(content: KeyFile, seals: Seals, *, database_key: bytes) -> KeyFile:
    """The content as it stands under `database_key`: settled, when that is the coming key.

    Raises StorageFault("key_file_damaged") when the file was changed by somebody without the database key.
    """
    expected = _mac(_body(content), database_key)
    if hmac.compare_digest(seals.current, expected):
        return content
    if seals.coming is not None and hmac.compare_digest(seals.coming, expected):
        return content.settled()
    raise StorageFault("key_file_damaged", file="")


def subkey(database_key: bytes, purpose: str) -> bytes:
    """A key for another purpose (the key file's seal), derived from the database key."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"teamforum {purpose}".encode()).derive(database_key)


def _recovery_private(secret: bytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(subkey(secret, "recovery"))


def _seal(public: X25519PublicKey, database_key: bytes) -> bytes:
    return _SUITE.encrypt(database_key, public, _INFO)


def _unseal(private: X25519PrivateKey, sealed: bytes) -> bytes:
    try:
        return _SUITE.decrypt(sealed, private, _INFO)
    except (InvalidTag, ValueError) as error:
        raise StorageFault("key_file_damaged", file="") from error


def _bound(database: str, user: str) -> bytes:
    return f"{database}/{user}".encode("utf-8", "surrogatepass")


def _mac(body: Mapping[str, Any], database_key: bytes) -> bytes:
    canonical = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
    return hmac.new(subkey(database_key, "key file"), canonical, sha256).digest()


def _text(raw: bytes) -> str:
    return base64.b85encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b85decode(text)


def _body(content: KeyFile) -> dict[str, Any]:
    return {
        "version": 1,
        "database": content.database,
        "users": {name: _holder_json(holder) for name, holder in content.users.items()},
        "recovery": None if content.recovery is None else _holder_json(content.recovery),
    }


def _holder_json(holder: Holder) -> dict[str, Any]:
    written: dict[str, Any] = {
        "public": _text(holder.public),
        "sealed": _text(holder.sealed),
        "salt": _text(holder.salt),
        "iterations": holder.cost.iterations,
        "memory": holder.cost.memory,
        "wrapped": _text(holder.wrapped),
    }
    return {**written, "coming": _text(holder.coming)} if holder.coming else written


def _content(body: Mapping[str, Any]) -> KeyFile:
    if body["version"] != 1:
        raise StorageFault("key_file_newer")
    users = {str(name): _holder(row) for name, row in body["users"].items()}
    return KeyFile(str(body["database"]), users, None if body["recovery"] is None else _holder(body["recovery"]))


def _holder(row: Mapping[str, Any]) -> Holder:
    return Holder(
        public=_bytes(row["public"]),
        sealed=_bytes(row["sealed"]),
        salt=_bytes(row["salt"]),
        cost=kdf.Cost(int(row["iterations"]), int(row["memory"])),
        wrapped=_bytes(row["wrapped"]),
        coming=_bytes(row.get("coming", "")),
    )
