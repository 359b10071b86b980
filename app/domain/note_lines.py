"""Lines of a note that begin with `/`: `/beslut …`, `/åtgärd @namn fredag …`, `/fråga till @namn …`, `/lyft forum …`.

What a line means is read here; what becomes of it is the window's. A line that cannot be understood is refused with
what is unclear, and stays where it was written.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from app.domain.errors import Refused
from app.domain.meetings import Action, Item, Question
from app.domain.named import People, take_person
from app.domain.people import Outsider, Person
from app.domain.recurring import Every
from app.domain.swedish import WEEKDAYS
from app.domain.typed import LEADS, read_date

COMMANDS = ("/beslut", "/åtgärd", "/fråga", "/lyft")
_SAME = {"/atgard": "/åtgärd", "/fraga": "/fråga", "/atgärd": "/åtgärd", "/åtgard": "/åtgärd"}
"""What is typed where å and ä are not at hand."""
LIFTS = {
    "pulsmote": "pulsmöte", "daglig-avstamning": "daglig avstämning", "teammote": "teammöte",
    "reflektionsmote": "reflektionsmöte", "apt": "APT", "kvalitetsmote": "kvalitetsmöte", "borad": "boråd",
    "aktivitetsrad": "aktivitetsråd", "styrgrupp": "styrgrupp", "dialogmote": "dialogmöte",
    "arbetsgrupp": "arbetsgrupp", "request": "begäran om samordning",
}  # fmt: skip
"""Where a point can be lifted by name; anybody else is a recipient outside the unit."""
OUTSIDE = "outside"
RECIPIENTS = ("handläggare", "god man", "förvaltare", "anhörig", "läkare", "vårdcentralen", "MAS", "MAR")
"""Recipients outside the unit who are named by what they are."""
_MOST_WORDS = 5
_MOST_NAMED = 3
_SHORTEST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a line may speak of: the people, and the customers whom the writer may see (key → label)."""

    people: People
    customers: Mapping[str, str] = field(default_factory=dict)
    today: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line understood: `command` says which fields count. `text` is what is left when all else is taken out."""

    command: str
    text: str
    person: Person | None = None
    due: dt.date | None = None
    repeat: str | None = None
    customer: str | None = None
    lifted_to: str | None = None


def is_command(text: str) -> bool:
    """Whether a line of a note means to be a command: it begins with `/` and a letter."""
    return re.match(r"\s*/[a-zåäöA-ZÅÄÖ]", text) is not None


def read_line(text: str, *, known: Known) -> Line:
    """What the line says.

    Raises Refused("line_command" | "line_empty" | "line_person" | "line_days" | "line_date" | "line_lift").
    """
    word, _, rest = text.strip().partition(" ")
    rest = " ".join(rest.split())
    command = _command(word)
    if command == "/beslut":
        return Line(command=command, text=_filled(rest, command))
    if command == "/lyft":
        return _lift(rest, known)
    person, left = take_person(rest, known.people)
    if command == "/fråga":
        if person is not None:
            left = re.sub(r"^till\b\s*", "", left, flags=re.IGNORECASE)
        return Line(command=command, text=_filled(left, command), person=person)
    repeat, left = _take_repeat(left)
    due, left = _take_day(left, known.today)
    return Line(
        command=command, text=_filled(left, command), person=person, due=due, repeat=repeat,
        customer=_customer(left, known.customers),
    )  # fmt: skip


def _command(word: str) -> str:
    """The command that the word begins, when only one does: `/å` is enough."""
    typed = word.casefold()
    typed = _SAME.get(typed, typed)
    found = [one for one in COMMANDS if one.startswith(typed)]
    if len(found) != 1:
        raise Refused("line_command", word=word)
    return found[0]


def _filled(text: str, command: str) -> str:
    """The text with a large first letter. Raises Refused("line_empty") when nothing is left of it."""
    bare = text.strip(" ,.:;–-")
    if not bare:
        raise Refused("line_empty", command=command)
    kept = text.strip(" ,:;").removeprefix("att ").strip()
    return kept[:1].upper() + kept[1:]


def _customer(text: str, customers: Mapping[str, str]) -> str | None:
    """The one customer whose label stands in the text."""
    there = _plain(text)
    found = [key for key, label in customers.items() if _plain(label) in there]
    return found[0] if len(found) == 1 else None


def _plain(text: str) -> str:
    """The words alone, a space around each, so that whole words are looked for."""
    words = re.findall(r"\w+", text.casefold())
    return f" {' '.join(words)} "


# how often


def _take_repeat(text: str) -> tuple[str | None, str]:
    """How often it comes again, and the text without it; of `varje fredag` the day stays: it is the first time's."""
    for every in Every:
        found = re.search(rf"(?<!\w){every.label}(?!\w)", text, flags=re.IGNORECASE)
        if found:
            return every.value, f"{text[: found.start()]} {text[found.end() :]}".strip()
    found = re.search(rf"(?<!\w)(varje|varannan) (?=(på )?({'|'.join(WEEKDAYS)})(?!\w))", text, flags=re.IGNORECASE)
    if found is None:
        return None, text
    every = Every.WEEK if found[1].casefold() == "varje" else Every.FORTNIGHT
    return every.value, text[: found.start()] + text[found.end() :]


# days


