"""A case as its page shows it: the case, whom it is about, what is to be done, and what surrounds it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.coordination.cases import CareContact, CoordinationRequest
from app.domain.coordination.duties import CaseTask
from app.domain.coordination.waiting import Wait
from app.domain.stored import Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTask:
    """Something to do with its version."""

    task: CaseTask
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """All that the page of one case shows. `label` is the person as she may be shown."""

    stored: Stored[CoordinationRequest]
    label: str
    unit_name: str
    waits: tuple[Wait, ...]
    tasks: tuple[StoredTask, ...]
    names: Mapping[str, str]
    meetings: Mapping[str, str]
    """The SIP meetings by key, in words."""
    may_record_consent: bool
    item_meeting: str = ""
    """Where the point is that the case came from, as the meeting page's key; empty without one."""

    @property
    def case(self) -> CoordinationRequest:
        """The case itself."""
        return self.stored.value


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTask:
    """Something to do in a case, as Idag shows it."""

    key: str
    request: str
    words: str
    label: str
    due: dt.date | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRow:
    """Of whom somebody is the permanent health-care contact: the case, the person, and the contact as named there."""

    request: str
    label: str
    customer: str | None
    unit_name: str
    ended: bool
    contact: CareContact
