"""Work on a disk that fails, in a child with `failing.c` preloaded: `python -m faults.disk_work FOLDER`.

It is asked on stdin, a JSON object a line, for one kind of work and which write of it fails how; it answers with how
many writes there were and what was not as it should be.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from app.domain.catalogue import Setting
from app.domain.customers import Customer
from app.domain.document import Document
from app.domain.errors import KnownError, NotFound
from app.exchange.files import write_file
from app.exchange.json_file import write_document
from app.services import access, accounts, backups, checks, customers, drafts, meetings, restoring, transfer
from app.services.desk import Desk
from app.services.papers import Purpose, meeting_papers
from app.storage import backup
from faults.ground import MEETING, PASSWORD, USER, check, ground, unworded, where
from tests import support
from tests.reports.material import drawn

NEW_PASSWORD = f"{PASSWORD} ny"
TYPED = "Det som just skrevs, med å, ä och ö. " * 200
EARLIER = b"det som stod i filen"
Faults = Iterator[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One gesture: what is done while the disk fails, and how it must look after it was done or refused."""

    act: Callable[[], object]
    look: Callable[[bool], Faults]
    desk: Desk | None = None
    password: Callable[[bool], str] = lambda _: PASSWORD


def _save(database: Path) -> Work:
    desk = ground().desk(database)
    before = meetings.get_meeting(desk, key=MEETING)
    items = (replace(before.value.items[0], notes=TYPED), *before.value.items[1:])
    after = replace(before.value, items=items)

    def look(done: bool) -> Faults:
        found = meetings.get_meeting(desk, key=MEETING).value
        if found != (after if done else before.value):
            yield "the meeting is not as it was said"

    return Work(
        act=lambda: meetings.save_meeting(desk, meeting=after, expected_version=before.version), look=look, desk=desk
    )  # fmt: skip


def _draft(database: Path) -> Work:
    desk = ground().desk(database)

    def look(done: bool) -> Faults:
        found = drafts.read_draft(desk, kind="meeting", key=MEETING)
        if (found is not None and found.content == TYPED) is not done:
            yield "the draft is not as it was said"

    return Work(
        act=lambda: drafts.save_draft(desk, kind="meeting", key=MEETING, started_from=1, content=TYPED),
        look=look, desk=desk,
    )  # fmt: skip


def _take_in(database: Path) -> Work:
    desk = ground().desk(database)
    batch = tuple(Customer(key=f"ny-{n}", reference=f"N{n}", unit="solgarden") for n in range(60))

    def look(done: bool) -> Faults:
        found = sum(one.value.key.startswith("ny-") for one in customers.list_customers(desk))
        if found != (len(batch) if done else 0):
            yield f"{found} customers of {len(batch)}"

    return Work(act=lambda: transfer.take_in(desk, document=Document(customers=batch)), look=look, desk=desk)


def _back_up(database: Path) -> Work:
    desk = ground().desk(database)
    copies = database.parent / "copies"

    def look(done: bool) -> Faults:
        made = [one for one in sorted(copies.glob("*.tfdb")) if backup.read_receipt(one) is not None]
        if done and not made:
            yield "no backup"
        for one in made:
            try:
                check(one)
            except KnownError as error:
                yield f"a backup that is {error.code}"

    return Work(act=lambda: backups.back_up(desk, folder=copies), look=look, desk=desk)


def _restore(database: Path) -> Work:
    desk = ground().desk(database)
    made = backups.back_up(desk, folder=database.parent / "copies")
    before = meetings.get_meeting(desk, key=MEETING)
    items = (replace(before.value.items[0], notes=TYPED), *before.value.items[1:])
    meetings.save_meeting(desk, meeting=replace(before.value, items=items), expected_version=before.version)
    desk.close()

    def look(done: bool) -> Faults:
        again = support.log_in(database)
        try:
            later = meetings.get_meeting(again, key=MEETING).value != before.value
        finally:
            again.close()
        if later is done:
            yield "the later text is there" if done else "the earlier text is there"

    def act() -> None:
        restoring.restore_backup(
            support.surroundings(), database, backup=made, user=USER, password=PASSWORD, reason="prov"
        )  # fmt: skip

    return Work(act=act, look=look)


def _password(database: Path) -> Work:
    desk = ground().desk(database)
    return Work(
        act=lambda: access.change_password(desk, support.surroundings(), old=PASSWORD, new=NEW_PASSWORD),
        look=_nothing, desk=desk, password=lambda done: NEW_PASSWORD if done else PASSWORD,
    )  # fmt: skip


def _end_account(database: Path) -> Work:
    desk = ground().desk(database)

    def look(done: bool) -> Faults:
        # refused half-way, she may be without a key already: the next log-in then brings the end to its end
        if done and "anna" in desk.store.keys().users:
            yield "the ended account has a key"

    def act() -> None:
        try:
            accounts.end_account(desk, user="anna")
        except NotFound:
            return  # it was ended by the first try after all

    return Work(act=act, look=look, desk=desk)


def _log_in(database: Path) -> Work:
    return Work(act=lambda: support.log_in(database).close(), look=_nothing)


