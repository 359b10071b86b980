"""Backups as people meet them: why one was made, its receipt, and what is in it before it is restored."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from app.domain.swedish import number_word

SUFFIX = ".tfdb"
_NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}-\d{6})-(?P<why>[a-z]+(?:-[a-z]+)*)(?:-\d{1,4})?\.tfdb", re.DOTALL)
_STAMP = "%Y%m%d-%H%M%S"


class Why(StrEnum):
    """What a backup was made for."""

    MANUAL = "manual"
    DAILY = "daily"
    BEFORE_MIGRATION = "before-migration"
    BEFORE_IMPORT = "before-import"
    BEFORE_RESTORE = "before-restore"
    BEFORE_DISPOSAL = "before-disposal"
    BEFORE_REKEY = "before-rekey"

    @property
    def label(self) -> str:
        """The reason in Swedish."""
        return _LABELS[self]


_LABELS = {
    Why.MANUAL: "på begäran",
    Why.DAILY: "dagens kopia",
    Why.BEFORE_MIGRATION: "före uppgradering",
    Why.BEFORE_IMPORT: "före inläsning",
    Why.BEFORE_RESTORE: "före återställning",
    Why.BEFORE_DISPOSAL: "före gallring",
    Why.BEFORE_REKEY: "före byte av nyckel",
}


def why_label(why: str) -> str:
    """The reason in Swedish, for one this version does not know too."""
    return _LABELS[Why(why)] if why in set(Why) else why


def backup_name(stem: str, at: dt.datetime, why: str, number: int = 1) -> str:
    """The name of a backup's file; `number` tells those of the same second apart."""
    return f"{stem}-{at:{_STAMP}}-{why}{'' if number == 1 else f'-{number}'}{SUFFIX}"


def read_name(name: str) -> tuple[dt.datetime, str] | None:
    """When and why the backup of that name was made; None for a name of another kind."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        return dt.datetime.strptime(found["at"], _STAMP), found["why"]  # noqa: DTZ007 - wall-clock time, as elsewhere
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What is known of a backup that was opened again and checked; nothing in it tells of any customer."""

    name: str
    at: dt.datetime
    why: str
    database: str
    schema: int
    size: int
    digest: str
    head: str
    rows: Mapping[str, int] = field(default_factory=dict)
    log_broken: int | None = None
    """The first row of the log that did not fit, already in the database the backup was made of."""
    log_checked: bool = True
    """False for a backup made before a migration: the log of an older schema is checked when it is migrated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup that lies in a folder; `receipt` is None for one that nobody vouches for."""

    path: Path
    at: dt.datetime
    why: str
    size: int
    receipt: Receipt | None

    @property
    def verified(self) -> bool:
        """Whether it was opened again and checked, and has the size it had then."""
        return self.receipt is not None and self.receipt.size == self.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What is in a database, in numbers: what somebody compares before one takes the other's place."""

    schema: int
    units: tuple[str, ...]
    members: int
    customers: int
    meetings: int
    approved: int
    newest: dt.datetime | None
    """When the last row of the log was written (UTC)."""
    log_rows: int
    head: str
    log_broken: int | None
    accounts: tuple[str, ...]
    """User names that may log in."""


class Now(StrEnum):
    """What is in the place where a backup is to be restored."""

    MISSING = "missing"
    OPENED = "opened"
    DAMAGED = "damaged"
    SHUT = "shut"
    """No password that was given opens it."""

    @property
    def sentence(self) -> str:
        """What that means for what is there."""
        return _NOW[self]


