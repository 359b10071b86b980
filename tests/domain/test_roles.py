"""The table of roles in docs/security.md and the code say the same: every cell, every right, both ways."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.domain.roles import MEETING_RIGHTS, READING, RIGHTS, MeetingRole, Right, Role

DOCUMENT = Path(__file__).parents[2] / "docs" / "security.md"
COLUMNS = {
    "enhetschef": Role.MANAGER, "licensed staff": Role.LICENSED, "omvårdnadspersonal": Role.CARE_STAFF,
    "sekreterare": Role.SECRETARY, "läsare": Role.READER,
}  # fmt: skip
NOTHING, NONE, LATER = "–", "none", "not built yet"

Rows = list[list[str]]


def table(heading: str) -> Rows:
    """The rows of the first table under a heading, the head among them."""
    text = DOCUMENT.read_text("utf-8").partition(f"### {heading}\n")[2].partition("\n### ")[0]
    lines = [line for line in text.splitlines() if line.startswith("|")]
    assert lines, f"docs/security.md has no table under {heading}"
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in rows if not set("".join(row)) <= {"-"}]


def rights(cell: str) -> frozenset[Right]:
    return frozenset(Right[name] for name in re.findall(r"`([A-Z_]+)`", cell))


def words(row: str, cell: str) -> list[str]:
    """The words of a cell; where the cell says one meeting of her own, "logged" is how and not how far."""
    if cell == NOTHING:
        return []
    if cell in meanings()[row]:
        return [cell]
    found = [word.strip() for word in re.split("[,;]", cell)]
    return [word for word in found if word != "logged"] if len(found) > 1 else found


def meanings() -> dict[str, dict[str, str]]:
    """Row → word → what it stands for."""
    found: dict[str, dict[str, str]] = {}
    for row, word, meaning in table("What its words mean")[1:]:
        found.setdefault(row, {})[word] = meaning
    return found


def beside() -> dict[Right, frozenset[Role]]:
    everybody = frozenset(Role)
    return {
        right: everybody if who == "all" else frozenset(COLUMNS[one.strip()] for one in who.split(","))
        for cell, who, _ in table("Rights beside the table")[1:]
        for right in rights(cell)
    }


@pytest.mark.parametrize("role", Role)
def test_each_role_has_the_rights_of_its_cells_and_no_others(role: Role) -> None:
    head, *rows = table("The table")
    column = next(number for number, name in enumerate(head) if COLUMNS.get(name) is role)
    said = {right for right, roles in beside().items() if role in roles}
    for row in rows:
        for word in words(row[0], row[column]):
            said |= rights(meanings()[row[0]][word])
    assert said == RIGHTS[role], f"docs/security.md and RIGHTS part about {role.label}"


def test_every_word_means_something_and_every_meaning_is_used() -> None:
    used = {(row[0], word) for row in table("The table")[1:] for cell in row[1:] for word in words(row[0], cell)}
    told = {(row, word) for row, of in meanings().items() for word in of}
    assert used == told


def test_every_right_has_one_place_in_the_document() -> None:
    in_table = {right for of in meanings().values() for meaning in of.values() for right in rights(meaning)}
    assert in_table | set(beside()) == set(Right), "a new right needs its row in docs/security.md, section Roles"
    assert not in_table & set(beside())
    rows = {
        right: {row for row, of in meanings().items() for said in of.values() if right in rights(said)}
        for right in Right
    }
    assert [right for right, of in rows.items() if len(of) > 1] == []


def test_what_is_not_built_is_said_and_claimed_by_no_right() -> None:
    for row, of in meanings().items():
        for word, meaning in of.items():
            assert rights(meaning) or meaning in (NONE, LATER), (row, word)
    for name in ("CONSENT", "REQUEST", "LOG", "DISPOS"):
        claimed = [right for right in Right if name in right.name]
        waiting = [row for row, of in meanings().items() if LATER in of.values() and _speaks_of(row, name)]
        assert not (claimed and waiting), f"{waiting} are built now: write their rights into docs/security.md"


def _speaks_of(row: str, name: str) -> bool:
    return {"CONSENT": "consent", "REQUEST": "request", "LOG": "log", "DISPOS": "gallring"}[name] in row


@pytest.mark.parametrize("role", MeetingRole)
def test_roles_at_a_meeting_are_those_of_the_document(role: MeetingRole) -> None:
    said = {name: rights(cell) for name, cell in table("Roles at a meeting")[1:]}
    assert said[role.value] == MEETING_RIGHTS[role]
    assert len(said) == len(MeetingRole)


def test_reading_rights_change_nothing() -> None:
    assert {right.name for right in READING} == {
        right.name for right in Right if right.name.startswith(("READ_", "PRINT"))
    }