def _create(database: Path, *, lasting: bool) -> Work:
    new = database.parent / "ny.tfdb"

    def look(done: bool) -> Faults:
        if done and not new.exists():
            yield "no database"
        if not done and new.exists():
            if lasting:  # nor could it be removed
                for left in new.parent.glob(f"{new.name}*"):
                    left.unlink()
            else:
                yield "half a database was left"

    def act() -> None:
        access.create_database(
            support.surroundings(), new, unit_name="Ny", setting=Setting.SARSKILT_BOENDE, user=USER, full_name="Eva",
            password=PASSWORD,
        ).desk.close()  # fmt: skip

    return Work(act=act, look=look)


def _file(database: Path, name: str, data: bytes, *, lasting: bool) -> Work:
    target = database.parent / "out" / name
    target.parent.mkdir()
    target.write_bytes(EARLIER)

    def look(done: bool) -> Faults:
        if target.read_bytes() != (data if done else EARLIER):
            yield "the file has neither the old content nor the new"
        if done and not lasting and len(list(target.parent.iterdir())) > 1:
            yield "something was left beside the file"

    return Work(act=lambda: write_file(target, data), look=look)


def _export(database: Path, *, lasting: bool) -> Work:
    return _file(database, "allt.json", write_document(support.solgarden()) * 20, lasting=lasting)


def _paper(database: Path, *, lasting: bool) -> Work:
    desk = ground().desk(database)
    try:
        papers = meeting_papers(desk, key=MEETING, purpose=Purpose.AGENDA)
    finally:
        desk.close()
    return _file(database, "dagordning.pdf", drawn(Purpose.AGENDA.value, papers), lasting=lasting)


def _nothing(_: bool) -> Faults:
    return iter(())


WORKS: Mapping[str, Callable[..., Work]] = {
    "save": _save, "draft": _draft, "log in": _log_in, "import": _take_in, "backup": _back_up, "restore": _restore,
    "password": _password,
    "end account": _end_account, "new database": _create, "export": _export, "PDF": _paper,
}  # fmt: skip


_LEAVING = (_create, _export, _paper)
"""What leaves something behind on a disk that takes nothing away any more either."""


def tried(work: Work, database: Path, *, nth: int, error: int, lasting: bool) -> tuple[int, list[str]]:
    """Do the work with its nth write failing, look, do it again on a disk that is whole, and look again."""
    disk = ctypes.CDLL(None)
    faults: list[str] = []
    disk.fault_arm(str(database.parent).encode(), ctypes.c_long(nth), error, int(lasting))
    try:
        work.act()
    except KnownError as known:
        faults.append(unworded(known))
        # what was done all the same, as the sentence says
        done = known.code in ("key_change_waits", "keys_changed_already")
    except Exception as bug:  # noqa: BLE001 - exactly what may not happen
        done = False
        faults.append(f"no known error but {type(bug).__name__} in {where(bug)}")
    else:
        done = True
    calls = int(disk.fault_calls())
    disk.fault_disarm()
    looked = _looked(work, done=done)
    if looked and not done and not _looked(work, done=True):
        looked, done = [], True  # told as failed, though the very last step was all that was missing: whole and new
    faults += looked
    if not done:
        try:
            work.act()
        except KnownError as known:
            faults.append(f"cannot be done afterwards: {known.code}")
        else:
            done = True
            faults += _looked(work, done=True)
    if work.desk is not None:
        work.desk.close()
    faults += _whole(database, work.password(done))
    return calls, [fault for fault in faults if fault]


def _looked(work: Work, *, done: bool) -> list[str]:
    try:
        return list(work.look(done))
    except Exception as bug:  # noqa: BLE001 - the program cannot go on after the fault
        return [f"cannot be looked at afterwards: {getattr(bug, 'code', type(bug).__name__)}"]


def _whole(database: Path, password: str) -> Faults:
    try:
        desk = access.log_in(support.surroundings(), database, user=USER, password=password)
        try:
            active = {one.user for one in accounts.list_accounts(desk) if one.active}
            if active != set(desk.store.keys().users):
                yield "accounts and keys differ"
            checks.check_open(desk)
        finally:
            desk.close()
    except KnownError as known:
        yield f"the database is {known.code} afterwards"


def main() -> int:
    """Answer until there are no more questions."""
    folder = Path(sys.argv[1])
    for number, line in zip(count(), sys.stdin, strict=False):
        asked = json.loads(line)
        database = ground().copy(folder / f"{number}")
        if asked["work"].startswith("window"):
            from faults import disk_window  # noqa: PLC0415 - the toolkit, only where a window is opened

            calls, faults = disk_window.tried(
                database, vanished=asked["work"].endswith("vanished"), error=asked["error"]
            )
        else:
            make = WORKS[asked["work"]]
            work = make(database, lasting=asked["lasting"]) if make in _LEAVING else make(database)
            calls, faults = tried(
                work, database, nth=asked["nth"], error=asked["error"], lasting=asked["lasting"]
            )  # fmt: skip
        print(json.dumps({"calls": calls, "faults": faults}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