_NOW = {
    Now.MISSING: "Det finns ingen databas där nu.",
    Now.OPENED: "Databasen som finns där nu säkerhetskopieras och behålls under ett eget namn.",
    Now.DAMAGED: "Databasen som finns där nu är skadad eller saknar nycklar. Den behålls under ett eget namn.",
    Now.SHUT: "Databasen som finns där nu har ett annat lösenord och går inte att jämföra med. "
    "Den behålls under ett eget namn.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A backup beside what is there now; `ended` are the accounts that were ended since and stay so."""

    name: str
    at: dt.datetime | None
    why: str
    receipt: bool
    there: Contents
    now: Now
    here: Contents | None
    ended: tuple[str, ...]
    migrates: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came of a restore: what was restored, and where the file lies that was there before, if there was one."""

    preview: Preview
    kept: Path | None
    backup: Path | None
    """The verified backup of what was there, where it could be opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """How much of a kind of record could be read out of a damaged database; `lost` is None when nobody can tell."""

    table: str
    saved: int
    lost: int | None

    def sentence(self) -> str:
        """As `Möten: 412 av 415, 3 gick inte att rädda.`."""
        name = TABLES.get(self.table, self.table)
        if self.lost is None:
            return f"{name}: {self.saved} räddade. Hur många som saknas går inte att se."
        if not self.lost:
            return f"{name}: alla {self.saved}." if self.saved else f"{name}: inga fanns."
        return f"{name}: {self.saved} av {self.saved + self.lost}, {self.lost} gick inte att rädda."


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescued:
    """What came of a rescue: the new file, what was read of each table, and from where the log does not hold."""

    path: Path
    tables: tuple[Saved, ...]
    cleared: int
    """References to something lost that were taken away so that the new file is whole."""
    log_broken: int | None

    @property
    def whole(self) -> bool:
        """Whether nothing was lost at all."""
        return all(one.lost == 0 for one in self.tables) and not self.cleared


def rescued_in_words(rescued: Rescued) -> tuple[str, ...]:
    """What came of a rescue, a sentence each: what was lost first, then what is whole, then where it lies."""
    lost = [one.sentence() for one in rescued.tables if one.lost != 0]
    whole = [one for one in rescued.tables if one.lost == 0 and one.saved]
    said = lost or ["Allt gick att läsa."]
    if lost and whole:
        said.append("Hela: " + ", ".join(f"{TABLES.get(one.table, one.table)} {one.saved}" for one in whole) + ".")
    if rescued.cleared:
        said.append(f"Hänvisningar till något som gick förlorat, och som är borttagna: {rescued.cleared}.")
    if rescued.log_broken is not None:
        said.append(f"Loggen hänger inte ihop från rad {rescued.log_broken}.")
    said.append(f"Det räddade ligger i {rescued.path.name}. Den skadade filen är kvar som den var.")
    return tuple(said)


TABLES: dict[str, str] = {
    "units": "Enheter",
    "wards": "Avdelningar",
    "apartments": "Lägenheter",
    "ward_substitutes": "Ersättare på avdelningar",
    "unit_forums": "Egna varianter av forum",
    "members": "Medarbetare",
    "member_units": "Medarbetares enheter",
    "member_wards": "Medarbetares avdelningar",
    "customers": "Kunder",
    "customer_periods": "Kunders perioder",
    "meetings": "Möten",
    "meeting_members": "Kallade till möten",
    "meeting_customers": "Kunder på möten",
    "attendance": "Närvaro",
    "items": "Punkter",
    "decisions": "Beslut",
    "actions": "Åtgärder",
    "questions": "Frågor",
    "assessments": "Riskbedömningar",
    "participation": "Delaktighet",
    "journal_marks": "Märkta som journalförda",
    "appendices": "Bilagor",
    "additions": "Tillägg",
    "accounts": "Konton",
    "account_units": "Kontons enheter",
    "preferences": "Inställningar",
    "drafts": "Utkast",
    "audit": "Loggrader",
    "log_reviews": "Granskningar av loggen",
    "log_review_rows": "Granskade loggrader",
    "emergency_accesses": "Nödöppningar",
    "disposal_periods": "Gallringstider",
    "holds": "Undantag från gallring",
    "disposals": "Gallringar",
    "disposal_counts": "Gallrade poster",
    "facts": "Uppgifter om databasen",
    "meeting_regrets": "Förhinder",
    "series": "Serier",
    "series_exdates": "Undantag i serier",
    "series_moves": "Flyttade dagar i serier",
    "series_pauses": "Uppehåll i serier",
    "absences": "Frånvaro",
    "member_hours": "Arbetstider",
    "rooms": "Rum",
    "travel": "Restider",
    "occasions": "Mötestillfällen",
    "covers": "Ersättare vid mötestillfällen",
    "turns": "Turordning",
    "wheel_months": "Årshjul",
    "wheel_themes": "Årshjulets teman",
    "presentations": "Yrkens presentationer",
    "item_absences": "Frånvaro vid punkter",
    "preparations": "Förberedelser",
    "minutes_comments": "Synpunkter på anteckningar",
    "minutes_versions": "Versioner av anteckningar",
    "minutes_receipts": "Lästa anteckningar",
    "meeting_templates": "Mötesmallar",
    "attachments": "Bifogade filer",
    "attachment_contents": "Bifogade filers innehåll",
    "letters": "Informationsbrev",
    "letter_parts": "Delar av informationsbrev",
    "unit_instruments": "Enheternas bedömningsinstrument",
    "activities": "Aktiviteter",
    "checklist_runs": "Checklistor",
    "checklist_steps": "Checklistors steg",
    "requests": "Samordningsärenden",
    "request_fields": "Samordningsärendens fält",
    "request_parties": "Parter i ärenden",
    "request_events": "Händelser i ärenden",
    "request_contacts": "Fasta vårdkontakter",
    "request_tasks": "Att göra i ärenden",
    "sip_meetings": "SIP-möten",
    "deviations": "Avvikelser i samverkan",
    "party_book": "Parter i adressboken",
    "coordination_limits": "Gränser för svar",
}
"""What each table holds, in words."""


def rows_in_words(rows: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Name and number of each kind of record, in the order a person thinks of them."""
    return tuple((name, rows[table]) for table, name in TABLES.items() if table in rows)


def size_in_words(size: int) -> str:
    """`812 kB`, `3,4 MB`."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def notes_on(preview: Preview) -> tuple[str, ...]:
    """What to know before a backup is restored, a sentence each."""
    notes = [preview.now.sentence]
    accounts = ", ".join(preview.there.accounts)
    notes.append(f"Konton: de som fanns då, med den tidens lösenord ({accounts}).")
    if preview.ended:
        notes.append(f"Avslutade sedan dess, och förblir avslutade: {', '.join(preview.ended)}.")
    if preview.there.log_broken is not None:
        notes.append(f"Loggen i kopian är ändrad vid rad {preview.there.log_broken}. Utred vad som hänt.")
    if preview.migrates:
        notes.append("Kopian är från en äldre version och uppgraderas när den öppnas första gången.")
    if not preview.receipt:
        notes.append("Kopian saknar kvitto, men har öppnats och kontrollerats nu.")
    return tuple(notes)


def contents_in_words(contents: Contents) -> tuple[str, ...]:
    """The same facts of any database, a phrase each, to be laid beside another's."""
    return (
        ", ".join(contents.units) or "inga enheter",
        number_word(contents.members, "medarbetare", "medarbetare"),
        number_word(contents.customers, "kund", "kunder"),
        f"{number_word(contents.meetings, 'möte', 'möten')}, {contents.approved} med justerade anteckningar",
        number_word(contents.log_rows, "loggrad", "loggrader"),
    )
