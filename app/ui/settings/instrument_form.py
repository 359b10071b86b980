"""One instrument's fields: its scale, a line for each limit, and what is said beside a score; the result is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.domain.errors import KnownError
from app.domain.instruments import Band, Instrument, bands_words, checked, number, read_number
from app.domain.wording import wording
from app.ui.widgets.controls import column, label, row
from app.ui.widgets.fields import field, line
from app.ui.widgets.texts import TextField

_LONGEST = 80


class InstrumentForm(QWidget):
    """Knows what it was filled with; a limit is typed as `3 Hög risk`, from which score and what that says."""

    changed = Signal()

    def __init__(self, *, may_write: bool) -> None:
        super().__init__()
        self._filled: dict[str, Any] = {}
        self.used = QCheckBox(self.tr("Används på enheten"))
        self.used.setAccessibleName(self.used.text())
        self.name, self.area = line(longest=_LONGEST), line(longest=_LONGEST, placeholder=self.tr("t.ex. Fall"))
        self.least, self.most = line(longest=8), line(longest=8)
        for one in (self.least, self.most):
            one.setMaximumWidth(110)
        self.halves = QCheckBox(self.tr("Halva poäng finns"))
        self.halves.setAccessibleName(self.halves.text())
        self.bands = TextField(lines=3, most=8, placeholder=self.tr("0 Låg risk\n3 Hög risk"))
        self.guidance = TextField(lines=2, most=6)
        self.shown = label(role="muted", wrap=True)
        scale = row(
            field(self.tr("Lägsta poäng"), self.least), field(self.tr("Högsta poäng"), self.most),
            column(None, self.halves), None,
        )  # fmt: skip
        self.setLayout(column(
            self.used, field(self.tr("Namn"), self.name), field(self.tr("Område"), self.area), scale,
            field(
                self.tr("Gränser"), self.bands, hint=self.tr("En rad för varje: från vilken poäng och vad det betyder.")
            ),
            self.shown, field(self.tr("Vägledning"), self.guidance), space=12,
        ))  # fmt: skip
        for one in (self.name, self.area, self.least, self.most):
            one.textChanged.connect(lambda _: self._tell())
            one.setReadOnly(not may_write)
        for text in (self.bands, self.guidance):
            text.edited.connect(lambda _: self._tell())
            text.setReadOnly(not may_write)
        for box_ in (self.used, self.halves):
            box_.toggled.connect(lambda _: self._tell())
            box_.setEnabled(may_write)

    @property
    def state(self) -> dict[str, Any]:
        """What stands in the fields."""
        return {
            "used": self.used.isChecked(), "name": self.name.text(), "area": self.area.text(),
            "least": self.least.text(), "most": self.most.text(), "halves": self.halves.isChecked(),
            "bands": self.bands.toPlainText(), "guidance": self.guidance.toPlainText(),
        }  # fmt: skip

    @property
    def dirty(self) -> bool:
        """Whether anything was changed since it was filled."""
        return self.state != self._filled

    def is_clean(self) -> None:
        """What stands there is kept."""
        self._filled = self.state

    def fill(self, one: Instrument | None) -> None:
        """Show an instrument, or empty fields for a new one."""
        one = one or Instrument(key="", name="")
        self.show_state({
            "used": not one.unused, "name": one.name, "area": one.area, "halves": one.halves,
            "least": "" if one.least is None else number(one.least),
            "most": "" if one.most is None else number(one.most),
            "bands": "\n".join(f"{number(band.from_)} {band.risk}" for band in one.bands),
            "guidance": one.guidance or "",
        })  # fmt: skip
        self.is_clean()

    def show_state(self, state: dict[str, Any]) -> None:
        """Show what stood in the fields; what the form was filled with stays what it is held against."""
        self.blockSignals(True)
        self.used.setChecked(bool(state["used"]))
        self.halves.setChecked(bool(state["halves"]))
        for name in ("name", "area", "least", "most"):
            getattr(self, name).setText(str(state[name]))
        self.bands.show_text(str(state["bands"]))
        self.guidance.show_text(str(state["guidance"]))
        self.blockSignals(False)
        self._say()

    def _tell(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        """What the limits come to, so that a mistake is seen at once."""
        try:
            kept = checked(self.value(None)) if not self.fault else None
        except KnownError:
            kept = None
        self.shown.setText(self.tr("Så läses poängen: {0}.").format(bands_words(kept)) if kept and kept.bands else "")
        self.shown.setVisible(bool(self.shown.text()))

    @property
    def fault(self) -> str:
        """What stops it from being kept, or empty."""
        for one in (self.least, self.most):
            if one.text().strip() and read_number(one.text()) is None:
                return self.tr("Skriv poängen som ett tal, till exempel 28 eller 17,5.")
        if any(read_number(text.split()[0].rstrip(":")) is None for text in self._lines()):
            return self.tr("Börja varje rad bland gränserna med en poäng, till exempel: 3 Hög risk.")
        try:
            checked(self.value(Instrument(key="", name="")))
        except KnownError as error:
            return wording(error)
        return ""

    def _lines(self) -> list[str]:
        return [text for text in self.bands.toPlainText().splitlines() if text.strip()]

    def value(self, old: Instrument | None) -> Instrument:
        """The instrument as the fields have it, under the key of the old one."""
        pairs = [(read_number(text.split()[0].rstrip(":")), text.split(maxsplit=1)[1:]) for text in self._lines()]
        bands = tuple(
            Band(from_=score, risk=words[0].strip() if words else "") for score, words in pairs if score is not None
        )
        base = old or Instrument(key="", name="")
        return replace(
            base, name=self.name.text().strip(), area=self.area.text().strip(), least=read_number(self.least.text()),
            most=read_number(self.most.text()), halves=self.halves.isChecked(), bands=bands,
            guidance=self.guidance.written, unused=not self.used.isChecked(),
        )  # fmt: skip
