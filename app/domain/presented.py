"""What professions present under a point, in words for agenda and window (routine 3.1: need, problem and wish)."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.meetings import Presentation
from app.domain.people import person_name
from app.domain.swedish import in_sentence


def presented_words(one: Presentation, names: Mapping[str, str]) -> str:
    """`Anna Berg, sjuksköterska. Behov: … Problem: … Önskemål: …`."""
    who = ", ".join(part for part in (person_name(one.by, names), in_sentence(one.profession)) if part)
    said = (("Behov", one.need), ("Problem", one.problem), ("Önskemål", one.wish))
    return ". ".join([who, *(f"{what}: {text.rstrip('.')}" for what, text in said if text)]) + "."
