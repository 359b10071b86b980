"""The reasons in the audit log in Swedish: what a row says besides who, what and where."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.backups import Why
from app.domain.disposal import KINDS
from app.domain.document import LIST_WORDS
from app.domain.log import LogRow
from app.domain.roles import Role
from app.domain.swedish import number_word
from app.domain.wording import SENTENCES

_WORDS = {
    "agenda": "dagordning",
    "minutes": "minnesanteckningar",
    "no-customers": "minnesanteckningar utan kunduppgifter",
    "decisions": "besluten ur minnesanteckningar",
    "extract": "utdrag ur minnesanteckningar",
    "poster": "anslag",
    "call": "kallelse",
    "calendar": "kalenderfil",
    "spreadsheet": "kalkylblad",
    "list": "lista",
    "slip": "uppgiftslappar",
    "history": "uppföljning över tid",
    "board": "utan kunduppgifter",
    "forever": "gallras inte",
    "restore": "vid återställning",
    "rescue": "vid räddning",
    **{one.value: one.label for one in Why},
    **{one.value: one.label for one in Role},
}
"""The program's own words, whichever action they stand by. What a person typed is left as it is."""
_TYPED = frozenset({"emergency", "restore", "move"})
_COUNTED: dict[str, tuple[str, str]] = {
    "failed_log_in": ("försök", "försök"),
    "draw_log_review": ("rad", "rader"),
    "dispose": ("post", "poster"),
    "expire_backups": ("kopia", "kopior"),
    "set_disposal_backup_days": ("dag", "dagar"),
    "set_disposal_period": ("månad", "månader"),
    "set_live_minutes": ("minut", "minuter"),
}
_LISTS = {name: many for name, (_, _, many) in LIST_WORDS.items()}
_SHOWN_OF_SEAL = 8


def reason_words(row: LogRow) -> str:
    """The reason, in Swedish where it is one of the program's own words."""
    reason = row.reason or ""
    if not reason or row.action in _TYPED:
        return reason
    if row.action in _COUNTED and reason.isdecimal():
        return number_word(int(reason), *_COUNTED[row.action])
    if row.action in _NUMBERED:
        return _numbered(row.action, reason)
    if row.action == "import":
        return _counts(reason, _LISTS)
    if row.action == "propose_disposal":
        return _counts(reason, {one.key: one.name.lower() for one in KINDS})
    if row.action == "save_account":
        return " → ".join(role_words(part) for part in reason.split(" → "))
    return _WORDS.get(reason) or _fault(reason)


_NUMBERED = ("log_anchor_missing", "remark_log_review", "sign_log_review", "keep_minutes_version", "mark_read")


def _numbered(action: str, reason: str) -> str:
    """The number of a row or a version, and as much of a digest as can be compared by eye."""
    if action == "sign_log_review":
        return f"kontrollsumma {reason[:_SHOWN_OF_SEAL]}"
    if action == "keep_minutes_version":
        number, _, digest = reason.partition(":")
        return f"version {number}, kontrollsumma {digest[:_SHOWN_OF_SEAL]}"
    return f"{'version' if action == 'mark_read' else 'rad'} {reason}"


def _counts(reason: str, names: Mapping[str, str]) -> str:
    counts = (part.partition(" ") for part in reason.split(", "))
    return ", ".join(f"{names.get(name, name)} {count}".strip() for name, _, count in counts)


def _fault(reason: str) -> str:
    """What a fault's code stands for, where its sentence names nothing that the row does not have."""
    sentence = SENTENCES.get(reason, "")
    return reason if not sentence or "{" in sentence else sentence


def role_words(role: str) -> str:
    """The role's Swedish name; one that no longer exists as it was written."""
    return Role(role).label if role in set(Role) else role
