"""Avdelningarnas team: who each ward's fixed team is, who stands in, and what is missing against the routine."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QVBoxLayout, QWidget

from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import sort_key
from app.domain.team import Gap, Member, Professions
from app.domain.units import Unit, Ward, WardSubstitute
from app.services import team
from app.services.desk import Desk
from app.services.units import get_unit, save_unit
from app.ui.icons import icon
from app.ui.theme import GRID
from app.ui.widgets.controls import box, card, column, empty, label, row, scrolled
from app.ui.widgets.fields import choice, chosen
from app.ui.widgets.pages import Choices, Nothing
from app.ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class UnitTeams:
    """What is read for one unit: its wards' teams, everybody who may stand in, and what is missing."""

    unit: Stored[Unit]
    teams: dict[str, tuple[Member, ...]]
    members: tuple[Member, ...]
    gaps: tuple[Gap, ...]


def read_teams(desk: Desk, *, unit: str) -> UnitTeams:
    """The teams of a unit's wards; a unit without wards has one, under the empty key."""
    stored = get_unit(desk, key=unit)
    members = tuple(one.value for one in team.list_members(desk))
    wards = stored.value.wards
    teams = {ward.key: team.ward_team(desk, unit=unit, ward=ward.key) for ward in wards} or {
        "": tuple(one for one in members if unit in one.units)
    }
    return UnitTeams(stored, teams, members, team.team_gaps(desk, unit=unit))


