"""Where a database is: a file on this machine, or a server that several workstations share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from app.domain.errors import Refused

SCHEME = "postgresql+psycopg://"


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A PostgreSQL database as `postgresql+psycopg://user@host/database`; never shown with a password."""

    url: str

    @property
    def name(self) -> str:
        """The database's name and its server, as a person may see it."""
        parts = urlsplit(self.url)
        return f"{parts.path.lstrip('/')} på {parts.hostname or 'den här datorn'}"

    def __str__(self) -> str:
        """The address without a password."""
        parts = urlsplit(self.url)
        person, _, host = parts.netloc.rpartition("@")
        shown = f"{person.split(':', 1)[0]}@{host}" if person else host
        return parts._replace(netloc=shown).geturl()

    def __repr__(self) -> str:
        """The same: what ends up in a log or a traceback has no password."""
        return f"ServerAddress({self!s})"


Address = Path | ServerAddress


def restore_mark(database: Path) -> Path:
    """The file that says that a restore into `database` is decided and has to be brought to its end."""
    return database.with_name(database.name + ".restore")


def is_missing(address: Address) -> bool:
    """Whether the address names a file that is not there; what a server has is known only once it is asked."""
    return isinstance(address, Path) and not address.exists() and not restore_mark(address).exists()


def read_address(text: str) -> Address:
    """The address that `text` names. Raises Refused("address_unreadable") for a URL of another kind."""
    if text.startswith(SCHEME):
        parts = urlsplit(text)
        if not parts.path.strip("/"):
            raise Refused("address_unreadable", text=str(ServerAddress(text)))
        return ServerAddress(text)
    if "://" in text:
        raise Refused("address_unreadable", text=str(ServerAddress(text)))
    return Path(text)
