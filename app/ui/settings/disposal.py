"""Section Gallring: the proposal that waits, what is due, the periods, the holds, old backups, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.disposal import DisposalRow, DisposalStatus, Disposed, DueKind, HoldRow, Period, kind_of
from app.domain.errors import KnownError
from app.domain.roles import Role
from app.domain.swedish import clock, number_word, plain_date
from app.domain.wording import wording
from app.services import disposal, expiry, holds
from app.services.accounts import list_accounts
from app.services.customers import customer_labels
from app.services.desk import Desk
from app.ui.settings.disposal_due import DueCard
from app.ui.settings.disposal_holds import HoldsCard
from app.ui.settings.disposal_periods import OldBackupsCard, PeriodsCard
from app.ui.settings.section import Section
from app.ui.widgets.controls import box, button, card, column, empty, label, scrolled, set_role
from app.ui.widgets.flow import Flow
from app.ui.widgets.messages import Question
from app.ui.workplace import Workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    periods: tuple[Period, ...]
    due: tuple[DueKind, ...]
    holds: tuple[HoldRow, ...]
    disposals: tuple[DisposalRow, ...]
    backups: expiry.OldBackups
    customers: Mapping[str, str]
    names: Mapping[str, str]
    managers: int
    why_not: KnownError | None
    """What keeps the person at the desk from approving what waits, or from proposing where nothing does."""

    @property
    def waits(self) -> DisposalRow | None:
        """The proposal that waits."""
        return next((one for one in self.disposals if one.status is DisposalStatus.PROPOSED), None)


class DisposalSection(Section):
    """Everything about disposal on one page that scrolls; each change is kept at once."""

    refreshed_by = frozenset({"disposal", "meetings", "customers", "members", "accounts"})

    def __init__(self, place: Workplace) -> None:
        super().__init__(
            place, self.tr("Gallring"),
            self.tr("Det som har sparats sin tid tas bort av två enhetschefer: en föreslår, en annan godkänner."),
        )  # fmt: skip
        self.waiting = _WaitingCard(self)
        self.due = DueCard(on_propose=self.ask_propose, on_keep=self.keep)
        self.periods = PeriodsCard(self.set_months)
        self.holds = HoldsCard(on_keep=self.keep, on_lift=self.lift)
        self.backups = OldBackupsCard(self.set_days)
        self.result = label(role="ok", wrap=True)
        self.result.setAccessibleName(self.tr("Vad som gallrades"))
        self.result.hide()
        self._history = QVBoxLayout()
        self._history.setContentsMargins(0, 0, 0, 0)
        self._history_card = card(label(self.tr("Tidigare förslag"), role="label"), box(self._history))
        whole = (self.due, self.periods, self.holds, self.backups)
        inside = column(self.result, self.waiting, *whole, self._history_card, None, space=16)
        if place.desk.actor.units is not None:
            for one in (self.due, self.periods, self.backups, self._history_card):
                one.hide()
            self.result.setText(wording(KnownError("disposal_every_unit")))
            set_role(self.result, "muted")
            self.result.show()
        inside.setContentsMargins(0, 0, 14, 0)
        self.body.addWidget(scrolled(box(inside), name=self.tr("Gallring")), 1)

    def refresh(self) -> None:
        """Read everything anew."""
        self.place.ask(self, _read, self._show)

    def _show(self, found: _Found) -> None:
        self.holds.show_holds(found.holds, customers=found.customers, names=found.names)
        if self.place.desk.actor.units is not None:
            return
        waits = found.waits
        self.waiting.show_proposal(waits, names=found.names, managers=found.managers, why_not=found.why_not)
        self.due.show_kinds(found.due, waiting=waits is not None, why_not=found.why_not)
        self.periods.show_periods(found.periods)
        self.backups.show_state(found.backups)
        empty(self._history)
        decided = [one for one in found.disposals if one is not waits]
        for one in decided:
            self._history.addWidget(label(self._told(one, found.names), wrap=True))
        self._history_card.setVisible(bool(decided))

    def _told(self, one: DisposalRow, names: Mapping[str, str]) -> str:
        when = plain_date((one.decided_at or one.proposed_at).date())
        by, decider = names.get(one.proposed_by, one.proposed_by), names.get(one.decided_by or "", one.decided_by or "")
        if one.status is DisposalStatus.DONE:
            said = self.tr("{0}: {1}. Föreslaget av {2}, godkänt av {3}.")
            return said.format(when, counted(one.counts), by, decider)
        return self.tr("{0}: förslag från {1} återtaget av {2}.").format(when, by, decider)

    # what a person does

    def set_months(self, period: Period, months: int | None) -> None:
        """Choose how long a kind is kept."""
        kind = period.kind
        said = self.tr("{0} gallras inte.").format(kind.name)
        if months is not None:
            said = self.tr("{0} sparas i {1}.").format(
                kind.name, number_word(months, self.tr("månad"), self.tr("månader"))
            )
        self.place.act(
            self,
            lambda desk: disposal.set_disposal_period(
                desk, kind=kind.key, months=months, expected_version=period.version
            ),
            changed="disposal", said=said, otherwise=self._period_refused,
        )  # fmt: skip

    def _period_refused(self, _: Exception) -> bool:
        self.periods.restore()
        self.refresh()
        return False

    def set_days(self, days: int) -> None:
        """Choose how long old backups are kept after a disposal."""
        self.place.act(
            self, lambda desk: expiry.set_backup_days(desk, days=days), changed="disposal",
            said=self.tr("Gamla kopior behålls i {0} dagar efter en gallring.").format(days),
        )  # fmt: skip

    def keep(self, kind: str, key: str, reason: str) -> None:
        """Place a hold."""
        self.place.act(
            self, lambda desk: holds.place_hold(desk, kind=kind, object_key=key, reason=reason),
            lambda _: self.holds.clear(), changed="disposal", said=self.tr("Det hålls kvar tills stoppet hävs."),
        )  # fmt: skip

    def lift(self, hold: int) -> None:
        """Lift a hold."""
        self.place.act(
            self, lambda desk: holds.lift_hold(desk, hold=hold), changed="disposal", said=self.tr("Stoppet är hävt.")
        )

    def ask_propose(self) -> None:
        """Say what a proposal means before it is made."""
        self.question = Question(
            self, self.tr("Föreslå gallring?"),
            self.tr(
                "{0}. Ingenting tas bort förrän en annan enhetschef har godkänt. Ändras något innan dess måste "
                "förslaget läggas på nytt."
            ).format(counted({one.period.kind.key: len(one.going) for one in self.due.kinds if one.going})),
            accept=self.tr("Föreslå gallring"),
        )  # fmt: skip
        self.question.accepted.connect(self.propose)
        self.question.open()

    def propose(self) -> None:
        """Propose what is on the screen."""
        seen = self.due.kinds
        self.place.act(
            self, lambda desk: disposal.propose_disposal(desk, seen=seen), changed="disposal",
            said=self.tr("Förslaget väntar på en annan enhetschef."), otherwise=self._stale,
        )  # fmt: skip

    def withdraw(self, one: DisposalRow) -> None:
        """Take the proposal back."""
        self.place.act(
            self, lambda desk: disposal.withdraw_disposal(desk, disposal=one.id, expected_version=one.version),
            changed="disposal", said=self.tr("Förslaget är återtaget. Ingenting är borttaget."),
            otherwise=self._stale,
        )  # fmt: skip

    def approve(self, one: DisposalRow) -> None:
        """Approve the proposal and carry it out."""
        self.waiting.begin()

        def work(desk: Desk) -> Disposed:
            return disposal.approve_disposal(desk, disposal=one.id, expected_version=one.version)

        self.place.act(self, work, self._disposed, changed="disposal", otherwise=self._stale)

    def _disposed(self, done: Disposed) -> None:
        lines = [self.tr("Gallrat: {0}. En kopia gjordes före: {1}.").format(counted(done.counts), done.backup)]
        beyond = self.tr("Kopior på andra ställen tar du bort själv.")
        if done.gone_on is not None:
            copies = number_word(done.older_backups, self.tr("kopia"), self.tr("kopior"))
            left = self.tr("{0} i {1} har kvar det gallrade och tas bort {2}.")
            lines.append(left.format(copies, self.tr(" och ").join(done.folders), plain_date(done.gone_on)))
        lines.append(beyond)
        if done.left:
            lines.append(done.left)
        self.result.setText("\n".join(lines))
        self.result.show()
        for kind in ("meetings", "customers", "members", "accounts"):
            self.place.changed.emit(kind)

    def _stale(self, error: Exception) -> bool:
        """Whatever stopped it is worded in the bar; the page is read anew so that it shows what is true now."""
        if isinstance(error, KnownError):
            self.refresh()
        return False


class _WaitingCard(QFrame):
    """A proposal that waits: of what, by whom, and what the person at the desk can do about it."""

    def __init__(self, section: DisposalSection) -> None:
        super().__init__()
        self._section = section
        self._proposal: DisposalRow | None = None
        self.text, self.hint = label(wrap=True), label(role="muted", wrap=True)
        self.text.setAccessibleName(self.tr("Förslag som väntar"))
        self.approve_button = button(self.tr("Godkänn och gallra …"), self._ask, kind="danger", icon_name="check")
        self.withdraw_button = button(self.tr("Återta förslaget"), self._withdraw)
        inside: QWidget = box(Flow(self.approve_button, self.withdraw_button))
        self.setLayout(
            column(card(label(self.tr("Förslag som väntar"), role="label"), self.text, self.hint, inside))
        )  # fmt: skip
        self.hide()

    def show_proposal(
        self, one: DisposalRow | None, *, names: Mapping[str, str], managers: int, why_not: KnownError | None
    ) -> None:
        """Show the proposal, or nothing; it is approved only where nothing keeps the person from it."""
        self._proposal = one
        self.setVisible(one is not None)
        if one is None:
            return
        by = names.get(one.proposed_by, one.proposed_by)
        when = f"{plain_date(one.proposed_at.date())} {clock(one.proposed_at.time())}"
        said = self.tr("{0}. Det hade sparats sin tid {1}. Föreslaget av {2} {3}.")
        self.text.setText(said.format(counted(one.counts), plain_date(one.before), by, when))
        own = one.proposed_by == self._section.place.desk.actor.user
        alone = managers < 2
        self.approve_button.setVisible(why_not is None)
        self.approve_button.setEnabled(True)
        self.withdraw_button.setEnabled(True)
        hint = self.tr("Läs igenom listan nedan. Det som gallras går bara att få tillbaka ur en säkerhetskopia.")
        if why_not is not None:
            hint = wording(why_not)
        if own:
            hint = self.tr("Ingenting tas bort förrän en annan enhetschef har godkänt.")
        if alone:
            hint = self.tr(
                "Det finns bara ett konto med rollen enhetschef. Gallring görs av två: lägg upp ett konto till under "
                "Konton. Ingenting tas bort innan dess."
            )
        self.hint.setText(hint)

    def begin(self) -> None:
        """Say that it is under way."""
        self.approve_button.setEnabled(False)
        self.withdraw_button.setEnabled(False)
        self.hint.setText(self.tr("Säkerhetskopian görs, sedan gallras det …"))

    def _ask(self) -> None:
        one = self._proposal
        if one is None:
            return
        self.question = Question(
            self, self.tr("Gallra {0}?").format(number_word(one.total, self.tr("post"), self.tr("poster"))),
            self.tr(
                "{0}. En säkerhetskopia görs först. Sedan tas det bort ur databasen och går inte att ångra."
            ).format(counted(one.counts)),
            accept=self.tr("Godkänn och gallra"), danger=True,
        )  # fmt: skip
        self.question.accepted.connect(lambda: self._section.approve(one))
        self.question.open()

    def _withdraw(self) -> None:
        if self._proposal is not None:
            self._section.withdraw(self._proposal)


def counted(counts: Mapping[str, int]) -> str:
    """`Utkast som aldrig sparades: 3, …` for counts by kind."""
    return ", ".join(f"{kind_of(key).name}: {count}" for key, count in counts.items())


def _read(desk: Desk) -> _Found:
    accounts = list_accounts(desk)
    every, disposals = desk.actor.units is None, disposal.list_disposals(desk)
    waiting = next((one.id for one in disposals if one.status is DisposalStatus.PROPOSED), None)
    return _Found(
        periods=disposal.disposal_periods(desk), due=disposal.preview_disposal(desk) if every else (),
        holds=holds.list_holds(desk), disposals=disposals,
        why_not=disposal.why_not_dispose(desk, disposal=waiting) if every else None,
        backups=expiry.old_backups(desk), customers=customer_labels(desk),
        names={one.user: one.full_name for one in accounts},
        managers=sum(one.active and one.role is Role.MANAGER for one in accounts),
    )  # fmt: skip
