"""The commands of `teamforum`: each calls the same services as the window, and prints."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli import backups
from app.cli.audit import run_audit
from app.cli.calendar import run_calendar
from app.cli.importing import run_import
from app.cli.moving import run_move, tell_letting_in
from app.cli.output import print_json, print_table
from app.cli.planning import run_plan
from app.domain.address import Address
from app.domain.catalogue import Catalogue, Setting, forum_to_dict, interval_text, length_text
from app.domain.errors import Refused
from app.domain.log_words import lost_end_advice, lost_end_words, lost_words
from app.domain.roles import Right
from app.domain.search import search_wrong_words

if TYPE_CHECKING:
    from app.domain.meeting_papers import MeetingPapers
    from app.services.access import Surroundings
    from app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command works: the database, the user, a way to ask for the password, and the demo's material."""

    database: Address
    user: str
    password: Callable[[], str]
    around: Callable[[], Surroundings]
    catalogue: Callable[[], Catalogue]
    demo_material: Callable[[], Mapping[str, Any]]
    ask: Callable[[str], str]
    """What somebody types unseen at the terminal, nothing where there is none."""

    def desk(self) -> Desk:
        """Log in."""
        from app.services.access import log_in  # noqa: PLC0415 - `forums` needs no database
        from app.services.log_end import list_lost_ends  # noqa: PLC0415 - as above

        if not self.user:
            raise Refused("user_missing_cli")
        desk = log_in(self.around(), self.database, user=self.user, password=self.password())
        if desk.lost_log is not None:
            print(lost_words(desk.lost_log), file=sys.stderr)
        elif desk.may(Right.OVERSEE_LOG):
            for one in list_lost_ends(desk):
                print(f"{lost_end_words(one)} {lost_end_advice()}", file=sys.stderr)
        return desk


def run_command(found: argparse.Namespace, place: Place) -> int:
    """Run the parsed command; returns the exit status."""
    return _COMMANDS[found.command](found, place)


def _init(found: argparse.Namespace, place: Place) -> int:
    from app.services.access import create_database  # noqa: PLC0415

    if not place.user:
        raise Refused("user_missing_cli")
    made = create_database(
        place.around(), place.database, unit_name=found.unit, setting=Setting(found.setting), user=place.user,
        full_name=found.full_name, password=place.password(),
    )  # fmt: skip
    made.desk.close()
    print(f"Databasen {place.database.name} är skapad.")
    print(f"Återställningsnyckel (visas bara nu, förvara den i ett förseglat kuvert):\n{made.recovery_key}")
    tell_letting_in(place.database)
    return 0


def _demo(_: argparse.Namespace, place: Place) -> int:
    from app.services import demo  # noqa: PLC0415

    made = demo.create_demo(place.around(), place.database, place.demo_material())
    made.desk.close()
    print(f"Demokommunen finns i {place.database.name}. Användare {demo.USER}, lösenord {demo.PASSWORD}.")
    return 0


def _forums(found: argparse.Namespace, place: Place) -> int:
    forums = [forum for forum in place.catalogue().all if found.setting in (None, forum.setting.value)]
    if found.json:
        print_json([forum_to_dict(forum) for forum in forums])
    else:
        rows = [
            (f.setting.label, f.name, interval_text(f.interval), length_text(f.minutes), f.place, f.responsible)
            for f in forums
        ]
        print_table(("Verksamhetsform", "Forum", "Intervall", "Längd", "Plats", "Mötesansvarig"), rows)
    return 0


def _export(found: argparse.Namespace, place: Place) -> int:
    from app.exchange.files import write_file  # noqa: PLC0415
    from app.exchange.json_file import write_document  # noqa: PLC0415
    from app.services import transfer  # noqa: PLC0415

    desk = place.desk()
    try:
        document = transfer.read_document(desk)
    finally:
        desk.close()
    write_file(Path(found.out), write_document(document))
    return 0


