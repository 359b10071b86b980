"""The catalogue against the routine's tables, cell by cell, copied here by hand from the routine itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.bootstrap import load_lists
from app.domain.catalogue import (
    CustomerCount,
    Departure,
    Forum,
    Interval,
    Length,
    Participant,
    Setting,
    apply_departure,
    departure_from,
    departure_from_dict,
    departure_to_dict,
    differences,
    forum_from_dict,
    forum_to_dict,
)  # fmt: skip

S = Setting
DAILY_WHEN_NEEDED = Interval(frequency="daily", when_needed=True)
MONTHLY = Interval(frequency="monthly")
FORTNIGHTLY = Interval(frequency="weekly", every=2)
HOUR = Length(min=60, max=60)
HALF_TO_HOUR = Length(min=30, max=60, extendable=True)
HALF_OR_MORE = Length(min=30, max=30, extendable=True)
FIVE = Length(min=5, max=5)
NURSE_AREAS = "Arbetsmiljöfrågor|Verksamhetsfrågor|Kompetensutveckling|Ekonomifrågor"
REVIEW = "Genomgång utifrån behov/problem|Riskbedömning|Uppföljningar beslutade åtgärder"
REFLECTION = "Arbetssätt|Kundperspektiv"
QUALITY = "Avvikelsehantering|Återkoppling av kvalitetsregister/PPM mm"
URGENT = "Uppkomna behov/problem som inte kan vänta"
EACH = "Varje profession som behöver lyfta ett behov/problem"
COUNCIL = "Kundernas möte|Aktiviteter|Boendefrågor"
TEAM = "Leg personal|Fast omsorgskontakt|Dietist?|Demenssjuksköterska?"
LED_FROM = "Specialistundersköterska från annan avdelning utbildade i samtalsmetodik"
LED_FROM_GROUP = "Specialist usk från annan grupp utbildade i samtalsmetodik"
LED_FROM_OTHER = "Reflektionsledare från annan verksamhet utbildad i samtalsmetodik"

# setting, key, name, interval, length, place, participants (? = v.b.), convenor, topics
TABLES: list[tuple[Setting, str, str, Interval, Length, str, str, str, str]] = [
    # routine 3.1
    (S.SARSKILT_BOENDE, "pulsmote", "Pulsmöte", DAILY_WHEN_NEEDED, FIVE, "SEFOS",
     "Planeringsteam|Enhetschef|Planerare|Sjuksköterska", "Ansvarig sjuksköterska", ""),
    (S.SARSKILT_BOENDE, "daglig-avstamning", "Daglig avstämning",
     Interval(frequency="daily", times_per_day=2, time_of_day=("forenoon", "afternoon")),
     Length(min=5, max=5, per_ward=True), "På respektive avd.", "Sjuksköterska|Vårdpersonal i tjänst", EACH, URGENT),
    (S.SARSKILT_BOENDE, "teammote", "Teammöte", FORTNIGHTLY, HALF_OR_MORE, "På respektive avd.", TEAM, "Enhetschef",
     REVIEW),
    (S.SARSKILT_BOENDE, "reflektionsmote", "Reflektionsmöte", MONTHLY, HOUR, "Möteslokal", "Samtlig vårdpersonal",
     LED_FROM, REFLECTION),
    (S.SARSKILT_BOENDE, "apt", "APT", MONTHLY, HOUR, "Möteslokal", "Samtlig vårdpersonal", "Enhetschef", NURSE_AREAS),
    (S.SARSKILT_BOENDE, "kvalitetsmote", "Kvalitetsmöte", MONTHLY, HALF_TO_HOUR, "Möteslokal",
     "Leg personal|Samtlig vårdpersonal", "Enhetschef|Ansvarig sjuksköterska", QUALITY),
    (S.SARSKILT_BOENDE, "borad", "Aktivitetsråd/boråd", MONTHLY, HOUR, "Respektive avdelning", "Kunder",
     "Avdelningspersonal", COUNCIL),
    # routine 3.2
    (S.ORDINART_BOENDE, "pulsmote", "Pulsmöte", Interval(frequency="daily", time_of_day=("morning",)),
     Length(min=5, max=10), "SEFOS", "Planeringsteam|Enhetschef|Planerare", "Planeringssjuksköterska", ""),
    (S.ORDINART_BOENDE, "daglig-avstamning", "Daglig avstämning",
     Interval(frequency="daily", time_of_day=("forenoon",)), Length(min=15, max=15), "",
     "Enhetschef|Planerare|Leg personal|Vårdpersonal i tjänst", EACH, URGENT),
    (S.ORDINART_BOENDE, "teammote", "Teammöte", FORTNIGHTLY, HALF_OR_MORE, "Möteslokal",
     "Leg personal|Fast omsorgskontakt|Handläggare|Dietist?|Demenssjuksköterska?", "Enhetschef", REVIEW),
    (S.ORDINART_BOENDE, "reflektionsmote", "Reflektionsmöte", MONTHLY, HOUR, "Möteslokal",
     "Samtlig vårdpersonal|Grupper i gruppen|Leg personal?", LED_FROM_GROUP, REFLECTION),
    (S.ORDINART_BOENDE, "apt", "APT", MONTHLY, HOUR, "Möteslokal", "Samtlig vårdpersonal", "Enhetschef", NURSE_AREAS),
    (S.ORDINART_BOENDE, "kvalitetsmote", "Kvalitetsmöte", MONTHLY, HALF_TO_HOUR, "Möteslokal",
     "Enhetschef|Leg personal", "Enhetschef|ssk", QUALITY),
    # routine 3.3
    (S.GRUPPBOSTAD, "pulsmote", "Pulsmöte", DAILY_WHEN_NEEDED, FIVE, "SEFOS", "Planeringsteam|Enhetschef|Planerare",
     "Ansvarig sjuksköterska", ""),
    (S.GRUPPBOSTAD, "apt", "APT", MONTHLY, HOUR, "Möteslokal", "Samtlig vårdpersonal", "Enhetschef", NURSE_AREAS),
    (S.GRUPPBOSTAD, "teammote", "Teammöte", MONTHLY, Length(min=30, max=30), "På boendet", TEAM, "Enhetschef", REVIEW),
    (S.GRUPPBOSTAD, "reflektionsmote", "Reflektionsmöte", MONTHLY, HOUR, "Möteslokal", "Samtlig vårdpersonal",
     LED_FROM_OTHER, REFLECTION),
    (S.GRUPPBOSTAD, "kvalitetsmote", "Kvalitetsmöte", MONTHLY, HALF_TO_HOUR, "Möteslokal",
     "Leg personal|Samtlig vårdpersonal", "Enhetschef|ssk", QUALITY),
    (S.GRUPPBOSTAD, "borad", "Aktivitetsråd/boråd", MONTHLY, HOUR, "Respektive boende", "Kunder", "Boendepersonal",
     COUNCIL),
    # routine 3.4
    (S.DAGLIG_VERKSAMHET, "apt", "APT", MONTHLY, HOUR, "Möteslokal", "Samtlig stödpersonal", "Enhetschef",
     NURSE_AREAS),
    (S.DAGLIG_VERKSAMHET, "reflektionsmote", "Reflektionsmöte", MONTHLY, HOUR, "Möteslokal",
     "Samtlig stödpersonal|Leg personal|Boendepersonal?", "Enhetschef", f"{REFLECTION}|{REVIEW}"),
    (S.DAGLIG_VERKSAMHET, "kvalitetsmote", "Kvalitetsmöte", MONTHLY, HALF_TO_HOUR, "Möteslokal",
     "Leg personal|Samtlig stödpersonal", "Enhetschef", QUALITY),
    (S.DAGLIG_VERKSAMHET, "aktivitetsrad", "Aktivitetsråd", MONTHLY, HOUR, "Respektive enhet", "Kunder", "Personal",
     "Kundernas möte|Aktiviteter"),
    # routine 3.5
    (S.PERSONLIG_ASSISTANS, "apt", "APT", MONTHLY, HOUR, "Möteslokal", "Samtlig personal", "Enhetschef", NURSE_AREAS),
    (S.PERSONLIG_ASSISTANS, "reflektionsmote", "Reflektionsmöte", MONTHLY, Length(min=30, max=30, approximate=True),
     "Möteslokal", "Samtlig personal", "Enhetschef", f"{REFLECTION}|{REVIEW}"),
    (S.PERSONLIG_ASSISTANS, "kvalitetsmote", "Kvalitetsmöte", MONTHLY, HALF_TO_HOUR, "Möteslokal",
     "Samtlig personal|Leg personal?", "Enhetschef", "Avvikelsehantering|Återkoppling kvalitetsregister/PPM mm"),
    # routine 3.6
    (S.BOENDESTOD, "pulsmote", "Pulsmöte", DAILY_WHEN_NEEDED, FIVE, "SEFOS",
     "Planeringsteam?|Enhetschef|Tjänstgörande personal|Berörda professioner", "Planeringssjuksköterska|OAS", ""),
    (S.BOENDESTOD, "apt", "APT", MONTHLY, HOUR, "Möteslokal", "Samtlig personal", "Enhetschef", NURSE_AREAS),
    (S.BOENDESTOD, "reflektionsmote", "Reflektionsmöte", MONTHLY, HOUR, "Möteslokal",
     "Samtlig personal|Leg personal|Handläggare?", "Enhetschef", f"{REFLECTION}|{REVIEW}"),
    (S.BOENDESTOD, "kvalitetsmote", "Kvalitetsmöte", MONTHLY, HALF_TO_HOUR, "Möteslokal",
     "Samtlig personal|Leg personal?", "Enhetschef", QUALITY),
]  # fmt: skip
CUSTOMERS = {
    (S.SARSKILT_BOENDE, "teammote"): CustomerCount(min=2, max=2),
    (S.ORDINART_BOENDE, "teammote"): CustomerCount(min=2, max=4),
}
REVIEWS = {(S.DAGLIG_VERKSAMHET, "reflektionsmote"): 6}
CATALOGUE = load_lists().catalogue


def words(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def test_the_routine_has_thirty_forums_and_management_three() -> None:
    ours = [(forum.setting, forum.key) for forum in CATALOGUE.all]
    assert sorted(ours[:30]) == sorted((row[0], row[1]) for row in TABLES)
    assert ours[30:] == [(S.LEDNING, "styrgrupp"), (S.LEDNING, "dialogmote"), (S.LEDNING, "arbetsgrupp")]
    assert all(forum.interval is None for forum in CATALOGUE.forums(S.LEDNING))


@pytest.mark.parametrize("row", TABLES, ids=lambda row: f"{row[0]}-{row[1]}")
def test_each_cell_says_what_the_routine_says(
    row: tuple[Setting, str, str, Interval, Length, str, str, str, str],
) -> None:
    setting, key, name, interval, minutes, place, participants, responsible, topics = row
    forum = CATALOGUE.forum(setting, key)
    assert forum is not None
    called = tuple(Participant(role=one.rstrip("?"), when_needed=one.endswith("?")) for one in words(participants))
    expected = Forum(
        setting=setting, key=key, name=name, interval=interval, minutes=minutes, place=place, digital=place == "SEFOS",
        participants=called, responsible=words(responsible), topics=words(topics),
        customers_per_meeting=CUSTOMERS.get((setting, key)),
        review_every_months=REVIEWS.get((setting, key)), agenda=forum.agenda,
        closes_days=7 if key == "apt" else None,  # the program's suggestion: the routine says nothing of it
    )  # fmt: skip
    assert forum == expected
    assert forum.agenda, "every forum has a fixed agenda (routine 1)"


def test_a_forum_goes_to_json_and_back() -> None:
    assert [forum_from_dict(forum_to_dict(forum)) for forum in CATALOGUE.all] == list(CATALOGUE.all)


def test_a_units_own_copy_is_kept_as_what_differs_and_says_so() -> None:
    routine = CATALOGUE.forum(S.SARSKILT_BOENDE, "teammote")
    assert routine is not None
    own = replace(routine, interval=Interval(frequency="weekly", every=3), place="Matsalen")
    departure = departure_from(routine, own)
    assert departure == Departure(key="teammote", interval=own.interval, place="Matsalen")
    assert departure_from_dict(departure_to_dict(departure)) == departure
    assert apply_departure(routine, departure) == own
    assert [one.sentence for one in differences(routine, own)] == [
        "Intervall: var 3:e vecka, rutinen säger varannan vecka",
        "Plats: Matsalen, rutinen säger På respektive avd.",
    ]
    assert departure_from(routine, routine) is None
