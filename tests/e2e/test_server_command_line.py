"""The command line on a server: made, filled, moved to a file and back, by somebody who only types."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.support import PASSWORD
from tests.throwaway_server import ThrowawayServer

ROOT = Path(__file__).resolve().parents[2]


def teamforum(database: str, *arguments: str, status: int = 0, password: str = PASSWORD) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "app", "-d", database, "-u", "chef", *arguments],
        check=False, cwd=ROOT, env={**os.environ, "TEAMFORUM_PASSWORD": password}, capture_output=True, text=True,
        stdin=subprocess.DEVNULL, timeout=120,
    )  # fmt: skip
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    if status:
        assert len(done.stderr.strip().splitlines()) == 1
    return done.stdout if not status else done.stderr


def test_from_init_on_a_server_to_a_file_and_back(server: ThrowawayServer, tmp_path: Path) -> None:
    there, again = server.address("kommun").url, server.address("kommun_2").url
    home = str(tmp_path / "hemma.tfdb")
    made = teamforum(there, "init", "--unit", "Solgården", "--setting", "sarskilt-boende", "--full-name", "Eva Chef")
    assert "Återställningsnyckel" in made
    assert "prov" not in made
    assert re.search(r"GRANT teamforum_\w+_door TO …$", made, re.MULTILINE)
    sheet = tmp_path / "team.csv"
    sheet.write_text(
        "Namn;Yrke;Enhet\nAnna Ärlig;Sjuksköterska;Solgården\nBo Åberg;Undersköterska;Solgården\n", "utf-8"
    )
    teamforum(there, "import", str(sheet))
    assert [one["name"] for one in json.loads(teamforum(there, "members", "--json"))] == ["Anna Ärlig", "Bo Åberg"]
    assert "lösenord" in teamforum(there, "members", "--json", status=1, password="fel")
    assert "finns redan" in teamforum(there, "init", "--unit", "X", "--setting", "boendestod", status=1)
    moved = json.loads(teamforum(there, "move", home, "--json"))
    assert {one["name"]: one["rows"] for one in moved["tables"]}["members"] == 2
    assert "GRANT teamforum_" in teamforum(home, "move", again)
    files = [tmp_path / name for name in ("ett.json", "två.json", "tre.json")]
    for database, file in zip((there, home, again), files, strict=True):
        teamforum(database, "export", str(file))
        assert json.loads(teamforum(database, "check", "--json"))["ok"] is True
    assert files[0].read_bytes() == files[1].read_bytes() == files[2].read_bytes()
    assert "Det finns ingen Teamforum-databas" in teamforum(server.address("tom").url, "units", status=1)
    assert "kontakten" in teamforum(there.replace(f":{server.port}/", ":1/"), "units", status=1).casefold()
    assert "går inte att använda" in teamforum("mysql://x/y", "units", status=1)
