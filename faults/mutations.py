"""Files that were changed to do harm, or by a bad disk: bytes, encodings, JSON trees, sheets and their archives."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import openpyxl

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**30, 1e308, 0.5, "", " ", "x" * 100_000, "å" * 300, "\0", "\ud800", "2026-02-30",
    "24:61", "2026-03-02T25:00", [], {}, [[]], [None], {"name": {}}, {"": ""}, "../../etc/passwd", "=1+1",
    "19121212-1212", "DROP TABLE meetings", "{0} %s", "<b>", 2**63, "9999-12-31", "0001-01-01", "NaN",
)  # fmt: skip
CELLS = (
    "", " ", "=1+1", "+46 70", "@SUM(A1)", "-1", "\t", "x" * 40_000, "ja", "kanske", "2026-13-45", "9999-12-31",
    "191212121212", "Solgården", "Finnsinte", "<b>", "\u202e", "Å" * 200, "\x01", '"', ";", "'; DROP TABLE units; --",
)  # fmt: skip
Bytes = Callable[[bytes, Random], bytes]


def any_bytes(data: bytes, dice: Random) -> bytes:
    """One to three changes that need no knowledge of the file."""
    for _ in range(dice.randint(1, 3)):
        data = dice.choice(_BLIND)(data, dice)
    return data


def _flip(data: bytes, dice: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def _cut(data: bytes, dice: Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _insert(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    junk = dice.choice((b"\0", b"\xff\xfe", dice.randbytes(40), b"\xef\xbb\xbf", b"\r\n" * 50, b"[" * 5000, b"{", b'"'))
    return data[:at] + junk + data[at:]


def _remove(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + data[at + dice.randint(1, 400) :]


def _double(data: bytes, dice: Random) -> bytes:
    first, second = sorted(dice.randrange(len(data) + 1) for _ in range(2))
    return data[:second] + data[first:second] + data[second:]


def _encode(data: bytes, dice: Random) -> bytes:
    text = data.decode("utf-8", "replace")
    name = dice.choice(("utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "utf-8-sig", "utf-7", "cp437"))
    return text.encode(name, "replace")


def _replace_all(data: bytes, dice: Random) -> bytes:
    return dice.choice((b"", b"\0" * 1000, dice.randbytes(2000), b"PK\x03\x04", b"\xff\xfe", b"\n", data * 2, b"{}"))


_BLIND: Sequence[Bytes] = (_flip, _flip, _cut, _insert, _remove, _double, _encode, _replace_all)


def json_tree(data: bytes, dice: Random) -> bytes:
    """One to three values of the tree changed, removed, doubled or nested; sometimes the text itself made hostile."""
    tree = json.loads(data)
    for _ in range(dice.randint(1, 3)):
        _change_somewhere(tree, dice)
    text = json.dumps(tree, ensure_ascii=dice.random() < 0.5)
    if dice.random() < 0.05:
        text = text.replace('"members":', f'"members": {"[" * 100_000}', 1)
    return text.encode("utf-8", "surrogatepass")


def _change_somewhere(tree: Any, dice: Random) -> None:
    place = tree
    while True:
        keys: list[Any] = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            return
        key = dice.choice(keys)
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or dice.random() < 0.2:
            break
        place = inner
    deed = dice.randrange(5)
    if deed == 0:
        del place[key]
    elif deed == 1 and isinstance(place, list):
        place.append(place[key])
    elif deed == 2 and isinstance(place, dict):
        place[dice.choice(("okänd", "key", "__class__", "from", "version", "a" * 5000))] = dice.choice(ODD)
    else:
        place[key] = dice.choice(ODD)


def members_csv(rows: int, dice: Random, *, wrong: int | None) -> bytes:
    """A sheet of members; the row numbered `wrong` has no name."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=dice.choice(";,"), lineterminator=dice.choice(("\n", "\r\n")))
    writer.writerows(_members(rows, dice, wrong))
    return out.getvalue().encode(dice.choice(("utf-8", "utf-8-sig", "cp1252", "utf-16")), "replace")


def members_xlsx(rows: int, dice: Random, *, wrong: int | None) -> bytes:
    """The same as a workbook."""
    book = openpyxl.Workbook()
    for row in _members(rows, dice, wrong):
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _members(rows: int, dice: Random, wrong: int | None) -> list[list[str]]:
    header = ["Namn", "Yrke", "E-post", "Telefon", "Natt", "Enhet", "Avdelning", "Från", "Till"]
    table = [header]
    for number in range(2, rows + 2):
        name = "" if number == wrong else f"Person {number} {dice.randrange(10**6)}"
        table.append([name, "Undersköterska", "", "", "nej", "Solgården", "Norr", "2026-01-01", ""])
    return table


def odd_csv(data: bytes, dice: Random) -> bytes:
    """Cells of a CSV file made odd, the quoting broken now and then."""
    rows = list(csv.reader(io.StringIO(data.decode()), delimiter=";"))
    for _ in range(dice.randint(1, 4)):
        row = dice.choice(rows)
        row[dice.randrange(len(row))] = dice.choice(CELLS)
    if dice.random() < 0.2:
        dice.choice(rows).extend(["mer"] * dice.choice((1, 300)))
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    text = out.getvalue()
    return (text.replace('"', "", 1) if dice.random() < 0.2 else text).encode("utf-8", "surrogatepass")


def odd_xlsx(data: bytes, dice: Random) -> bytes:
    """One part of a workbook's archive changed, taken away, blown up, or given another name."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = dice.choice(list(parts))
    deed = dice.randrange(6)
    if deed == 0:
        del parts[name]
    elif deed == 1:
        parts[f"../../{name}"] = parts.pop(name)
    elif deed == 2:
        parts["xl/worksheets/sheet1.xml"] = _LAUGHS + parts["xl/worksheets/sheet1.xml"].partition(b"?>")[2]
    elif deed == 3 and dice.random() < 0.2:
        parts["xl/media/bomb.bin"] = bytes(250_000_000)
    else:
        parts[name] = any_bytes(parts[name], dice)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for part, content in parts.items():
            packed.writestr(part, content)
    return out.getvalue()


_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (99 + n, b"&%c;" % (98 + n) * 10 if n else b"&a;" * 10) for n in range(8))
    + b"]>"
)


def key_file(data: bytes, dice: Random) -> bytes:
    """A key file with another cost, other lengths, other names, or changed blindly."""
    if dice.random() < 0.4:
        return any_bytes(data, dice)
    outer = json.loads(data)
    holder = dice.choice([*outer["body"]["users"].values(), outer["body"]["recovery"]])
    deed = dice.randrange(4)
    if deed == 0:
        holder[dice.choice(("iterations", "memory"))] = dice.choice((0, 1, 10**9, -5, 2**64, "3", None, 1e9, True))
    elif deed == 1:
        holder[dice.choice(list(holder))] = dice.choice(("", "!", "0" * 2000, "~~~~~~~~", 7, None, []))
    elif deed == 2:
        outer["body"]["version"] = dice.choice((0, 2, "1", None, [], 1.5))
    else:
        _change_somewhere(outer, dice)
    return json.dumps(outer).encode()
