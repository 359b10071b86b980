"""Templates of meetings: made from a meeting, listed, renamed and taken away; nothing of customers is ever in one."""

from __future__ import annotations

from dataclasses import replace

from app.domain.errors import Refused
from app.domain.meeting_templates import MeetingTemplate, Wanted, template_of
from app.domain.roles import Right
from app.domain.stored import Stored
from app.domain.swedish import sort_key
from app.services import planning_keeping as keeping
from app.services import planning_records as records
from app.services.calls import customer_words
from app.services.desk import Desk, needs
from app.services.meetings import read
from app.storage.unit_of_work import UnitOfWork


@needs(Right.WRITE_MEETINGS)
def list_meeting_templates(
    desk: Desk, *, unit: str | None = None, forum: str | None = None
) -> tuple[Stored[MeetingTemplate], ...]:  # fmt: skip
    """The templates of the units the person works in, by name; one unit's, one forum's."""
    with desk.reading() as work:
        found = [Stored(*one) for one in records.load(work.session, records.TEMPLATES).values()]
    seen = [
        one for one in found
        if desk.actor.works_in(one.value.unit) and unit in (None, one.value.unit) and forum in (None, one.value.forum)
    ]  # fmt: skip
    return tuple(sorted(seen, key=lambda one: (sort_key(one.value.name), one.value.key)))


@needs(Right.WRITE_MEETINGS)
def make_meeting_template(desk: Desk, *, meeting: str, name: str, wanted: Wanted) -> Stored[MeetingTemplate]:
    """A template of a meeting as it stands, with what of it is wanted. Nothing that names a customer comes into it.

    Raises Refused("template_empty") when it has no point of its own, Refused("template_taken" |
    "template_names_customer"), NotFound, NotAllowed.
    """
    with desk.writing() as work:
        found, _ = read(desk, work, meeting)
        made = template_of(found, key="", name=" ".join(name.split()), wanted=wanted, words=customer_words(work))
        if not made.content.items:
            raise Refused("template_empty")
        kept = _keep(desk, work, made, expected_version=None)
        work.commit()
    return kept


@needs(Right.WRITE_MEETINGS)
def keep_meeting_template(
    desk: Desk, *, template: MeetingTemplate, expected_version: int | None
) -> Stored[MeetingTemplate]:  # fmt: skip
    """Keep a template under another name, or one that was taken away (version None). Raises as its making does."""
    with desk.writing() as work:
        kept = _keep(desk, work, template, expected_version=expected_version)
        work.commit()
    return kept


def _keep(
    desk: Desk, work: UnitOfWork, template: MeetingTemplate, *, expected_version: int | None
) -> Stored[MeetingTemplate]:  # fmt: skip
    template = replace(template, name=" ".join(template.name.split()))
    others = records.load(work.session, records.TEMPLATES).values()
    taken = [one for one, _ in others if one.unit == template.unit and one.key != template.key]
    if any(one.name.casefold() == template.name.casefold() for one in taken):
        raise Refused("template_taken", name=template.name)
    content = template.content
    texts = (template.name, content.title or "", *(one.heading for one in content.items))
    words = customer_words(work)
    if any(words.name_somebody(text) for text in (*texts, *(one.text or "" for one in content.items))):
        raise Refused("template_names_customer")
    if not template.key:
        template = replace(template, key=keeping.fresh_key(work, records.TEMPLATES, template.name))
    kept: Stored[MeetingTemplate] = keeping.keep(
        desk, work, records.TEMPLATES, template, expected_version=expected_version
    )  # fmt: skip
    return kept


@needs(Right.WRITE_MEETINGS)
def remove_meeting_template(desk: Desk, *, key: str, expected_version: int) -> None:
    """Take a template away; meetings begun from it stay as they are. Raises NotFound, NotAllowed, Conflict."""
    with desk.writing() as work:
        keeping.remove(desk, work, records.TEMPLATES, key, expected_version=expected_version)
        work.commit()
