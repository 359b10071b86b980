"""A process of its own that draws agendas: `python -m bench.paper_child COUNT FOLDER`; tells its seconds and memory."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from bench import papers
from bench.memory import peak_kib


def main() -> int:
    """Draw COUNT agendas into a file each, or into one file when FOLDER is named with an ending."""
    count, target = int(sys.argv[1]), Path(sys.argv[2])
    start = time.perf_counter()
    from app.reports import documents  # noqa: PLC0415 - the import is part of what a cold process costs

    if target.suffix:
        with target.open("wb") as out:
            documents.draw(documents.AGENDA, [papers.agenda(number) for number in range(count)], out)
    else:
        for number in range(count):
            with (target / f"{number}.pdf").open("wb") as out:
                documents.draw(documents.AGENDA, [papers.agenda(number)], out)
    print(json.dumps({"seconds": time.perf_counter() - start, "peak_kib": peak_kib()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