class WardTeams(QWidget):
    """One card a ward; a substitute is kept as soon as she is chosen."""

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self.place = place
        self.substitutes: dict[tuple[str, str], QComboBox] = {}
        self._unit: str | None = None
        self._ward: str | None = None
        self._professions: Professions = place.desk.professions
        self._may_write = place.desk.may(Right.WRITE_REGISTERS)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(2 * GRID)
        self._cards.setContentsMargins(0, 0, GRID, 0)
        self._area = scrolled(box(self._cards), name=self.tr("Avdelningarnas team"))
        self._choices = Choices(
            self._area, Nothing(self.tr("Välj en enhet ovanför, så visas avdelningarnas team och vad som saknas."))
        )
        self.setLayout(column(self._choices))

    def show_unit(self, unit: str | None, ward: str | None) -> None:
        """Read and show the teams of a unit, or of one of its wards."""
        self._unit, self._ward = unit, ward
        if unit is None:
            self._choices.show_content(False)
            return
        self.place.ask(self, lambda desk: read_teams(desk, unit=unit), self._show)

    def _show(self, found: UnitTeams) -> None:
        if found.unit.value.key != self._unit:
            return
        standing = self._area.verticalScrollBar().value()
        empty(self._cards)
        self.substitutes = {}
        places: list[tuple[str, str, Ward | None]] = [(ward.key, ward.name, ward) for ward in found.unit.value.wards]
        places = places or [("", found.unit.value.name, None)]
        for key, name, ward in places:
            if self._ward in (None, key):
                self._cards.addWidget(self._card(found, key, name, ward))
        self._cards.addStretch(1)
        self._choices.show_content(True)
        self._area.verticalScrollBar().setValue(standing)

    def _card(self, found: UnitTeams, key: str, name: str, ward: Ward | None) -> QFrame:
        gaps = [gap for gap in found.gaps if gap.ward == key]
        members = sorted(found.teams[key], key=lambda one: (self._rank(one.profession), sort_key(one.name)))
        parts: list[QWidget] = [label(name, role="heading"), self._missing(gaps)]
        parts.append(label(self.tr("Fast team"), role="label"))
        parts.append(self._team(members, ward, found))
        if ward is None:
            hint = self.tr("Lägg till avdelningar under Inställningar för att välja ersättare.")
            parts.append(label(hint, role="muted", wrap=True))
        return card(*parts)

    def _missing(self, gaps: list[Gap]) -> QWidget:
        if not gaps:
            return self._line("circle-check", self.tr("Ingenting saknas mot rutinen."), "ok")
        lines = [self._line("triangle-alert", gap.sentence, "due") for gap in gaps]
        return box(column(label(self.tr("Saknas mot rutinen"), role="label"), *lines, space=4))

    def _line(self, mark: str, text: str, role: str) -> QWidget:
        sign = label()
        sign.setPixmap(icon(mark, color=self.place.theme.color(role)).pixmap(18, 18))
        inside = row(sign, label(text, wrap=True))
        inside.setStretch(1, 1)
        return box(inside)

    def _team(self, members: list[Member], ward: Ward | None, found: UnitTeams) -> QWidget:
        """A line for each profession: who has it, and who stands in."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(GRID)
        held: dict[str, list[Member]] = {}
        for member in members:
            held.setdefault(self._name(member.profession), []).append(member)
        for one in ward.substitutes if ward else ():
            held.setdefault(one.profession, [])
        if not held:
            return label(
                self.tr("Ingen i teamet än. Lägg till medarbetare i den första fliken."), role="muted", wrap=True
            )
        for column_number, title in enumerate((self.tr("Yrke"), self.tr("I teamet"), self.tr("Ersättare"))):
            grid.addWidget(label(title if ward or column_number < 2 else "", role="muted"), 0, column_number)
        for number, (profession, people) in enumerate(held.items(), start=1):
            licensed = self.tr(", leg.") if self._professions.is_licensed(profession) else ""
            names = ", ".join(f"{one.name} ({self.tr('natt')})" if one.night else one.name for one in people)
            grid.addWidget(label(profession + licensed, wrap=True), number, 0)
            grid.addWidget(label(names or self.tr("Ingen"), wrap=True), number, 1)
            if ward is not None:
                grid.addWidget(self._substitute(found, ward, profession), number, 2)
        for column_number, stretch in enumerate((2, 4, 3)):
            grid.setColumnStretch(column_number, stretch)
        return box(grid)

    def _substitute(self, found: UnitTeams, ward: Ward, profession: str) -> QComboBox:
        now = next((one.member for one in ward.substitutes if one.profession == profession), "")
        same = [one for one in found.members if self._name(one.profession) == profession]
        others = [one for one in found.members if one not in same and found.unit.value.key in one.units]
        options = [("", self.tr("Ingen vald"))]
        options += [(one.key, one.name) for one in same]
        options += [(one.key, f"{one.name}, {one.profession.lower()}") for one in others]
        if now and now not in {key for key, _ in options}:
            options.append((now, self.tr("Har slutat")))
        made = choice(
            options, chosen=now, name=self.tr("Ersättare för {0} på {1}").format(profession.lower(), ward.name)
        )
        made.setEnabled(self._may_write)
        if not self._may_write:
            made.setToolTip(self.tr("Din roll ({0}) får inte ändra teamet.").format(self.place.desk.actor.role.label))
        made.activated.connect(partial(self._keep, found.unit, ward, profession, made))
        self.substitutes[ward.key, profession] = made
        return made

    def _keep(self, stored: Stored[Unit], ward: Ward, profession: str, made: QComboBox, _: int = 0) -> None:
        member = chosen(made)
        others = tuple(one for one in ward.substitutes if one.profession != profession)
        added = (WardSubstitute(profession=profession, member=member),) if member else ()
        before = stored.value
        changed = replace(ward, substitutes=(*others, *added))
        if set(changed.substitutes) == set(ward.substitutes):
            return
        unit = replace(before, wards=tuple(changed if one.key == ward.key else one for one in before.wards))
        version = stored.version
        phrase = self.tr("Ersättare för {0} på {1}").format(profession.lower(), ward.name)
        self.place.act(
            self, lambda desk: save_unit(desk, unit=unit, expected_version=version), changed="units",
            said=self.tr("Ersättaren är sparad."), otherwise=self._refused,
            undo=self.place.way_back(
                phrase, lambda desk: save_unit(desk, unit=before, expected_version=version + 1),
                changed="units",
            ),
        )  # fmt: skip

    def _refused(self, error: Exception) -> bool:
        """The choice that was not kept goes back to what is."""
        self.place.report(error)
        self.show_unit(self._unit, self._ward)
        return True

    def _name(self, profession: str) -> str:
        known = self._professions.find(profession)
        return known.name if known else profession

    def _rank(self, profession: str) -> int:
        names = [one.name for one in self._professions.all]
        name = self._name(profession)
        return names.index(name) if name in names else len(names)
