"""A backup's receipt as text that a person reads and the program reads back."""

from __future__ import annotations

import datetime as dt

from app.domain.backups import TABLES, Receipt, rows_in_words, why_label

TITLE = "Kvitto på säkerhetskopia"
_AT = "%Y-%m-%d %H.%M.%S"
_CHECKED = "öppnad på nytt; kryptering, uppbyggnad, hänvisningar och antal stämmer"
_BROKEN = "ändrad vid rad {0} redan i databasen"
_WHOLE = "prövad rad för rad och hel"
_UNTRIED = "prövas när databasen är uppgraderad"
_LONGEST = 20_000


def facts(receipt: Receipt) -> tuple[tuple[str, str], ...]:
    """The receipt's own facts, name and value, in the order they are read."""
    log = _WHOLE if receipt.log_checked else _UNTRIED
    if receipt.log_broken is not None:
        log = _BROKEN.format(receipt.log_broken)
    return (
        ("Kopia", receipt.name),
        ("Gjord", f"{receipt.at:{_AT}}"),
        ("Anledning", why_label(receipt.why)),
        ("Kontrollerad", _CHECKED),
        ("Loggen", log),
        ("Loggens slut", receipt.head),
        ("Databas", receipt.database),
        ("Databasens version", str(receipt.schema)),
        ("Storlek", f"{receipt.size} byte"),
        ("Kontrollsumma SHA-256", receipt.digest),
    )


def written(receipt: Receipt) -> str:
    """The whole receipt as text."""
    lines = [TITLE, "=" * len(TITLE), "", *(f"{name}: {value}" for name, value in facts(receipt)), "", "Innehåll"]
    lines += [f"{name}: {count}" for name, count in rows_in_words(receipt.rows)]
    return "\n".join([*lines, ""])


def read(text: str, *, why: str) -> Receipt | None:
    """The receipt that `text` is, or None for a text of another kind; `why` is what the backup's name says."""
    if not text.startswith(TITLE) or len(text) > _LONGEST:
        return None
    found: dict[str, str] = {}
    for line in text.splitlines():
        name, parted, value = line.partition(": ")
        if parted:
            found.setdefault(name, value)
    try:
        log = found["Loggen"]
        return Receipt(
            name=found["Kopia"],
            at=dt.datetime.strptime(found["Gjord"], _AT),  # noqa: DTZ007 - wall-clock time, as elsewhere
            why=why,
            database=found["Databas"],
            schema=int(found["Databasens version"]),
            size=int(found["Storlek"].removesuffix(" byte")),
            digest=found["Kontrollsumma SHA-256"],
            head=found["Loggens slut"],
            rows={table: int(found[name]) for table, name in TABLES.items() if name in found},
            log_broken=None if log in (_WHOLE, _UNTRIED) else int("".join(char for char in log if char.isdecimal())),
            log_checked=log != _UNTRIED,
        )
    except (KeyError, ValueError):
        return None
