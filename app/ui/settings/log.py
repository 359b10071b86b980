"""Section Logg: who did what, the check of the log, extracts on paper, and samples for an enhetschef to go through."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget

from app.domain.emergency import Emergency
from app.domain.log_review import ReviewState
from app.domain.roles import Right
from app.domain.swedish import plain_date
from app.services.emergency import list_emergencies
from app.services.log_review import review_state
from app.ui.settings.log_list import LogList
from app.ui.settings.log_reviews import LogReviews
from app.ui.settings.section import Section
from app.ui.widgets.controls import label, set_role
from app.ui.workplace import Workplace


class LogSection(Section):
    """The list for everybody; beside it the samples for those who read the log of their units."""

    refreshed_by = frozenset({"log", "accounts", "units"})

    def __init__(self, place: Workplace) -> None:
        oversees = place.desk.may(Right.OVERSEE_LOG)
        about = (
            self.tr("Allt som läses, skrivs ut och ändras står i loggen. Ingen kan ändra i den utan att det syns.")
            if oversees
            else self.tr("Här står vad du själv har läst, skrivit ut och ändrat. Enhetschefen ser hela enhetens logg.")
        )
        super().__init__(place, self.tr("Logg"), about)
        self._oversees = oversees
        self.list = LogList(place)
        self.hint = label(wrap=True)
        self.hint.hide()
        self.body.addWidget(self.hint)
        if not oversees:
            self.body.addWidget(self.list, 1)
            return
        self.reviews = LogReviews(place)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(self.tr("Logg"))
        self.tabs.tabBar().setAccessibleName(self.tr("Vad som visas"))
        self.tabs.addTab(self.list, self.tr("Rader"))
        self.tabs.addTab(self.reviews, self.tr("Stickprov"))
        self.tabs.currentChanged.connect(lambda _: self.refresh())
        self.body.addWidget(self.tabs, 1)

    def refresh(self) -> None:
        """Read what is shown anew, and whether it is time for a sample."""
        if not self._oversees:
            self.list.refresh()
            return
        (self.list if self.tabs.currentWidget() is self.list else self.reviews).refresh()
        self.place.ask(self, review_state, self._tell)

    def show_reviews(self) -> None:
        """Go to the samples."""
        if self._oversees:
            self.tabs.setCurrentWidget(self.reviews)

    def show_emergency(self, key: str) -> None:
        """Go to what was done while an emergency lasted."""
        if not self._oversees:
            return
        self.tabs.setCurrentWidget(self.list)

        def show(found: tuple[Emergency, ...]) -> None:
            for one in found:
                if str(one.key) == key:
                    self.list.show_emergency(one)

        self.place.ask(self, list_emergencies, show)

    def settle(self) -> None:
        """Keep the remark that is being typed."""
        if self._oversees:
            self.reviews.settle()

    def _tell(self, state: ReviewState) -> None:
        self.hint.setVisible(state.overdue or state.last_signed is not None)
        if state.overdue:
            self.hint.setText(self.tr("Ingen har gått igenom ett stickprov ur loggen den senaste månaden."))
        elif state.last_signed is not None:
            said = self.tr("Senaste stickprovet signerades {0}.")
            self.hint.setText(said.format(plain_date(state.last_signed.date())))
        set_role(self.hint, "due" if state.overdue else "muted")
