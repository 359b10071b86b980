"""What several storage tests do behind the program's back: take the key and change the file directly."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from app.storage import key_file
from app.storage.engine import raw_connection
from tests.support import PASSWORD


def key_of(database: Path, *, user: str = "chef", password: str = PASSWORD) -> bytes:
    """The database key, as the user's password gives it."""
    return key_file.read(database)[0].open_as(user, password)


def tamper(database: Path, *statements: str) -> None:
    """Run SQL in the encrypted file past all the program's own rules."""
    connection = raw_connection(database, key_of(database))
    try:
        for statement in statements:
            connection.execute(statement)
    finally:
        connection.close()


_PAGE, _RESERVED, _IV, _SALT = 4096, 80, 16, 16


def decrypted_pages(database: Path, key: bytes) -> bytes:
    """Every page of the file in plain text, free ones included: what somebody with the key can read of it."""
    data = database.read_bytes()
    plain = bytearray()
    for start in range(0, len(data), _PAGE):
        page = data[start : start + _PAGE]
        end = _PAGE - _RESERVED
        decryptor = Cipher(algorithms.AES256(key), modes.CBC(page[end : end + _IV])).decryptor()
        plain += decryptor.update(page[_SALT if start == 0 else 0 : end]) + decryptor.finalize()
    return bytes(plain)
