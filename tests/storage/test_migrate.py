"""A database of an earlier schema is backed up, brought up and verified; a step that fails leaves the old one."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select

from app.domain.disposal import DisposalStatus
from app.domain.errors import AccessDenied, StorageFault
from app.models import Base
from app.services import absences, customers, disposal, log, meetings, series, team
from app.storage import backup, copying, migrate, search_tables
from app.storage.engine import make_engine
from tests.storage.tools import key_of
from tests.support import FILE, log_in, solgarden

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
NOW = migrate.SCHEMA
LAST, THIS = f"{NOW:04}", f"{NOW + 1:04}"
STEP = '''"""A later step, for the test."""

import sqlalchemy as sa
from alembic import op

revision = "{this}"
down_revision = "{last}"


def upgrade() -> None:
    op.create_table("later", sa.Column("id", sa.Integer, primary_key=True))
    op.add_column("units", sa.Column("note", sa.Text))
    {more}
'''


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program of a later version: one more step. Returns the step's file."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate._FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    step = folder / "versions" / "v9999_later.py"
    step.write_text(STEP.format(more="", last=LAST, this=THIS), encoding="utf-8")
    monkeypatch.setattr(migrate, "_FOLDER", folder)
    monkeypatch.setattr(migrate, "SCHEMA", NOW + 1)
    return step


def schema_of(path: Path) -> int:
    engine = make_engine(path, key_of(path), read_only=True)
    try:
        return migrate.stored_schema(engine)
    finally:
        engine.dispose()


def test_an_older_database_is_backed_up_and_upgraded(database: Path, later: Path) -> None:
    log_in(database).close()
    assert schema_of(database) == NOW + 1
    (copy,) = [path for path in backup.backup_folder(database).iterdir() if path.suffix == ".tfdb"]
    assert schema_of(copy) == NOW
    assert copying.file_problems(copy, key_of(copy)) == []
    log_in(database).close()
    assert len(list(backup.backup_folder(database).glob("*.tfdb"))) == 1, "one backup for one upgrade"


@pytest.mark.parametrize("fault", ["op.execute('SELECT * FROM missing')", "raise ValueError('half way')"])
def test_a_step_that_fails_changes_nothing_and_says_so(
    database: Path, later: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    later.write_text(STEP.format(more=fault, last=LAST, this=THIS), encoding="utf-8")
    with pytest.raises(StorageFault, match="migration_failed"):
        log_in(database)
    assert schema_of(database) == NOW
    monkeypatch.undo()
    monkeypatch.setenv("TEAMFORUM_KDF_COST", "lowest")
    desk = log_in(database)
    try:
        assert customers.get_customer(desk, key="kund-1").value.reference == "AB"
    finally:
        desk.close()


def released(schema: int, folder: Path) -> Path:
    """A copy of the database that the version with that schema wrote."""
    for suffix in ("", ".keys", ".keys2"):
        shutil.copyfile(FIXTURES / f"schema-{schema}.tfdb{suffix}", folder / f"{FILE}{suffix}")
    return folder / FILE


def test_the_first_released_schema_opens_still(tmp_path: Path) -> None:
    desk = log_in(released(1, tmp_path))
    try:
        expected = solgarden()
        assert meetings.get_meeting(desk, key="teammote-1").value == expected.meetings[0]
        assert {one.value for one in customers.list_customers(desk)} == {one.shown for one in expected.customers}
    finally:
        desk.close()


@pytest.mark.parametrize("schema", [2, 3, 5])
def test_each_schema_opens_with_a_row_in_every_table_and_a_whole_log(tmp_path: Path, schema: int) -> None:
    then = {name for kind, name, _ in migrate.parts_of(schema) if kind == "table"}
    desk = log_in(released(schema, tmp_path))
    try:
        assert log.verify_log(desk).whole
        with desk.reading() as work:
            counts = {
                table.name: work.session.scalar(select(func.count()).select_from(table))
                for table in Base.metadata.sorted_tables
                if table.name in then
            }
        assert [name for name, count in counts.items() if not count] == []
        (proposal,) = [one for one in disposal.list_disposals(desk) if one.status is DisposalStatus.PROPOSED]
        assert proposal.proposed_by == "maria"
        assert meetings.get_meeting(desk, key="justerat").value.additions[0].by == "bo-ek"
    finally:
        desk.close()
    with pytest.raises(AccessDenied, match="password_handed_over"):
        log_in(released(schema, tmp_path), user="maja")


def test_what_the_third_schema_planned_is_as_it_was(tmp_path: Path) -> None:
    desk = log_in(released(3, tmp_path))
    try:
        serien = series.get_series(desk, key="serien").value
        assert serien.exdates == (dt.date(2026, 12, 22),)
        assert [one.reason for one in serien.pauses] == ["Sommar"]
        assert serien.moved[0].start == dt.time(9)
        assert team.get_member(desk, key="bo-ek").value.hours[0].to == dt.time(16)
        assert len(absences.list_absences(desk)) == 5
    finally:
        desk.close()


def _is_modelled(name: str | None, kind: str, _parents: object) -> bool:
    """The search index is no model's."""
    return kind != "table" or name not in search_tables.NAMES


def test_the_steps_make_what_the_classes_say(database: Path) -> None:
    engine = make_engine(database, key_of(database), read_only=True)
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"include_name": _is_modelled})
            differences = compare_metadata(context, Base.metadata)
    finally:
        engine.dispose()
    assert differences == []