@dataclass(frozen=True, slots=True)
class _Day:
    """A day found in a line: from which word to which (not including it), and whether `senast` stands before it."""

    day: dt.date
    start: int
    end: int
    led: bool


def _take_day(text: str, today: dt.date) -> tuple[dt.date | None, str]:
    """The day by which it is to be done, and the text without it. Raises Refused("line_days" | "line_date")."""
    words = text.split()
    found = _days(words, today)
    led = [one for one in found if one.led]
    meant = led or found
    if len({one.day for one in meant}) > 1:
        named = ", ".join(" ".join(words[one.start : one.end]) for one in meant)
        raise Refused("line_days", days=named)
    _refuse_unreadable(words, found)
    if not meant:
        return None, text
    one = meant[0]
    return one.day, " ".join([*words[: one.start], *words[one.end :]])


def _days(words: list[str], today: dt.date) -> list[_Day]:
    found: list[_Day] = []
    at = 0
    while at < len(words):
        one = _day_at(words, at, today)
        if one is None:
            at += 1
        else:
            found.append(one)
            at = one.end
    return found


def _day_at(words: list[str], at: int, today: dt.date) -> _Day | None:
    """The longest day that begins with that word."""
    for end in range(min(len(words), at + _MOST_WORDS + 2), at, -1):
        phrase = " ".join(words[at:end]).casefold().strip(" ,.;:!?")
        lead = next((one for one in LEADS if phrase.startswith(f"{one} ")), "")
        day = read_date(phrase, today=today, deadline=True)
        if day is None or (day < today and not lead.endswith("senast") and not re.search(r"\d{4}", phrase)):
            continue
        loose = re.fullmatch(r"\+ ?\d+|\d{1,2}[/.]\d{1,2}|\d{8}", phrase) is not None
        if loose and not (at == 0 or end == len(words)):
            continue  # `1/2 tablett` in the middle of a line is no day
        if words[at - 1 : at] == ["kl"] or phrase in LEADS:
            continue
        return _Day(day, at, end, "senast" in lead)
    return None


def _refuse_unreadable(words: list[str], found: list[_Day]) -> None:
    """Raises Refused("line_date") where `senast` is followed by no day, or the line ends in figures that are none."""
    taken = {number for one in found for number in range(one.start, one.end)}
    for number, word in enumerate(words):
        if number in taken:
            continue
        if word.casefold() == "senast" and not found:
            raise Refused("line_date", text=" ".join(words[number + 1 : number + 3]) or word)
        last = number in (0, len(words) - 1)
        if last and not found and re.fullmatch(r"\d{1,2}/\d{1,2}|\d{4}-\d{2}-\d{2}", word.strip(".,;")):
            raise Refused("line_date", text=word)


# lifting


def _lift(text: str, known: Known) -> Line:
    """Where the point is lifted: a forum by name or its beginning, @ and a name, or a recipient by what she is."""
    text = re.sub(r"^till\s+", "", text, flags=re.IGNORECASE)
    if not text:
        raise Refused("line_lift")
    if text.startswith("@"):
        person, left = take_person(text, known.people)
        return Line(command="/lyft", text=_said(left), person=person, lifted_to=OUTSIDE)
    words = text.split()
    for count in range(min(_MOST_NAMED, len(words)), 0, -1):
        typed = " ".join(words[:count]).casefold().strip(".,:;")
        left = " ".join(words[count:])
        forums = [key for key, name in LIFTS.items() if _names(typed, name.casefold())]
        if len(forums) == 1:
            person, left = take_person(left, known.people)
            return Line(command="/lyft", text=_said(left), person=person, lifted_to=forums[0])
        for one in RECIPIENTS:
            if typed in (one.casefold(), f"{one.casefold()}n", f"{one.casefold()}en"):
                name = one[:1].upper() + one[1:]
                return Line(command="/lyft", text=_said(left), person=Outsider(name), lifted_to=OUTSIDE)
    raise Refused("line_lift")


def _names(typed: str, name: str) -> bool:
    """Whether the typed words are the forum: whole, in the definite form, or three letters of its beginning."""
    whole = typed in (name, f"{name}t", f"{name}et", f"{name}en")
    return whole or (len(typed) >= _SHORTEST and name.startswith(typed))


def _said(text: str) -> str:
    kept = text.strip(" ,:;")
    return kept[:1].upper() + kept[1:]


# what becomes of a point


def with_line(item: Item, line: Line, *, notes: str | None, action_key: str) -> Item:
    """The point with what the line says, and `notes` for its note: the one without the line.

    What is said beside a lift stays in the note: whoever gets the point reads there what it is about.
    """
    if line.command == "/beslut":
        return replace(item, notes=notes, decisions=(*item.decisions, line.text))
    if line.command == "/fråga":
        asked = Question(question=line.text, answered_by=line.person)
        return replace(item, notes=notes, questions=(*item.questions, asked))
    if line.command == "/lyft":
        return replace(item, notes=notes, lifted_to=line.lifted_to, lifted_recipient=line.person)
    customer = line.customer if line.customer != item.customer else None
    action = Action(
        key=action_key, text=line.text, responsible=line.person, due=line.due, repeat=line.repeat, customer=customer
    )
    return replace(item, notes=notes, actions=(*item.actions, action))