def _check(found: argparse.Namespace, place: Place) -> int:
    from app.services.checks import check_file  # noqa: PLC0415

    if not place.user:
        raise Refused("user_missing_cli")
    report = check_file(place.around(), place.database, user=place.user, password=place.password())
    if found.json:
        print_json(
            {
                "ok": True,
                "file": report.file,
                "schema": report.schema,
                "audit_rows": report.audit_rows,
                "rows": report.rows,
                "search_wrong": report.search_wrong,
            }
        )
    else:
        print(
            f"{report.file} är hel: nycklar, kryptering, innehåll, hänvisningar "
            f"och {report.audit_rows} loggrader stämmer."
        )
        if report.search_wrong:
            print(search_wrong_words(report.search_wrong))
    return 0


def _units(found: argparse.Namespace, place: Place) -> int:
    from app.services import units  # noqa: PLC0415

    with _open(place) as desk:
        rows = (
            [units.get_unit(desk, key=found.unit).value]
            if found.unit
            else [one.value for one in units.list_units(desk)]
        )
    _show(
        found,
        rows,
        ("Nyckel", "Namn", "Verksamhetsform", "Avdelningar"),
        lambda u: (u.key, u.name, u.setting.label, [w.name for w in u.wards]),
    )
    return 0


def _members(found: argparse.Namespace, place: Place) -> int:
    from app.services import team, units  # noqa: PLC0415

    with _open(place) as desk:
        if found.unit:
            units.get_unit(desk, key=found.unit)
        rows = [one.value for one in team.list_members(desk, unit=found.unit, include_ended=True)]
    _show(
        found, rows, ("Nyckel", "Namn", "Yrke", "Enheter"), lambda one: (one.key, one.name, one.profession, one.units)
    )
    return 0


def _customers(found: argparse.Namespace, place: Place) -> int:
    from app.domain.customers import CustomerStatus  # noqa: PLC0415
    from app.services import customers, units  # noqa: PLC0415

    with _open(place) as desk:
        if found.unit:
            units.get_unit(desk, key=found.unit)
        status = CustomerStatus(found.status) if found.status else None
        rows = [one.value for one in customers.list_customers(desk, unit=found.unit, status=status, include_left=True)]
        if found.json and desk.may(
            Right.EXCHANGE
        ):  # as the exchange file has them, which a protected one's code is not
            rows = [customers.reveal_customer(desk, key=one.key).value if one.protected else one for one in rows]
        today = desk.today
    _show(
        found,
        rows,
        ("Nyckel", "Kund", "Enhet", "Status"),
        lambda one: (one.key, one.label, one.unit, one.status_on(today).label),
    )
    return 0


def _meetings(found: argparse.Namespace, place: Place) -> int:
    from app.domain.meetings import MeetingStatus  # noqa: PLC0415
    from app.services import meeting_lists, units  # noqa: PLC0415

    status = MeetingStatus(found.status) if found.status else None
    with _open(place) as desk:
        if found.unit:
            units.get_unit(desk, key=found.unit)
        if found.json:
            rows: Any = meeting_lists.whole_meetings(
                desk, unit=found.unit, from_=found.from_, to=found.to, status=status
            )
        else:
            rows = meeting_lists.list_meetings(desk, unit=found.unit, from_=found.from_, to=found.to, status=status)
    _show(
        found, rows, ("Nyckel", "Datum", "Tid", "Möte", "Enhet", "Status"),
        lambda one: (one.key, one.date, f"{one.start:%H.%M}", one.heading, one.unit_name, one.status.label),
    )  # fmt: skip
    return 0


