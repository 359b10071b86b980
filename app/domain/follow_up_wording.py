"""The sentences for known errors around a customer's follow-up: instruments and her history. Part of `wording`."""

from __future__ import annotations

FOLLOW_UP: dict[str, str] = {
    "history_empty": "Det finns inget att skriva ut för kunden här. Välj fler sorter.",
    "instrument_name": "Ange vad instrumentet heter.",
    "instrument_scale": "Skalan går inte ihop. Rätta så att lägsta poäng är mindre än högsta, i hela poäng.",
    "instrument_band": "Skriv ett ord och en egen poäng på skalan för varje gräns.",
    "instrument_first_band": "Rätta den lägsta gränsen så att den börjar där skalan börjar, på {least}.",
    "instrument_doubled": "Enheten har redan ett instrument med det namnet. Välj ett annat.",
}
