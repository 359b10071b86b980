"""The command line on a server: made, filled, moved to a file and back, by somebody who only types."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.support import PASSWORD
from tests.terminal import ROOT, Way, in_own_process, in_this_process
from tests.throwaway_server import ThrowawayServer


def teamforum(
    database: str, *arguments: str, status: int = 0, password: str = PASSWORD, way: Way = in_this_process
) -> str:
    said = way(["-d", database, "-u", "chef", *arguments], ROOT, {"TEAMFORUM_PASSWORD": password})
    assert said.status == status, said.err
    assert "Traceback" not in said.err
    if status:
        assert len(said.err.strip().splitlines()) == 1
    return said.out if not status else said.err


def test_from_init_on_a_server_to_a_file_and_back(server: ThrowawayServer, tmp_path: Path) -> None:
    there, again = server.address("kommun").url, server.address("kommun_2").url
    home = str(tmp_path / "hemma.tfdb")
    words = ("init", "--unit", "Solgården", "--setting", "sarskilt-boende", "--full-name", "Eva Chef")
    made = teamforum(there, *words, way=in_own_process)
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
    moved = json.loads(teamforum(there, "move", home, "--json", way=in_own_process))
    assert {one["name"]: one["rows"] for one in moved["tables"]}["members"] == 2
    assert "GRANT teamforum_" in teamforum(home, "move", again)
    files = [tmp_path / name for name in ("ett.json", "två.json", "tre.json")]
    for database, file in zip((there, home, again), files, strict=True):
        teamforum(database, "export", str(file))
        assert json.loads(teamforum(database, "check", "--json"))["ok"] is True
    assert files[0].read_bytes() == files[1].read_bytes() == files[2].read_bytes()
    assert "Det finns ingen Teamforum-databas" in teamforum(server.address("tom").url, "units", status=1)
    assert (
        "kontakten"
        in teamforum(there.replace(f":{server.port}/", ":1/"), "units", status=1, way=in_own_process).casefold()
    )
    assert "går inte att använda" in teamforum("mysql://x/y", "units", status=1)
