"""Swedish public holidays and the eves that everybody is off, from the holidays library."""

from __future__ import annotations

import datetime as dt


def free_days(year: int) -> frozenset[dt.date]:
    """Red days and eves of `year` and the first weeks of the next."""
    return frozenset(holiday_names(year) | holiday_names(year + 1))


def named_days(first: dt.date, last: dt.date) -> dict[dt.date, str]:
    """Each free day of the years that the period lies in, and of the first weeks after it, with its Swedish name."""
    years = range(first.year, (last + dt.timedelta(days=14)).year + 1)
    return {day: name for year in years for day, name in holiday_names(year).items()}


def holiday_names(year: int) -> dict[dt.date, str]:
    """Each free day of a year with its Swedish name."""
    import holidays  # noqa: PLC0415 - loaded only where days are planned or drawn

    return dict(holidays.country_holidays("SE", years=year, language="sv", categories=("public", "de_facto")))
