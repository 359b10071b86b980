"""What is around the pages once somebody is in: the rail, the message bar, the way back, and the keys for all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLayout, QLineEdit, QPlainTextEdit, QScrollArea, QStackedWidget, QWidget

from app.domain.idle import USUAL
from app.domain.log_words import lost_words
from app.domain.point_start import NOWHERE
from app.domain.roles import Right
from app.services.desk import Desk
from app.services.preferences import get_preference, set_preference
from app.services.units import list_units
from app.ui.colleagues import Colleagues
from app.ui.emergency import CHANGED, EmergencyStrip
from app.ui.idle import IdleMinutes
from app.ui.log_end import LogEndKeeper
from app.ui.places import LAST_KEY, make_page, places_for
from app.ui.rail import Rail
from app.ui.speller import Speller
from app.ui.theme import Theme
from app.ui.toolkit import make_application, system_theme
from app.ui.widgets.controls import column, row
from app.ui.widgets.messages import FloatingBar
from app.ui.widgets.pages import Page
from app.ui.workplace import Workplace

_LONGEST_WAY_BACK = 30
_NARROW, _LOW = 900, 480
_SMALLEST = (320, 240)
_USUAL = {"look": "system", "rail": "wide", "idle_minutes": USUAL, "geometry": ""}


@runtime_checkable
class Hiding(Protocol):
    """What is shown alone, and knows which texts must not be seen meanwhile."""

    def hides(self, text: str) -> bool:
        """Whether the text names somebody else."""


class Frame(QWidget):
    """Rail left, page right; pages are made when they are first visited."""

    titled = Signal(str)

    def __init__(
        self, place: Workplace, *, on_lock: Callable[[], None], on_switch: Callable[[], None],
        on_idle_minutes: Callable[[float], None],
    ) -> None:  # fmt: skip
        super().__init__()
        self.place = place
        self._on_lock, self._on_switch = on_lock, on_switch
        self._idle = IdleMinutes(self, place, on_idle_minutes)
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._way: list[tuple[str, str]] = []
        self._here = ("", "")
        self._wanted_rail = "wide"
        self._alone: QWidget | None = None
        """What is shown alone while a customer sees the screen."""
        self._only: object = None
        actor = place.desk.actor
        self._places = places_for(place.desk.may)
        self.rail = Rail(
            actor.full_name, actor.role.label, places=self._places, on_visit=lambda name: self.visit(name, ""),
            on_lock=on_lock, on_switch=on_switch,
        )  # fmt: skip
        self._stack = QStackedWidget()
        self.bar = FloatingBar(self._stack)
        self.strip = EmergencyStrip(place)
        beside = column(self.strip, self._stack, space=0)
        beside.setStretch(1, 1)
        whole = row(self.rail, beside, space=0)
        whole.setStretch(1, 1)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(whole)
        place.visit.connect(self.visit)
        place.told.connect(self._tell)
        place.troubled.connect(self._tell_fault)
        place.part_left.connect(self.bar.dismiss_fault)
        place.shut_out.connect(self._offer_log_in)
        place.changed.connect(self._refresh)
        place.changed_elsewhere.connect(self._refresh_by_others)
        place.back.connect(self.refresh_all)
        self.speller = Speller(place, place.around.dictionary)
        self.colleagues = Colleagues(place)
        self.log_end = LogEndKeeper(place)
        place.live_changed.connect(self._tell_live)
        place.alone.connect(self._show_alone)
        self._make_keys()

    def _make_keys(self) -> None:
        for number, one in self._places.items():
            if number <= LAST_KEY:
                self._key(f"Ctrl+{number}", partial(self.visit, one.name, ""))
        for keys, action in (
            ("Alt+Left", self.go_back), ("Ctrl+K", self.seek), ("Ctrl+F", partial(self.visit, "search", "")),
            ("Ctrl+N", self.add_point), ("F1", self.help),
            ("Ctrl+L", self._on_lock), ("Ctrl+Shift+L", self._on_switch), ("F5", self.refresh), ("Ctrl+Z", self.undo),
        ):  # fmt: skip
            self._key(keys, action)

    def _key(self, keys: str, action: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(action)

    @property
    def where(self) -> tuple[str, str]:
        """The page that is shown and what lies there."""
        return self._here

    @property
    def standing(self) -> tuple[str, str]:
        """What leads back to where the person stands on the page."""
        name, key = self._here
        return name, (self.page.standing if self.page is not None else "") or key

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._pages.get(self._here[0])

    def begin(self, name: str, key: str) -> None:
        """Show the first page, then read the person's settings."""
        self.visit(name, key)
        if self.place.desk.lost_log is not None:
            self.bar.show_fault(lost_words(self.place.desk.lost_log), stays=True)
        self.place.ask(self, _preferences, self._apply_preferences)
        self.place.ask(self, _own_units, self.rail.show_units)
        self.colleagues.start()
        self.log_end.start()
        self.strip.refresh()

    def visit(self, name: str, key: str) -> None:
        """Go to a page and what lies there, keeping what is being typed on this one."""
        if self._closed_off():
            return
        if self.page is not None:
            if self._here != (name, key):
                self.bar.dismiss_fault()  # before what is typed is kept: that may fail, and is told then
            self.page.settle()
            if self._here != (name, key):
                self._way = [*self._way, self._here][-_LONGEST_WAY_BACK:]
        self._show(name, key)

    def go_back(self) -> None:
        """Go to where one came from."""
        if self._way and not self._closed_off():
            self.bar.dismiss_fault()
            if self.page is not None:
                self.page.settle()
            self._show(*self._way.pop())

    def _show(self, name: str, key: str) -> None:
        page = self._pages.get(name)
        fresh = page is None
        if page is None:
            page = self._pages[name] = make_page(name, self.place)
            self._stack.addWidget(_fitting(page))
        self._here = (name, key)
        self.bar.dismiss_notice()
        self._stack.setCurrentWidget(self._holder(page))
        self.rail.mark(name)
        self.titled.emit(page.windowTitle() or page.accessibleName())
        if fresh or name in self._stale or name == "today":
            self._stale.discard(name)
            page.refresh()
        page.setFocus()
        page.show_key(key)
        self._tell_live()

    def _holder(self, page: Page) -> QWidget:
        holders = [self._stack.widget(number) for number in range(self._stack.count())]
        return next(one for one in holders if one is not None and one.isAncestorOf(page))

    def refresh(self) -> None:
        """Read the page anew."""
        if self.page is not None:
            self.page.refresh()

    def refresh_all(self) -> None:
        """Read every page anew."""
        self._renew(tuple(self._pages))

    def settle(self) -> None:
        """Keep what is being typed, and the window's size."""
        if self.page is not None:
            self.page.settle()
        geometry = bytes(self.window().saveGeometry().toBase64().data()).decode()
        desk = self.place.desk
        self.place.runner.start(
            lambda: set_preference(desk, name="geometry", value=geometry), done=lambda _: None, failed=self.place.report
        )

    def undo(self) -> None:
        """Take back the latest gesture; a text field takes back its own typing first."""
        field = QApplication.focusWidget()
        if (isinstance(field, QLineEdit) and field.isUndoAvailable()) or (
            isinstance(field, QPlainTextEdit) and field.document().isUndoAvailable()
        ):
            field.undo()
        elif self.place.undo_phrase:
            self.place.undo()
        else:
            self.place.told.emit(self.tr("Det finns inget att ångra."))

    def only_customer(self) -> None:
        """Show only the customer at hand, or the whole meeting again."""
        if self.page is None or not self.page.only_customer():
            self.place.told.emit(self.tr("Öppna ett möte och ställ dig på en punkt om en kund."))

    def _show_alone(self, view: QWidget | None) -> None:
        """Show one widget and close off all else; None opens it again."""
        if self._alone is not None:
            self._stack.removeWidget(self._alone)
            self._alone.deleteLater()
            self._alone = None
        self._only = view
        if view is not None:
            from app.ui.shell import close_others  # noqa: PLC0415 - the window is there already

            close_others(self.window())
            self._alone = _fitting(view)
            self._stack.addWidget(self._alone)
            self._stack.setCurrentWidget(self._alone)
        elif self.page is not None:
            self._stack.setCurrentWidget(self._holder(self.page))
            self.page.setFocus()
        self.rail.setVisible(view is None)
        self.bar.hide()

    def _tell(self, text: str) -> None:
        """Say that something was done; before a customer who sees the screen without the names of others."""
        self.bar.show_notice(self.tr("Klart.") if self._hides(text) else text)

    def _tell_fault(self, text: str) -> None:
        self.bar.show_fault(self.tr("Något gick inte. Läs vad när hela mötet visas.") if self._hides(text) else text)

    def _hides(self, text: str) -> bool:
        return isinstance(self._only, Hiding) and self._only.hides(text)

    def _closed_off(self) -> bool:
        """Whether only one customer may be seen: then nothing else is opened, and how to come back is said."""
        if self._alone is None:
            return False
        self.place.told.emit(self.tr("Bara en kund visas nu. Tryck F9 för att visa allt igen."))
        return True

    def seek(self) -> None:
        """Find anything: pages, commands, meetings, people."""
        if self._closed_off():
            return
        from app.ui.commands import commands_of  # noqa: PLC0415 - loaded when first used
        from app.ui.finder import Finder  # noqa: PLC0415

        Finder(self, self.place, commands_of(self)).open()

    def print_period(self, kind: str = "") -> None:
        """Print the agendas, calls or minutes of a period, one `kind` chosen beforehand."""
        if self._closed_off():
            return
        from app.ui.papers.period import PeriodPrint  # noqa: PLC0415 - loaded when first used

        PeriodPrint(self, self.place, kind=kind).open()

    def lock(self) -> None:
        """Lock the window."""
        self._on_lock()

    def switch_user(self) -> None:
        """Lock the window and let somebody else log in."""
        self._on_switch()

    def _tell_live(self) -> None:
        self._idle.set_live(self.page.live_unit if self.page is not None else "")

    def add_point(self) -> None:
        """Add a point to this meeting's agenda, or to one that is chosen."""
        if self._closed_off():
            return
        page = self.page
        if page is not None and page.add_point():
            return
        if not self.place.desk.may(Right.PROPOSE_ITEMS):
            self.place.told.emit(self.tr("Din roll kan läsa möten men inte lägga till punkter. Be en kollega."))
            return
        from app.ui.meetings.quick_point import QuickPoint  # noqa: PLC0415 - loaded when first used

        QuickPoint(self, self.place, page.point_start if page is not None else NOWHERE).open()

    def help(self) -> None:
        """Show the user guide."""
        from app.ui.guide import Guide  # noqa: PLC0415 - loaded when first used

        Guide(self, self.place, chapter=self._here[0]).show()

    def _offer_log_in(self, sentence: str) -> None:
        """The person may do nothing more as she is: say why, with the way to log in anew."""
        self.bar.show_fault(sentence, action=self.tr("Till inloggningen"), on_click=self._on_lock)

    def _refresh(self, kind: str) -> None:
        if kind == CHANGED:
            self.strip.refresh()
            self.refresh_all()
            return
        if kind == "units":
            self.place.ask(self, _own_units, self.rail.show_units)
        if kind == "preferences":
            self._idle.renew()
            self.place.ask(self, _preferences, self._apply_preferences)
            return
        self._renew(name for name, page in self._pages.items() if kind in page.refreshed_by)

    def _refresh_by_others(self, kind: str) -> None:
        self._renew(name for name, page in self._pages.items() if kind in page.refreshed_by | page.refreshed_by_others)

    def _renew(self, names: Iterable[str]) -> None:
        """Read the shown page anew, the others when they are visited."""
        for name in names:
            if self._pages[name] is self.page:
                self._pages[name].refresh()
            else:
                self._stale.add(name)

    def _apply_preferences(self, found: dict[str, object]) -> None:
        app = make_application()
        look = found["look"]
        theme = system_theme(app) if look == "system" else Theme(dark=look == "dark")
        if theme.dark != self.place.theme.dark:
            theme.apply(app)
            theme.dress(self.window())
            self.place.theme.dark, self.place.theme.palette = theme.dark, theme.palette
            self.rail.redraw()
            self._draw_anew()
        self._idle.set_own(found["idle_minutes"])
        self._wanted_rail = str(found["rail"])
        self._fit_rail()
        geometry = found["geometry"]
        if isinstance(geometry, str) and geometry and not self.window().property("placed"):
            self.window().setProperty("placed", True)
            self.window().restoreGeometry(QByteArray.fromBase64(geometry.encode()))

    def _draw_anew(self) -> None:
        """Make the pages again in the new colours; what is being typed is kept first."""
        self.settle()
        here = self.standing
        for page in self._pages.values():
            holder = self._holder(page)
            self._stack.removeWidget(holder)
            holder.deleteLater()
        self._pages.clear()
        self._show(*here)

    def _fit_rail(self) -> None:
        self.rail.set_low(self.height() < _LOW)
        self.rail.set_narrow(self._wanted_rail == "narrow" or self.width() < _NARROW)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # the toolkit's own event
        self._fit_rail()


def _fitting(page: QWidget) -> QScrollArea:
    """The page, scrolled where the window is too small for it: nothing is cut at 200 % scale."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setAccessibleName(page.accessibleName())
    made.setMinimumSize(*_SMALLEST)
    made.setWidget(page)
    return made


def _preferences(desk: Desk) -> dict[str, object]:
    return {name: get_preference(desk, name=name, default=usual) for name, usual in _USUAL.items()}


def _own_units(desk: Desk) -> tuple[str, ...]:
    """The names of the units that the account reaches, emergencies apart."""
    return tuple(one.value.name for one in list_units(desk) if desk.actor.works_in(one.value.key))
