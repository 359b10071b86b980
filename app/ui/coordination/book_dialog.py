"""The address book of parties in a window of its own: seen, added to, changed where it stands, taken from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.domain.coordination.book import BookEntry, proposed_channel
from app.domain.coordination.parties import Channel, PartyKind, Sector
from app.domain.errors import KnownError
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.wording import wording
from app.services.coordination_book import keep_party, list_parties, remove_party
from app.ui.widgets.controls import box, button, column, row
from app.ui.widgets.fields import choice, chosen, field, line
from app.ui.widgets.messages import Question
from app.ui.workplace import Workplace


class BookDialog(Question):
    """Parties left, the chosen one right; saved with its button, and the window stays."""

    def __init__(self, parent: QWidget, place: Workplace) -> None:
        self._place = place
        self._rows: list[Stored[BookEntry]] = []
        self._version: int | None = None
        self._key = ""
        self.list = QListWidget()
        self.list.setAccessibleName(parent.tr("Parter"))
        self.list.setMinimumWidth(240)
        self.name = line()
        self.kind = choice([(one.value, one.label) for one in PartyKind])
        self.sector = choice([("", parent.tr("Okänt")), *[(one.value, one.label) for one in Sector]])
        self.channel, self.contact = choice([(one.value, one.label) for one in Channel]), line()
        self.save_button = button(parent.tr("Spara parten"), self.save)
        self.drop_button = button(parent.tr("Ta bort"), self.drop, kind="quiet")
        add = button(parent.tr("Ny part"), self.new, icon_name="plus")
        form = column(
            field(parent.tr("Namn"), self.name), field(parent.tr("Slag"), self.kind),
            field(parent.tr("Drivs av"), self.sector), field(parent.tr("Kanal"), self.channel),
            field(parent.tr("Kontakt"), self.contact), row(self.save_button, self.drop_button, None), None,
        )  # fmt: skip
        inside = row(column(self.list, row(add, None)), form, space=16)
        super().__init__(parent, parent.tr("Adressbok"), "", box(inside), accept=parent.tr("Klar"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.leave_button.hide()
        may = place.desk.may(Right.WRITE_REQUESTS) or place.desk.may(Right.PREPARE_REQUESTS)
        for one in (self.save_button, self.drop_button, add):
            one.setVisible(may)
        self.list.currentRowChanged.connect(self._stand)
        self.kind.currentIndexChanged.connect(lambda _: self._propose())
        place.closing.connect(self.reject)
        self._read()

    def _read(self) -> None:
        self._place.ask(self, list_parties, self._show)

    def _show(self, rows: tuple[Stored[BookEntry], ...]) -> None:
        self._rows, here = list(rows), self._key
        self.list.clear()
        for one in rows:
            self.list.addItem(QListWidgetItem(one.value.name))
        number = next((n for n, one in enumerate(rows) if one.value.key == here), 0)
        self.list.setCurrentRow(number if rows else -1)
        if not rows:
            self.new()

    def _stand(self, number: int) -> None:
        if not 0 <= number < len(self._rows):
            return
        kept = self._rows[number]
        one = kept.value
        self._key, self._version = one.key, kept.version
        self.name.setText(one.name)
        self.kind.setCurrentIndex(self.kind.findData(one.kind.value))
        self.sector.setCurrentIndex(max(self.sector.findData(one.sector.value if one.sector else ""), 0))
        channel = one.channel or proposed_channel(one.kind)
        self.channel.setCurrentIndex(self.channel.findData(channel.value))
        self.contact.setText(one.contact or "")
        self.drop_button.setEnabled(True)

    def new(self) -> None:
        """Begin another party."""
        self._key, self._version = "", None
        self.name.clear()
        self.contact.clear()
        self.drop_button.setEnabled(False)
        self.name.setFocus()

    def _propose(self) -> None:
        if self._version is None:
            channel = proposed_channel(PartyKind(chosen(self.kind)))
            self.channel.setCurrentIndex(self.channel.findData(channel.value))

    def save(self) -> None:
        """Keep what stands in the fields."""
        entry = BookEntry(
            key=self._key, name=self.name.text(), kind=PartyKind(chosen(self.kind)),
            sector=Sector(chosen(self.sector)) if chosen(self.sector) else None, channel=Channel(chosen(self.channel)),
            contact=self.contact.text().strip() or None,
        )  # fmt: skip
        version = self._version
        self._place.act(
            self, lambda desk: keep_party(desk, entry=entry, expected_version=version), self._kept,
            changed="parties", said=self.tr("Parten är sparad."), otherwise=self._refused,
        )  # fmt: skip

    def _kept(self, kept: Stored[BookEntry]) -> None:
        self._key = kept.value.key
        self.show_fault("")
        self._read()

    def drop(self) -> None:
        """Take the party away; Ctrl+Z brings it back."""
        number = self.list.currentRow()
        if not 0 <= number < len(self._rows):
            return
        kept = self._rows[number]
        back = self._place.way_back(
            self.tr("Ta bort parten"), lambda desk: keep_party(desk, entry=kept.value), changed="parties"
        )
        self._place.act(
            self, lambda desk: remove_party(desk, key=kept.value.key, expected_version=kept.version),
            lambda _: self._read(), changed="parties", undo=back, otherwise=self._refused,
        )  # fmt: skip

    def _refused(self, error: Exception) -> bool:
        if isinstance(error, KnownError):
            self.show_fault(wording(error))
            return True
        return False
