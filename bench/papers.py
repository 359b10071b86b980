"""Made-up agendas as values, ready to be drawn: the same for the subject, the bare canvas and LibreOffice."""

from __future__ import annotations

import datetime as dt

from app.domain.meeting_papers import MeetingPapers
from app.domain.meetings import Item, ItemKind, Meeting
from bench.given import TODAY, UNIT_NAME

PAGES = 3
_ITEMS = 34
_HEADINGS = (
    "Inledning och val av sekreterare", "Föregående minnesanteckningar och åtgärder", "Genomgång av kund",
    "Riskbedömning av fall och näring", "Uppföljning av beslutade åtgärder", "Kvalitetsregister",
    "Sommarens bemanning på avdelningen",
)  # fmt: skip
_TEXT = (
    "Läs igenom underlaget före mötet. Ta med det ni har sett under de senaste två veckorna, även det som fungerar bra."
)
_NAMES = ("Åsa Öberg", "Linnéa Jönsson", "Björn Åström", "Ingrid Sjögren", "Göran Månsson", "Vera Lövgren")


def agenda(number: int = 0) -> MeetingPapers:
    """The agenda of one meeting; `number` varies day, names and words."""
    names = {f"medarbetare-{n}": _NAMES[(n + number) % len(_NAMES)] for n in range(6)}
    customers = {f"kund-{n}": f"{n + 11:02d}{number % 30:02d} KL" for n in range(2)}
    items = tuple(_item(number, n, list(names), list(customers)) for n in range(_ITEMS))
    meeting = Meeting(
        key=f"mote-{number}", unit="storgarden", forum="teammote", ward="avdelning-01",
        date=TODAY + dt.timedelta(days=number % 30), start=dt.time(13), end=dt.time(14, 30), place="Möteslokal Eken",
        chair="medarbetare-0", secretary="medarbetare-1", participants=tuple(names),
        customers=tuple(customers), items=items,
    )  # fmt: skip
    return MeetingPapers(
        meeting=meeting, unit_name=UNIT_NAME, setting_label="Särskilt boende", forum_name="Teammöte",
        ward_name=f"Avdelning {number % 28 + 1}", names=names, professions=dict.fromkeys(names, "Undersköterska"),
        customers=customers, has_customer_data=True, prepared_on=TODAY,
    )  # fmt: skip


def _item(number: int, n: int, names: list[str], customers: list[str]) -> Item:
    about = customers[n % len(customers)] if n % 5 == 2 else None
    return Item(
        key=f"mote-{number}-{n}", heading=f"{_HEADINGS[(n + number) % len(_HEADINGS)]} {n + 1}",
        kind=ItemKind.CUSTOMER if about else ItemKind.STANDING, text=_TEXT if n % 3 == 0 else None, customer=about,
        presenter=names[n % len(names)], minutes=2 + n % 3,
    )  # fmt: skip
