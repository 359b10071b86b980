"""The fields of another party: chosen from the address book or written, with the channel proposed by its kind."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from app.domain.coordination.book import BookEntry, proposed_channel
from app.domain.coordination.parties import Channel, Party, PartyKind, PartyRole, Sector
from app.services.coordination_book import keep_party, list_parties
from app.services.desk import Desk
from app.ui.widgets.controls import box, row
from app.ui.widgets.fields import choice, chosen, field, line, name_editor
from app.ui.workplace import Workplace


class PartyFields(QObject):
    """Name, kind, sector, channel and contact; `kept` when a new one is to stand in the address book."""

    def __init__(self, parent: QWidget, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._book: dict[str, BookEntry] = {}
        self.name = QComboBox()
        self.name.setEditable(True)
        self.name.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.name.setMinimumContentsLength(24)
        name_editor(self.name, parent.tr("Motpart"))
        self.kind = choice([(one.value, one.label) for one in PartyKind], chosen=PartyKind.REGIONAL_PRIMARY_CARE.value)
        self.sector = choice([("", parent.tr("Okänt")), *[(one.value, one.label) for one in Sector]], chosen="public")
        self.channel = choice([(one.value, one.label) for one in Channel])
        self.contact = line()
        self.keep = QCheckBox(parent.tr("Lägg in i adressboken"))
        self.keep.setAccessibleName(self.keep.text())
        self.keep.setChecked(True)
        self.widgets: tuple[QWidget, ...] = (
            field(parent.tr("Motpart"), self.name),
            box(row(field(parent.tr("Slag"), self.kind), field(parent.tr("Drivs av"), self.sector))),
            box(row(field(parent.tr("Kanal"), self.channel), field(parent.tr("Kontakt"), self.contact))), self.keep,
        )  # fmt: skip
        self.name.currentTextChanged.connect(lambda _: self._take_from_book())
        self.kind.currentIndexChanged.connect(lambda _: self._propose())

    def read(self, owner: QWidget) -> None:
        """Read the address book."""
        self._place.ask(owner, list_parties, lambda found: self._offer(tuple(one.value for one in found)))

    def _offer(self, entries: tuple[BookEntry, ...]) -> None:
        self._book = {one.name.casefold(): one for one in entries}
        before = self.name.currentText()
        self.name.blockSignals(True)
        self.name.clear()
        self.name.addItems(["", *[one.name for one in entries]])
        self.name.setEditText(before)
        self.name.blockSignals(False)

    def _take_from_book(self) -> None:
        found = self._book.get(self.name.currentText().strip().casefold())
        self.keep.setVisible(found is None)
        if found is None:
            return
        self.kind.setCurrentIndex(self.kind.findData(found.kind.value))
        self.sector.setCurrentIndex(max(self.sector.findData(found.sector.value if found.sector else ""), 0))
        channel = found.channel or proposed_channel(found.kind)
        self.channel.setCurrentIndex(self.channel.findData(channel.value))
        self.contact.setText(found.contact or "")

    def _propose(self) -> None:
        channel = proposed_channel(PartyKind(chosen(self.kind)))
        self.channel.setCurrentIndex(self.channel.findData(channel.value))

    @property
    def written(self) -> str:
        """The party's name as it stands."""
        return self.name.currentText().strip()

    def party(self, key: str, role: PartyRole) -> Party:
        """The party as it stands."""
        return Party(
            key=key, name=self.written, role=role, kind=PartyKind(chosen(self.kind)),
            sector=Sector(chosen(self.sector)) if chosen(self.sector) else None, channel=Channel(chosen(self.channel)),
            contact=self.contact.text().strip() or None,
        )  # fmt: skip

    def kept(self, desk: Desk, party: Party) -> None:
        """Put a new party in the address book, where that was wanted."""
        if party.name.casefold() not in self._book:
            keep_party(
                desk,
                entry=BookEntry(
                    key="", name=party.name, kind=party.kind, sector=party.sector, channel=party.channel,
                    contact=party.contact,
                ),
            )  # fmt: skip
