"""Swedish public holidays and the eves that everybody is off, from the holidays library."""

from __future__ import annotations

import datetime as dt


def free_days(year: int) -> frozenset[dt.date]:
    """Red days and eves of `year` and the first weeks of the next."""
    return frozenset(holiday_names(year) | holiday_names(year + 1))


def holiday_names(year: int) -> dict[dt.date, str]:
    """Each free day of a year with its Swedish name."""
    import holidays  # noqa: PLC0415 - loaded only where days are planned or drawn

    return dict(holidays.country_holidays("SE", years=year, language="sv", categories=("public", "de_facto")))
