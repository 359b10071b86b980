"""One case: consent at the top, message in the middle, timeline at the side, the next step as the one button."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QTabWidget

from app.domain.coordination.cases import RequestKind
from app.domain.coordination.consents import Basis
from app.domain.coordination.events import EventKind
from app.domain.coordination.moves import Move, moves, needs_basis, next_move, what_is_missing
from app.domain.coordination.views import CaseView
from app.domain.errors import Refused
from app.domain.roles import Right
from app.domain.wording import wording
from app.services.drafts import Draft
from app.ui.checklists.asking import coming_meetings, meeting_choices
from app.ui.coordination.consent_part import ConsentPart
from app.ui.coordination.contacts_part import ContactsPart
from app.ui.coordination.keeping import KIND, SEPARATE, Keeping, read_case
from app.ui.coordination.kept import CasePart
from app.ui.coordination.message_part import MessagePart, can_write
from app.ui.coordination.sip_part import SipPart
from app.ui.coordination.small_parts import ContractPart, DischargePart, PlanPart
from app.ui.coordination.step_panel import StepPanel
from app.ui.coordination.tasks_part import TasksPart
from app.ui.coordination.timeline import Timeline
from app.ui.drafts import DraftKeeper, Typed
from app.ui.widgets.controls import box, button, card, column, label, scrolled
from app.ui.widgets.pages import side_by_side
from app.ui.workplace import Workplace

_NOTE = Move(kind=EventKind.NOTE, words="Skriv en anteckning", ours=True, parties=())


class CasePage(Keeping):
    """What stands in the case is told; what is typed is a draft until its own button keeps it."""

    name = "case"
    refreshed_by = frozenset({KIND, "members", "customers"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, self.tr("Samordningsärende"))
        self._key = ""
        self.view: CaseView | None = None
        self.back_button = self.add_button(
            button(self.tr("Alla ärenden"), lambda: place.visit.emit("coordination", ""), kind="quiet",
                   icon_name="arrow-left")
        )  # fmt: skip
        self.from_button = self.add_button(button(self.tr("Till mötespunkten"), self._open_item, kind="quiet"))
        self.more_button = self.add_button(button(self.tr("Fler steg"), self._open_menu, icon_name="chevron-down"))
        self.next_button = self.add_button(button(self.tr("Nästa steg"), self._take_next, kind="primary"))
        self._make_parts()
        self._lay()
        self.keeper = DraftKeeper(self, place, SEPARATE, self._typed)
        for part in self.parts:
            part.touched.connect(self.keeper.touch)
        place.leaving.connect(self.settle)
        self._primary: Callable[[], object] = self._nothing

    def _make_parts(self) -> None:
        place, desk = self.place, self.place.desk
        self.consent, self.message, self.step = ConsentPart(place), MessagePart(), StepPanel(place)
        self.contacts, self.sip, self.contract = ContactsPart(place), SipPart(place), ContractPart()
        self.plan, self.discharge, self.tasks = PlanPart(), DischargePart(place), TasksPart(place)
        self.timeline = Timeline()
        self.parts: tuple[CasePart, ...] = (
            self.consent, self.message, self.step, self.contacts, self.sip, self.contract, self.plan, self.discharge,
        )  # fmt: skip
        self.message.may_write = desk.may(Right.WRITE_REQUESTS) or desk.may(Right.DRAFT_REQUESTS)
        self.message.save_asked.connect(self._save_message)
        self.message.ask_completion.connect(self._ask_completion)
        self.consent.recorded.connect(self._record_consent)
        self.step.taken.connect(self._take)
        self.tasks.kept.connect(self._keep_task)
        self.contacts.saved.connect(lambda value: self._part("contacts", contacts=value))
        self.contract.saved.connect(lambda value: self._part("contract", contract=value))
        self.discharge.saved.connect(lambda value: self._part("discharge", discharge=value))
        self.sip.saved.connect(lambda value: self._part("sip", sip=value))
        self.plan.saved.connect(lambda value: self._part("plan", plan=value))
        self.sip.new_meeting.connect(lambda: place.visit.emit("meetings", "new"))

    def _lay(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("Ärendets delar"))
        self.tabs.tabBar().setAccessibleName(self.tr("Ärendets delar"))
        for title, part in (
            (self.tr("Meddelandet"), self.message), (self.tr("Att göra"), self.tasks),
            (self.tr("Fast vårdkontakt"), self.contacts), (self.tr("SIP"), self.sip),
            (self.tr("Patientkontrakt"), self.contract), (self.tr("Intern plan"), self.plan),
            (self.tr("Utskrivning"), self.discharge),
        ):  # fmt: skip
            self.tabs.addTab(scrolled(part, name=title), title)
        self.tabs.setUsesScrollButtons(True)
        self.state = label(role="info", wrap=True)
        self.hint = label(role="due", wrap=True)
        self.hint.hide()
        self.body.addWidget(card(self.consent, margin=8))
        self.body.addWidget(self.hint)
        beside = column(self.step, label(self.tr("Det som har hänt"), role="heading"), space=8)
        beside.addWidget(scrolled(self.timeline, name=self.tr("Det som har hänt")), 1)
        self.body.addWidget(side_by_side(self.tabs, box(beside), sizes=(720, 320)), 1)

    # showing

    def show_key(self, key: str) -> None:
        """Show one case; `#part` behind its key shows that part."""
        key, _, part = key.partition("#")
        if key and key != self._key:
            self.settle()
            self._key, self.view = key, None
            self.refresh()
        if part:
            self.show_part(part)

    def show_part(self, key: str) -> None:
        """Show the part with that name."""
        wanted = {
            "message": self.message, "tasks": self.tasks, "contacts": self.contacts, "sip": self.sip,
            "contract": self.contract, "plan": self.plan, "discharge": self.discharge,
        }[key]  # fmt: skip
        for number in range(self.tabs.count()):
            if (page := self.tabs.widget(number)) is not None and page.isAncestorOf(wanted):
                self.tabs.setCurrentIndex(number)

    @property
    def standing(self) -> str:
        """The case that is shown."""
        return self._key

    def refresh(self) -> None:
        """Read the case anew."""
        key = self._key
        if key:
            self.place.ask(self, partial(read_case, key=key), self.show_read)

    def show_read(self, found: tuple[CaseView, Draft | None]) -> None:
        """Show the case that was read; what is being typed in it stays."""
        view, draft = found
        if view.case.key != self._key:
            return
        fresh = self.view is None
        self.view = view
        may = self.place.desk.may
        whole = may(Right.WRITE_REQUESTS)
        self.tasks.may_write = whole or (may(Right.DRAFT_REQUESTS) and can_write(view.case))
        for part in self.parts:
            if part is not self.step:
                part.show_case(view, fresh=fresh)
        if fresh:
            self.step.leave()
        self.tasks.show_case(view)
        self.timeline.show_case(view)
        for part in (self.contacts, self.sip, self.contract, self.discharge):
            part.setEnabled(whole)
        self.plan.setEnabled(self.tasks.may_write)
        self._tell(view)
        self._offer_next(view)
        if fresh and draft is not None:
            self._put_back(draft)
        elif fresh and view.case.consent is not None and view.case.consent.basis is Basis.REFUSED:
            self.show_part("plan")
        if whole:
            self.place.ask(
                self, lambda desk: coming_meetings(desk, unit=view.case.unit),
                lambda rows: self.sip.offer_meetings(meeting_choices(rows, today=self.place.desk.today)),
            )  # fmt: skip

    def _tell(self, view: CaseView) -> None:
        case, today = view.case, self.place.desk.today
        self.title.setText(view.label)
        others = ", ".join(one.name for one in case.parties if not one.own)
        told = [f"{case.kind.label}, {case.direction.label.lower()}", others, case.status.label]
        if case.outcome:
            told.append(case.outcome.label)
        if case.reason:
            told.append(case.reason)
        late = [one.words for one in view.waits if one.is_late(today)]
        told += [one.words for one in view.waits if one.words not in late]
        told += [self.tr("försenat: {0}").format(words) for words in late]
        self.subtitle.setText(" · ".join(dict.fromkeys(told)))
        self.from_button.setVisible(bool(view.item_meeting))
        number = self.tabs.count() - 1
        self.tabs.setTabVisible(number, case.kind is RequestKind.DISCHARGE or case.discharge is not None)

    # the next step

    def _nothing(self) -> None:
        """There is no next step."""

    def _now(self) -> dt.datetime:
        now = self.place.desk.clock.now()
        return dt.datetime.combine(self.place.desk.today, now.time().replace(second=0, microsecond=0))

    def _offer_next(self, view: CaseView) -> None:
        """The one button: consent first, then the step that usually follows; why not is said beside it."""
        desk, case = self.place.desk, view.case
        move = next_move(case, at=self._now())
        hint, words, takes = "", "", False
        action: Callable[[], object] = self._nothing
        if move is not None and needs_basis(case, on=desk.today) and view.may_record_consent and move.refused:
            words, action = self.tr("Anteckna samtycke"), self.consent.open_form
            if case.consent is not None and case.consent.basis in (Basis.REFUSED, Basis.WITHDRAWN):
                words, action = self.tr("Planera internt"), partial(self.show_part, "plan")
        elif move is not None:
            words, action, takes = move.words, partial(self.begin_step, move), True
            hint = what_is_missing(case) or (wording(move.refused) if move.refused else "")
        may = move is not None and (not takes or self._may(move))
        if move is not None and not may and desk.may(Right.WRITE_REQUESTS):
            hint = self.tr("Din roll ({0}) skickar inte. Be en sjuksköterska eller annan legitimerad.").format(
                desk.actor.role.label.lower()
            )
        self._primary = action
        self.next_button.setText(words)
        self.next_button.setAccessibleName(words)
        self.next_button.setVisible(bool(words) and may)
        self.next_button.setEnabled(not (takes and move is not None and move.refused is not None))
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.more_button.setVisible(desk.may(Right.WRITE_REQUESTS))

    def _may(self, move: Move) -> bool:
        may = self.place.desk.may
        return may(Right.WRITE_REQUESTS) and (not move.sends or may(Right.SEND_REQUESTS))

    def _take_next(self) -> None:
        self._primary()

    @property
    def offered(self) -> tuple[Move, ...]:
        """The steps behind "Fler steg": those that can be taken now, a note last."""
        if self.view is None:
            return ()
        return (*moves(self.view.case, at=self._now()), _NOTE)

    def _open_menu(self) -> None:
        menu = QMenu(self.more_button)
        menu.setAccessibleName(self.more_button.accessibleName())
        menu.setToolTipsVisible(True)
        for move in self.offered:
            action = menu.addAction(move.words)
            action.triggered.connect(lambda _checked=False, move=move: self.begin_step(move))
            if move.refused or not self._may(move):
                action.setEnabled(False)
                action.setToolTip(wording(move.refused) if move.refused else self.tr("Din roll skickar inte."))
        if self.view is not None and not self.view.case.status.ended and self.place.desk.may(Right.SEND_REQUESTS):
            menu.addAction(self.tr("Lägg till en part …")).triggered.connect(lambda _checked=False: self.ask_party())
        menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height())))

    def begin_step(self, move: Move, *, fields: tuple[str, ...] = ()) -> None:
        """Show the panel for a step; what is typed in the message is kept first."""
        if self.view is None:
            return
        if self.message.dirty:
            self._save_message(then=lambda: self.begin_step(move, fields=fields))
            return
        if move.kind is EventKind.COMPLETION_ASKED and not fields:
            fields = self.message.wanted_keys
        names = {one: self.message.texts[one].accessibleName() for one in fields if one in self.message.texts}
        asked = self.tr("Be om mer: {0}.").format(", ".join(names.values())) if names else ""
        self.step.begin(move, self.view, fields=fields, asked=asked)

    def _ask_completion(self, fields: tuple[str, ...]) -> None:
        move = next((one for one in self.offered if one.kind is EventKind.COMPLETION_ASKED), None)
        if move is None or move.refused:
            step, view = EventKind.COMPLETION_ASKED.label.lower(), self.view
            status = view.case.status.label.lower() if view is not None else ""
            cannot = Refused("request_step", step=step, status=status)
            self.place.troubled.emit(wording(move.refused if move and move.refused else cannot))
            return
        self.begin_step(move, fields=fields)

    # what is typed

    def _typed(self) -> Typed | None:
        if self.view is None:
            return None
        state = {part.key: part.state for part in self.parts if part.dirty and part is not self.step}
        if not state:
            return None
        content = json.dumps(state, ensure_ascii=False)
        return Typed(self.view.case.key, self.view.stored.version, content)

    def _put_back(self, draft: Draft) -> None:
        state = json.loads(draft.content)
        for part in self.parts:
            if part.key in state:
                part.show_state(state[part.key])
        self.keeper.took(draft)
        self.place.told.emit(self.tr("Det du inte hann spara står kvar i ärendet."))

    def settle(self) -> None:
        """Keep what is typed as a draft."""
        self.keeper.leave()
