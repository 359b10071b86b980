"""What can be done from anywhere by Ctrl+K: each command with the rights of which one is needed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.domain.roles import Right
from app.ui.finder import Command

if TYPE_CHECKING:
    from app.ui.frame import Frame
    from app.ui.meetings.page import MeetingPage

_REGISTERS = (Right.WRITE_REGISTERS,)
_READS = (Right.READ_MINUTES, Right.READ_SHARED_MINUTES, Right.READ_OWN_MINUTES)
_BEGINS_CASES = (Right.WRITE_REQUESTS, Right.DRAFT_REQUESTS, Right.PREPARE_REQUESTS)
_READS_CASES = (Right.READ_REQUESTS,)
_CUSTOMERS = (Right.WRITE_REGISTERS, Right.WRITE_CUSTOMERS)


def commands_of(frame: Frame) -> tuple[Command, ...]:
    """The commands that the person may give, the most used first."""
    visit, tr = frame.visit, frame.tr
    offered: tuple[tuple[Command, tuple[Right, ...]], ...] = (
        (Command(tr("Lägg till punkt"), "list-plus", frame.add_point), (Right.PROPOSE_ITEMS,)),
        (Command(tr("Nytt möte"), "calendar-plus", partial(visit, "meetings", "new")), (Right.WRITE_MEETINGS,)),
        (
            Command(tr("Öppna dagens pulsmöte eller avstämning"), "play", partial(_open_short, frame)),
            (Right.READ_MEETINGS,),
        ),
        (Command(tr("Sök i allt som är skrivet"), "search", partial(visit, "search", "")), (Right.READ_MEETINGS,)),
        (Command(tr("Publicera dagordningen"), "send", partial(_publish, frame)), (Right.READ_MEETINGS,)),
        (Command(tr("Inför mötet: förberedelser"), "list-todo", partial(_prepare, frame)), (Right.READ_MEETINGS,)),
        (Command(tr("Planera"), "calendar-range", partial(visit, "plan", "")), (Right.WRITE_MEETINGS,)),
        (Command(tr("Serier"), "repeat", partial(visit, "series", "")), (Right.READ_MEETINGS,)),
        (Command(tr("Årshjul"), "refresh-cw", partial(visit, "wheel", "")), (Right.READ_REGISTERS,)),
        (Command(tr("Aktiviteter"), "calendar-days", partial(visit, "activities", "")), (Right.READ_MEETINGS,)),
        (Command(tr("Turordning"), "repeat", partial(visit, "turns", "")), (Right.READ_CUSTOMERS,)),
        (Command(tr("Sjukanmälan"), "heart-pulse", partial(visit, "sick", "")), (Right.WRITE_MEETINGS,)),
        (Command(tr("Frånvaro"), "calendar-x", partial(visit, "away", "")), (Right.TELL_ABSENCE,)),
        (Command(tr("Rum och restid"), "map-pin", partial(visit, "rooms", "")), (Right.WRITE_REGISTERS,)),
        (Command(tr("Sedan förra passet"), "history", partial(visit, "handover", "")), _READS),
        (Command(tr("Frågor och lyft"), "message-square", partial(visit, "waiting", "")), _READS),
        (Command(tr("Skriv ut sedan förra passet"), "printer", partial(_print_handover, frame)), _READS),
        (Command(tr("Skriv ut uppgiftslappar"), "printer", partial(_print_slips, frame)), _READS),
        (Command(tr("Exportera åtgärder till kalkylblad"), "file-down", partial(_export_actions, frame)), _READS),
        *_coordination(frame),
        (Command(tr("Ny checklista"), "clipboard-check", partial(visit, "checklists", "new")), (Right.RUN_CHECKLISTS,)),
        (
            Command(tr("Beslutsstöd för vårdgarantin"), "stethoscope", partial(visit, "checklists", "new:vardgaranti")),
            (Right.RUN_CHECKLISTS,),
        ),
        (
            Command(tr("Skriv ut månadens dagordningar"), "printer", partial(_print_month, frame)),
            (Right.READ_MEETINGS,),
        ),
        (Command(tr("Skriv ut åtgärdslistan"), "printer", partial(_print_actions, frame)), _READS),
        (Command(tr("Nytt informationsbrev"), "mail", partial(visit, "letters", "new")), (Right.WRITE_LETTERS,)),
        (Command(tr("Skriv ut en period"), "printer", frame.print_period), (Right.READ_MEETINGS,)),
        (
            Command(tr("Kallelser för en period"), "printer", partial(frame.print_period, "call")),
            (Right.READ_MEETINGS,),
        ),
        (
            Command(tr("Kalenderfil för en period (.ics)"), "calendar-plus", partial(frame.print_period, "calendar")),
            (Right.READ_MEETINGS,),
        ),
        (Command(tr("Lägg till medarbetare"), "user-plus", partial(visit, "team", "new")), _REGISTERS),
        (Command(tr("Lägg till kund"), "user-plus", partial(visit, "customers", "new")), _CUSTOMERS),
        (Command(tr("Visa bara den här kunden"), "eye", frame.only_customer), (Right.READ_CUSTOMERS,)),
        (Command(tr("Uppföljning över tid"), "history", partial(visit, "history", "")), (Right.READ_CUSTOMERS,)),
        (Command(tr("Läs in från fil"), "file-up", partial(visit, "settings", "import")), (Right.EXCHANGE,)),
        (Command(tr("Ångra"), "undo-2", frame.undo), (Right.OWN_ACCOUNT,)),
        (Command(tr("Byt lösenord"), "key-round", partial(visit, "settings", "security")), (Right.OWN_ACCOUNT,)),
        (Command(tr("Lås fönstret"), "lock", frame.lock), (Right.OWN_ACCOUNT,)),
        (Command(tr("Byt användare"), "log-out", frame.switch_user), (Right.OWN_ACCOUNT,)),
        (Command(tr("Hjälp"), "circle-help", frame.help), (Right.OWN_ACCOUNT,)),
    )
    return tuple(command for command, rights in offered if any(frame.place.desk.may(right) for right in rights))


def _meeting_page(frame: Frame) -> MeetingPage | None:
    """The meeting that one stands on; where one does not, that is said."""
    from app.ui.meetings.page import MeetingPage  # noqa: PLC0415 - loaded with the page

    if isinstance(frame.page, MeetingPage) and frame.page.editor.meeting is not None:
        return frame.page
    frame.place.told.emit(frame.tr("Öppna mötet först."))
    return None


def _publish(frame: Frame) -> None:
    if (page := _meeting_page(frame)) is not None:
        page.steps.publish()


def _prepare(frame: Frame) -> None:
    if (page := _meeting_page(frame)) is not None:
        page.show_part(page.preparing)


def _coordination(frame: Frame) -> tuple[tuple[Command, tuple[Right, ...]], ...]:
    """What has to do with cases between care providers."""
    visit, tr = frame.visit, frame.tr
    return (
        (Command(tr("Nytt samordningsärende"), "handshake", partial(visit, "coordination", "new")), _BEGINS_CASES),
        (Command(tr("Fasta vårdkontakter"), "user-check", partial(visit, "coordination", "contacts")), _READS_CASES),
        (Command(tr("Adressbok för samordning"), "book-open", partial(visit, "coordination", "book")), _BEGINS_CASES),
    )


def _print_handover(frame: Frame) -> None:
    from app.ui.papers.handover import handover_preview  # noqa: PLC0415 - loaded when first used

    handover_preview(frame, frame.place)


def _open_short(frame: Frame) -> None:
    from app.ui.meetings.short_start import open_now  # noqa: PLC0415 - loaded when first used

    open_now(frame, frame.place)


def _print_slips(frame: Frame) -> None:
    from app.ui.papers.actions import slips_preview  # noqa: PLC0415 - loaded when first used

    slips_preview(frame, frame.place)


def _print_month(frame: Frame) -> None:
    from app.ui.papers.month import coming_month, month_preview  # noqa: PLC0415 - loaded when first used

    month_preview(frame, frame.place, day=coming_month(frame.place.desk.today))


def _print_actions(frame: Frame) -> None:
    """Go to the list and print what it shows."""
    from app.ui.actions.page import ActionsPage  # noqa: PLC0415 - loaded with the page

    frame.visit("actions", "")
    if isinstance(frame.page, ActionsPage):
        frame.page.print_list()


def _export_actions(frame: Frame) -> None:
    """Go to the list and export what it shows."""
    from app.ui.actions.page import ActionsPage  # noqa: PLC0415 - loaded with the page

    frame.visit("actions", "")
    if isinstance(frame.page, ActionsPage):
        frame.page.export()
