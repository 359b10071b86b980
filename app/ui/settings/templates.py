"""Mötesmallar: those of the unit's meetings that were kept to begin others with; renamed and taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from app.domain.meeting_templates import LONGEST_NAME, MeetingTemplate
from app.domain.stored import Stored
from app.domain.swedish import number_word
from app.services import meeting_templates as services
from app.services.desk import Desk
from app.services.units import list_units
from app.ui.planning.short_list import Keeping, ShortList
from app.ui.settings.section import Section
from app.ui.widgets.fields import field, line
from app.ui.widgets.tables import Column
from app.ui.workplace import Workplace


def _tr(text: str) -> str:
    return QCoreApplication.translate("TemplatesSection", text)


class TemplateList(ShortList[MeetingTemplate]):
    """The templates; a new one is made of a meeting."""

    def __init__(self, place: Workplace) -> None:
        self._units: dict[str, str] = {}
        self._forums = {one.key: one.name for one in place.desk.catalogue.all}
        self.name = line(longest=LONGEST_NAME, name=_tr("Mallens namn"))
        self.name.setMinimumWidth(280)
        super().__init__(
            place, _tr("Sparade mallar"),
            _tr("En mall görs av ett möte: Mer, Spara som mall. Den väljs under Nytt möte."),
            (
                Column(_tr("Mall"), lambda one: one.value.name),
                Column(_tr("Mötesforum"), lambda one: self._forums.get(one.value.forum, one.value.forum), width=150),
                Column(_tr("Enhet"), lambda one: self._units.get(one.value.unit, ""), width=150, drop_below=560),
                Column(_tr("Innehåll"), _content, width=110),
            ),
            Keeping(
                keep=lambda desk, one, version: services.keep_meeting_template(
                    desk, template=one, expected_version=version
                ),
                remove=lambda desk, one, version: services.remove_meeting_template(
                    desk, key=one.key, expected_version=version
                ),
                named=lambda one: one.name, changed="templates", fill=self.fill, value=self.value,
                why_not=lambda: _tr("Välj en mall i listan och skriv vad den heter."),
            ),
            field(_tr("Namn"), self.name), new=_tr("Välj en mall i listan"),
        )  # fmt: skip
        self.new_button.setParent(None)
        self.save_button.setEnabled(False)
        self.name.returnPressed.connect(self.save)

    def show_templates(self, rows: Sequence[Stored[MeetingTemplate]], units: dict[str, str]) -> None:
        """Show these, with the names of their units."""
        self._units = units
        self.show_rows(rows, lambda one: one.key)
        self.save_button.setEnabled(self.standing is not None)

    def fill(self, value: MeetingTemplate | None) -> None:
        """Show a template's name."""
        self.name.setText(value.name if value else "")
        self.save_button.setEnabled(value is not None)

    def value(self, old: MeetingTemplate | None) -> MeetingTemplate | None:
        """The template with the name as it is typed."""
        name = self.name.text().strip()
        return replace(old, name=name) if old is not None and name else None


def _content(one: Stored[MeetingTemplate]) -> str:
    return number_word(len(one.value.content.items), _tr("punkt"), _tr("punkter"))


class TemplatesSection(Section):
    """The list with its one field."""

    refreshed_by = frozenset({"templates", "units"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, QCoreApplication.translate("TemplatesSection", "Mötesmallar"))
        self.list = TemplateList(place)
        self.body.addWidget(self.list, 1)

    def refresh(self) -> None:
        """Read the templates anew."""

        def work(desk: Desk) -> tuple[tuple[Stored[MeetingTemplate], ...], dict[str, str]]:
            units = {one.value.key: one.value.name for one in list_units(desk)}
            return services.list_meeting_templates(desk), units

        self.place.ask(self, work, lambda found: self.list.show_templates(*found))