def _actions(found: argparse.Namespace, place: Place) -> int:
    from app.domain.meetings import ActionStatus  # noqa: PLC0415
    from app.services import actions, units  # noqa: PLC0415

    with _open(place) as desk:
        if found.unit:
            units.get_unit(desk, key=found.unit)
        status = ActionStatus(found.status) if found.status else None
        rows = actions.list_actions(desk, unit=found.unit, status=status, from_=found.from_, to=found.to)
    if found.json:
        from app.exchange.json_file import to_json  # noqa: PLC0415

        whole = to_json([actions.as_action(row) for row in rows])
        print_json(
            [
                {**one, "unit": row.unit, "meeting": row.meeting, "item": row.item}
                for one, row in zip(whole, rows, strict=True)
            ]
        )
        return 0
    print_table(
        ("Nyckel", "Åtgärd", "Ansvarig", "Klart senast", "Status", "Möte"),
        [(one.key, one.text, one.responsible_name, one.due, one.status.label, one.meeting) for one in rows],
    )
    return 0


def _search(found: argparse.Namespace, place: Place) -> int:
    from app.domain.search import SearchFilters  # noqa: PLC0415
    from app.services import search, units  # noqa: PLC0415

    with _open(place) as desk:
        if found.unit:
            units.get_unit(desk, key=found.unit)
        filters = SearchFilters(unit=found.unit, from_=found.from_, to=found.to)
        hits = search.search(desk, words=" ".join(found.words), filters=filters).hits
    if found.json:
        print_json(
            [
                {"kind": hit.kind.value, "key": hit.key, "title": hit.title, "date": hit.date.isoformat(),
                 "snippet": hit.snippet.text}
                for hit in hits
            ]
        )  # fmt: skip
        return 0
    print_table(
        ("Datum", "Vad", "Rubrik", "Var orden står", "Möte"),
        [(hit.date, hit.kind.label, hit.title, hit.snippet.text, hit.about) for hit in hits],
    )
    return 0


def _open(place: Place) -> Any:
    from contextlib import closing  # noqa: PLC0415

    return closing(place.desk())


def _show(
    found: argparse.Namespace, rows: Any, headings: tuple[str, ...], cells: Callable[[Any], tuple[Any, ...]]
) -> None:
    if found.json:
        from app.exchange.json_file import to_json  # noqa: PLC0415

        print_json(to_json(sorted(rows, key=lambda one: one.key)))
    else:
        print_table(headings, [cells(row) for row in rows])


def _papers(found: argparse.Namespace, place: Place) -> int:
    from app.domain.minutes_forms import MinutesForm  # noqa: PLC0415
    from app.exchange.files import write_file  # noqa: PLC0415
    from app.reports import documents  # noqa: PLC0415
    from app.services.papers import Purpose, meeting_papers, papers_of_period  # noqa: PLC0415

    minutes = found.command == "minutes"
    purpose = Purpose.MINUTES if minutes else Purpose.POSTER if found.poster else Purpose.AGENDA
    form = MinutesForm(found.form) if minutes else MinutesForm.FULL
    customer = found.customer if minutes else None
    with _open(place) as desk:
        if found.meeting:
            papers: tuple[MeetingPapers, ...] = (
                meeting_papers(
                    desk, key=found.meeting, purpose=purpose, form=form, customer=customer, with_files=found.appendices
                ),
            )
        else:
            papers = papers_of_period(
                desk,
                from_=found.from_,
                to=found.to,
                unit=found.unit,
                purpose=purpose,
                form=form,
                customer=customer,
                with_files=found.appendices,
            )
    out = io.BytesIO()
    documents.draw(purpose.value, papers, out)
    data = out.getvalue()
    if minutes and found.archive:
        from app.reports.archive import archived  # noqa: PLC0415

        data = archived(data)
    write_file(Path(found.out), data)
    return 0


_COMMANDS: Mapping[str, Callable[[argparse.Namespace, Place], int]] = {
    "init": _init, "demo": _demo, "forums": _forums, "import": run_import, "export": _export, "check": _check,
    "units": _units, "members": _members, "customers": _customers, "meetings": _meetings, "actions": _actions,
    "agenda": _papers, "minutes": _papers, "backup": backups.backup, "restore": backups.restore, "move": run_move,
    "plan": run_plan, "search": _search, "calendar": run_calendar, "rescue": backups.rescue, "audit": run_audit,
}  # fmt: skip
