"""What is kept of a case from its page: the message, steps, the basis and the parts, each through its service."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from app.domain.coordination.cases import Outcome
from app.domain.coordination.consents import Basis, Consent
from app.domain.coordination.duties import CaseTask
from app.domain.coordination.events import CaseEvent
from app.domain.coordination.views import CaseView
from app.domain.errors import KnownError
from app.domain.wording import wording
from app.services import coordination, coordination_parts, coordination_tasks
from app.services.coordination_view import open_request
from app.services.desk import Desk
from app.services.drafts import Draft, read_draft
from app.ui.coordination.add_party import AddParty
from app.ui.coordination.consent_part import ConsentPart
from app.ui.coordination.contacts_part import ContactsPart
from app.ui.coordination.kept import CasePart
from app.ui.coordination.message_part import MessagePart
from app.ui.coordination.sip_part import SipPart
from app.ui.coordination.small_parts import ContractPart, DischargePart, PlanPart
from app.ui.coordination.step_panel import StepPanel
from app.ui.drafts import DraftKeeper
from app.ui.widgets.pages import Page

KIND = "requests"
"""The kind of change that pages with cases follow."""
SEPARATE = "request"
"""What the draft of a case is called."""


class Keeping(Page):
    """The part of the page that changes the case; `change` is the one way, with the draft held meanwhile."""

    view: CaseView | None
    keeper: DraftKeeper
    consent: ConsentPart
    message: MessagePart
    step: StepPanel
    contacts: ContactsPart
    sip: SipPart
    contract: ContractPart
    plan: PlanPart
    discharge: DischargePart

    def show_part(self, key: str) -> None:
        """Show the part with that name."""

    def show_read(self, found: tuple[CaseView, Draft | None]) -> None:
        """Show a case that was read."""

    def _change(
        self, work: Callable[[Desk, str, int], object], *, said: str, then: Callable[[], object] | None = None,
        otherwise: Callable[[Exception], bool] | None = None, undo: Callable[[Desk, str, int], object] | None = None,
    ) -> None:  # fmt: skip
        if self.view is None:
            return
        key, version = self.view.case.key, self.view.stored.version
        self.keeper.hold()

        def kept(_: object) -> None:
            self.keeper.release(saved=True)
            self.keeper.drop(key)
            if undo is not None:
                back = self.place.way_back(said, lambda desk: undo(desk, key, version + 1), changed=KIND)
                self.place.remember(back)
            else:
                self.place.forget_undo()
            if then is not None:
                then()

        def refused(error: Exception) -> bool:
            self.keeper.release(saved=False)
            return otherwise(error) if otherwise is not None else False

        self.place.act(
            self, lambda desk: work(desk, key, version), kept, changed=KIND, said=said, otherwise=refused
        )  # fmt: skip

    def _save_message(self, then: Callable[[], object] | None = None) -> None:
        if self.view is None:
            return
        fields, not_relevant = self.message.values
        before = self.view.case

        def kept() -> None:
            self.message.is_clean()
            self.refresh_then(then)

        self._change(
            lambda desk, key, version: coordination.fill_request(
                desk, key=key, fields=fields, not_relevant=not_relevant, expected_version=version
            ),
            said=self.tr("Meddelandet är sparat."), then=kept,
            undo=lambda desk, key, version: coordination.fill_request(
                desk, key=key, fields=before.fields, not_relevant=before.not_relevant, expected_version=version
            ),
        )  # fmt: skip

    def refresh_then(self, then: Callable[[], object] | None) -> None:
        """Read the case anew, then go on."""
        key = self.standing

        def shown(found: tuple[CaseView, Draft | None]) -> None:
            self.show_read(found)
            if then is not None:
                then()

        self.place.ask(self, partial(read_case, key=key), shown)

    def _take(self, event: CaseEvent, reason: str | None, outcome: Outcome | None) -> None:
        self._change(
            lambda desk, key, version: coordination.note_event(
                desk, key=key, event=event, reason=reason, outcome=outcome, expected_version=version
            ),
            said=self.tr("{0}.").format(event.kind.label), then=self.step.leave, otherwise=self._told(self.step),
        )  # fmt: skip

    def _record_consent(self, consent: Consent) -> None:
        def kept() -> None:
            self.consent.close_form()
            if consent.basis is Basis.REFUSED:
                self.show_part("plan")

        self._change(
            lambda desk, key, version: coordination.record_consent(
                desk, key=key, consent=consent, expected_version=version
            ),
            said=self.tr("Grunden är antecknad."), then=kept, otherwise=self._told(self.consent),
        )  # fmt: skip

    def _told(self, part: StepPanel | ConsentPart) -> Callable[[Exception], bool]:
        def told(error: Exception) -> bool:
            if isinstance(error, KnownError):
                part.show_fault(wording(error))
                return True
            return False

        return told

    def _part(self, name: str, **value: object) -> None:
        services: dict[str, tuple[CasePart, Callable[..., object]]] = {
            "contacts": (self.contacts, coordination_parts.set_care_contacts),
            "contract": (self.contract, coordination_parts.set_contract),
            "discharge": (self.discharge, coordination_parts.set_discharge),
            "sip": (self.sip, coordination_parts.set_sip), "plan": (self.plan, coordination.plan_internally),
        }  # fmt: skip
        part, service = services[name]
        self._change(
            lambda desk, key, version: service(desk, key=key, expected_version=version, **value),
            said=self.tr("Sparat."), then=part.is_clean,
        )  # fmt: skip

    def _keep_task(self, task: CaseTask, version: int | None) -> None:
        key = self.standing
        self.place.act(
            self,
            lambda desk: coordination_tasks.keep_task(desk, request=key, task=task, expected_version=version),
            changed=KIND,
        )  # fmt: skip

    def ask_party(self) -> None:
        """Ask who takes part besides."""
        if self.view is not None:
            self.question = AddParty(
                self, self.place, self.view.case,
                then=lambda party: self._change(
                    lambda desk, key, version: coordination.add_party(
                        desk, key=key, party=party, expected_version=version
                    ),
                    said=self.tr("Parten är tillagd."),
                ),
            )  # fmt: skip
            self.question.open()

    def _open_item(self) -> None:
        if self.view is not None and self.view.item_meeting:
            self.place.visit.emit("meeting", self.view.item_meeting)


def read_case(desk: Desk, *, key: str) -> tuple[CaseView, Draft | None]:
    """The case, and what the person has typed in it and not saved."""
    return open_request(desk, key=key), read_draft(desk, kind=SEPARATE, key=key)
