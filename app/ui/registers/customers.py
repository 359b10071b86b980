"""Kunder: who lives where, how it stands with each, and what is coming for her."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.customers import Customer, CustomerStatus
from app.domain.point_start import NOWHERE, PointStart
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.team import Member
from app.domain.units import Unit
from app.services import customers, team
from app.services.customer_view import CustomerView, open_customer
from app.services.desk import Desk
from app.services.units import list_units
from app.ui.emergency import EmergencyForm
from app.ui.registers.beside import ListBesideDetail
from app.ui.registers.coming import Coming
from app.ui.registers.customer_form import CustomerForm
from app.ui.registers.customer_table import CustomerTable
from app.ui.registers.detail import Detail
from app.ui.registers.ending import Ending
from app.ui.registers.merging import MergeQuestion
from app.ui.registers.moving import Moving
from app.ui.registers.place_filter import PlaceFilter
from app.ui.registers.register import Register
from app.ui.registers.register_page import RegisterPage
from app.ui.registers.status_chips import StatusChips
from app.ui.registers.status_history import StatusHistory, status_words
from app.ui.widgets.controls import box, button, column, row
from app.ui.widgets.flow import Flow
from app.ui.widgets.pages import Choices, Nothing, Page
from app.ui.workplace import Workplace

Row = Stored[Customer]


@dataclass(frozen=True, slots=True)
class CustomerList:
    """What the page shows: customers, and the units, members and names to show and choose among."""

    units: tuple[Unit, ...]
    customers: tuple[Row, ...]
    members: tuple[Member, ...]
    names: dict[str, str]


class CustomersPage(RegisterPage, Page):
    """Customers left, the chosen one right."""

    name = "customers"
    refreshed_by = frozenset({"customers", "members", "units", "meetings", "actions", "emergency"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Kunder"))
        desk = place.desk
        self._may_read = desk.may(Right.READ_CUSTOMERS)
        self._may_write = desk.may(Right.WRITE_CUSTOMERS) or desk.may(Right.WRITE_REGISTERS)
        self._rows: tuple[Row, ...] = ()
        self._units: tuple[Unit, ...] = ()
        self._view: CustomerView | None = None
        self._jump = ""
        self.status = StatusChips(self.refresh)
        self.filter = PlaceFilter(*self.status.chips, search=self.tr("Sök kund eller kontakt"))
        self.filter.changed.connect(self.refresh)
        self.filter.typed.connect(self._show_rows)
        self.form = CustomerForm(desk)
        self.table = CustomerTable(place)
        self.setFocusProxy(self.table)
        self.table.opened.connect(lambda _: self.form.reference.setFocus())
        self.detail: Detail[Customer, CustomerView] = self._make_detail()
        self.history = StatusHistory(desk, self._change_status)
        self.coming = Coming(place)
        self._beside = self._make_beside()
        self.emergency = EmergencyForm(place)
        self.emergency.left.connect(self._leave_emergency)
        self._make_buttons()
        if not self._may_read:
            self.body.addWidget(Nothing(self.tr("Ditt konto ger inte rätt att se kunder. Be enhetschefen om hjälp.")))
            return
        self.add_filter(self.filter)
        self.beside = ListBesideDetail(self.table, self.detail, key=lambda one: one.key, sizes=(640, 380))
        self.choices = Choices(self.beside, self._nothing())
        self.body.addWidget(self.emergency)
        self.body.addWidget(self.choices, 1)

    def _make_buttons(self) -> None:
        if not self._may_read:
            return
        desk = self.place.desk
        sees_all = desk.actor.units is None and desk.may(Right.READ_EVERY_CUSTOMER)
        if desk.may(Right.OPEN_EMERGENCY) and not sees_all:
            self.add_button(button(self.tr("Nödöppning …"), self.emergency.begin, kind="quiet", icon_name="lock-open"))
        self.add_button(button(self.tr("Turordning"), self._show_turns, icon_name="repeat"))
        load = self.add_button(
            button(self.tr("Läs in från fil …"), lambda: self.place.visit.emit("settings", "import"))
        )
        load.setVisible(self.place.desk.may(Right.EXCHANGE))
        self.add_button_ = self.add_button(
            button(
                self.tr("Lägg till kund"), self.begin, kind="primary", icon_name="user-plus", shortcut="Ctrl+Shift+N"
            )
        )
        self.add_button_.setVisible(self._may_write)
        self.add_button_.setEnabled(self._may_write)  # its keys press it where it is hidden too

    def _show_over_time(self) -> None:
        self.place.visit.emit("history", self.detail.key or "")

    def _show_turns(self) -> None:
        self.place.visit.emit("turns", self.filter.unit or "")

    def _leave_emergency(self) -> None:
        """Go on in the list: in the unit that was opened, once it is read."""
        self.emergency.hide()
        self._jump = self.emergency.opened
        self.table.setFocus()

    def _why(self) -> str:
        return self.tr("Din roll ({0}) får inte ändra kunder.").format(self.place.desk.actor.role.label)

    def _nothing(self) -> Nothing:
        if not self._may_write:
            return Nothing(self.tr("Inga kunder att visa här."))
        return Nothing(
            self.tr("Här finns ingen kund än. Lägg till dem som bor här, eller ta in en lista från fil."),
            self.tr("Lägg till den första kunden"),
            self.begin,
        )

    def _make_detail(self) -> Detail[Customer, CustomerView]:
        form = self.form
        register: Register[Customer, CustomerView] = Register(
            kind="customers",
            read=lambda desk, key: open_customer(desk, key=key),
            stored=lambda view: view.stored,
            add=lambda desk, one: customers.add_customer(desk, customer=one),
            save=lambda desk, one, version: customers.save_customer(desk, customer=one, expected_version=version),
            key=lambda one: one.key,
            title=lambda one: one.label if one else self.tr("Ny kund"),
            show=self._show_customer,
            value=form.value,
            fault=form.fault,
            locked=self._locked,
            # A notice may be read over somebody's shoulder: it does not name the customer.
            spoken=lambda _: self.tr("Kunden"),
        )
        detail: Detail[Customer, CustomerView] = Detail(
            self.place, form, register, name=self.tr("Kunden"), may_write=self._may_write,
            nothing=self.tr("Välj en kund i listan."),
        )  # fmt: skip
        detail.moved.connect(self._follow)
        form.set_editable(self._may_write, self._why())
        form.reveal_asked.connect(self._reveal)
        return detail

    def _locked(self, customer: Customer) -> str:
        """A customer whom only an emergency opened is read, whatever the person may change in her own units."""
        return "" if self.place.desk.actor.works_in(customer.unit) else self.tr("Bara läsning, nödöppning")

    def _reveal(self) -> None:
        """Show what the customer's protected identity hides; the log says who looked."""
        key = self.detail.key
        if key is not None:
            self.place.ask(
                self, lambda desk: customers.reveal_customer(desk, key=key),
                lambda stored: self.form.show_hidden(stored.value) if self.detail.key == key else None,
            )  # fmt: skip

    def _make_beside(self) -> QWidget:
        self.point_button = button(
            self.tr("Ta upp på möte …"), self._add_point, kind="quiet", icon_name="list-plus", tip=self.tr(
                "Lägg till en punkt om kunden (Ctrl+N)"
            ),
        )  # fmt: skip
        self.move_button = button(self.tr("Flytta…"), self._move, kind="quiet", icon_name="arrow-right")
        self.end_button = button(self.tr("Avsluta kunden…"), self._end, kind="quiet", icon_name="door-closed")
        self.merge_button = button(self.tr("Slå ihop…"), self._merge, kind="quiet", icon_name="merge")
        self.case_button = button(
            self.tr("Nytt samordningsärende"), self._begin_case, kind="quiet", icon_name="handshake"
        )
        begins = any(self.place.desk.may(one) for one in (Right.WRITE_REQUESTS, Right.DRAFT_REQUESTS))
        self.case_button.setVisible(begins)
        self._acts = box(Flow(self.move_button, self.end_button, self.merge_button))
        over_time = button(self.tr("Uppföljning över tid"), self._show_over_time, icon_name="history")
        made = box(
            column(self._acts, row(over_time, None), row(self.case_button, None), self.history, self.coming, space=16)
        )
        layout = self.form.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(0, box(row(self.point_button, None)))  # what is done most often comes first
            layout.addWidget(made)
        return made

    def refresh(self) -> None:
        """Read the list anew, and the customer that is shown."""
        if not self._may_read:
            return
        unit, ward, status = self.filter.unit, self.filter.ward, self.status.chosen
        if self._jump:
            unit, ward = self._jump, None

        def work(desk: Desk) -> CustomerList:
            units = tuple(one.value for one in list_units(desk))
            wanted = unit if unit in {one.key for one in units} else None
            rows = customers.list_customers(desk, unit=wanted, ward=ward, status=status)
            members = tuple(one.value for one in team.list_members(desk))
            return CustomerList(units, rows, members, team.member_names(desk))

        self.place.ask(self, work, self._show)
        self.detail.reread()

    def _show(self, found: CustomerList) -> None:
        self._rows, self._units = found.customers, found.units
        self.table.ward_names = {ward.key: ward.name for unit in found.units for ward in unit.wards}
        self.table.member_names = found.names
        self.filter.offer(found.units)
        if self._jump:
            self.filter.search.clear()
            self.filter.choose(self._jump)
            self._jump = ""
        self.form.offer(found.units, members=found.members, names=found.names)
        self._show_rows()

    def _show_rows(self) -> None:
        words = self.filter.words
        shown = [row for row in self._rows if not words or words in self.table.words_of(row)]
        self.table.show_rows(shown)
        self.subtitle.setText(self.tr("1 kund") if len(shown) == 1 else self.tr("{0} kunder").format(len(shown)))
        unfiltered = self.status.chosen is None and self.filter.ward is None
        self.choices.show_content(bool(self._rows) or not unfiltered or self.detail.key is not None)
        self.table.stand_on(lambda row: row.value.key == self.detail.key)

    @property
    def may_open(self) -> bool:
        """Whether she may read customers."""
        return self._may_read

    def _show_customer(self, view: CustomerView | None) -> None:
        self._view = view
        may_write = self.detail.may_write
        self.form.set_editable(may_write, self.detail.only_read.text() or self._why())
        self.form.reveal.setEnabled(may_write)
        self.choices.show_content(True)
        self._beside.setVisible(view is not None)
        self.point_button.hide()
        if view is None:
            first = self._units[0].key if self._units else ""
            self.form.fill(None, unit=self.filter.unit or first, ward=self.filter.ward)
            self.form.reference.setFocus()
            return
        customer = view.stored.value
        self.form.fill(customer)
        self.detail.say_under(f"{self.form.home.words}\n{status_words(customer, today=self.place.desk.today)}")
        self.history.show_customer(customer, may_write=may_write)
        self.coming.show_view(view)
        left = customer.status_on(self.place.desk.today) is CustomerStatus.LEFT
        self.point_button.setVisible(not left and self.place.desk.may(Right.PROPOSE_ITEMS))
        self.move_button.setVisible(may_write and not left)
        self.end_button.setVisible(may_write and not left)
        self.merge_button.setVisible(may_write and self.place.desk.may(Right.WRITE_REGISTERS))

    def _follow(self, key: str) -> None:
        if self.detail.key is None:
            self._show_rows()
        else:
            self.table.stand_on(lambda row: row.value.key == key)

    def _change_status(self) -> None:
        customer, version = self.detail.value, self.detail.version
        if customer is None or self.detail.unsaved_first():
            return
        status, day, key = self.history.wanted, self.history.day.day, customer.key
        if day is None:
            self.detail.show_fault(self.tr("Skriv från vilken dag, till exempel 12/3."))
            return
        back = self.place.way_back(
            self.tr("Ändra status"),
            lambda desk: customers.save_customer(desk, customer=customer, expected_version=version + 1),
            changed="customers",
        )  # fmt: skip
        self.place.act(
            self,
            lambda desk: customers.change_status(desk, key=key, status=status, on=day, expected_version=version),
            changed="customers", undo=back, said=self.tr("Ny status: {0}.").format(status.label.lower()),
        )  # fmt: skip

    @property
    def point_start(self) -> PointStart:
        """A point begun here is about the customer that is shown."""
        one = self.detail.value if self._may_read else None
        return PointStart(customer=one.key, unit=one.unit, ward=one.ward or "") if one is not None else NOWHERE

    def _add_point(self) -> None:
        from app.ui.meetings.quick_point import QuickPoint  # noqa: PLC0415 - loaded when first used

        QuickPoint(self, self.place, self.point_start).open()

    def _move(self) -> None:
        if self._view is not None and not self.detail.unsaved_first():
            self.detail.show_tool(Moving(self.place, self._view.stored, self._units, self._view.meetings))

    def _begin_case(self) -> None:
        if self._view is not None:
            self.place.visit.emit("coordination", f"new:{self._view.stored.value.key}")

    def _end(self) -> None:
        if self._view is not None and not self.detail.unsaved_first():
            self.detail.show_tool(Ending(self.place, self._view.stored))

    def _merge(self) -> None:
        customer = self.detail.value
        if customer is None or self.detail.unsaved_first():
            return
        others = [(row.value.key, row.value.label) for row in self._rows if row.value.key != customer.key]

        def merge(drop: str) -> None:
            self.place.act(
                self, lambda desk: customers.merge_customers(desk, keep=customer.key, drop=drop), changed="customers",
                said=self.tr("Raderna är nu en."),
            )  # fmt: skip

        MergeQuestion(self, kept=customer.label, others=others, on_merge=merge).open()
