"""Who may check a database without logging in: whoever could log in, and for its content an enhetschef of all units."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.errors import AccessDenied, NotAllowed
from app.domain.wording import wording
from app.services import checks, log_check
from tests.storage.tools import tamper
from tests.support import PASSWORD, log_in, surroundings


@pytest.mark.parametrize("user", ["anna", "bo", "siv", "lena"])
def test_only_an_enhetschef_counts_what_is_in_it(database: Path, user: str) -> None:
    with pytest.raises(NotAllowed, match="check_not_manager") as caught:
        checks.check_file(surroundings(), database, user=user, password=PASSWORD)
    assert "Be enhetschefen" in wording(caught.value)
    assert log_check.check_log(surroundings(), database, user=user, password=PASSWORD).whole


def test_of_all_units(database: Path) -> None:
    tamper(database, "UPDATE accounts SET all_units = 0 WHERE user = 'chef'")
    with pytest.raises(NotAllowed, match="whole_database"):
        checks.check_file(surroundings(), database, user="chef", password=PASSWORD)
    desk = log_in(database)
    with pytest.raises(NotAllowed, match="whole_database"):
        checks.check_open(desk)
    desk.close()


@pytest.mark.parametrize(
    ("code", "statement"),
    [("password_handed_over", "UPDATE accounts SET must_change = 1 WHERE user = 'bo'"),
     ("account_ended", "UPDATE accounts SET active = 0 WHERE user = 'bo'"),
     ("assignment_ended", "UPDATE members SET active_to = '2026-02-01' WHERE key = 'bo-ek'")],
)  # fmt: skip
def test_whom_the_log_in_refuses_checks_nothing(database: Path, code: str, statement: str) -> None:
    tamper(database, statement)
    for check in (checks.check_file, log_check.check_log):
        with pytest.raises(AccessDenied, match=code):
            check(surroundings(), database, user="bo", password=PASSWORD)
