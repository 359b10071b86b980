"""Drafts of everything that is typed: kept a second after the first key, and where each is opened again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, QTimer
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from app.services.desk import Desk
from app.services.drafts import NEW, Draft, DraftNote, drop_draft, read_draft, save_draft
from app.ui.widgets.fields import chosen
from app.ui.workplace import Workplace

KEEP_MS = 1000
"""After the first key that is not kept yet: the promise is a draft at most two seconds old."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands unsaved in a place: of which thing, the version it started from, and the text."""

    key: str
    started_from: int
    content: str


class DraftKeeper(QObject):
    """Keeps what is typed in one form as the person's draft; `typed` tells what is unsaved there now, if anything."""

    def __init__(self, owner: QWidget, place: Workplace, kind: str, typed: Callable[[], Typed | None]) -> None:
        super().__init__(owner)
        self.place, self.kind = place, kind
        self._typed = typed
        self._kept: Typed | None = None
        self._held = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.keep)

    def touch(self) -> None:
        """Something was typed: keep it within a second, however fast the typing goes on."""
        if not self._held and not self._timer.isActive():
            self._timer.start()

    def keep(self) -> None:
        """Keep what is unsaved now; what was taken back by hand needs no draft any more."""
        self._timer.stop()
        found, kind = self._typed(), self.kind
        if found == self._kept or self._held:
            return
        before, self._kept = self._kept, found
        if found is not None:
            one = found

            def work(desk: Desk) -> None:
                save_draft(desk, kind=kind, key=one.key, started_from=one.started_from, content=one.content)

            self.place.ask(self, work, lambda _: None, otherwise=self._not_kept)
        elif before is not None:
            self.drop(before.key)

    def leave(self) -> None:
        """Keep what is unsaved now; another thing is shown here next, and what stands in it then is its own."""
        self.keep()
        self._kept = None

    def _not_kept(self, _: Exception) -> bool:
        self._kept = None  # the next key tries again; the fault is told in the bar
        return False

    def took(self, draft: Draft) -> None:
        """The draft's text stands in the form again: it need not be kept once more."""
        self._kept = Typed(draft.key, draft.started_from, draft.content)

    def hold(self) -> None:
        """The form is being saved, and the draft goes with that: nothing is kept until `release`."""
        self._timer.stop()
        self._held = True

    def release(self, *, saved: bool) -> None:
        """Saving is over; what was typed meanwhile, or could not be saved, is kept again."""
        self._held = False
        if saved:
            self._kept = None
        self.touch()

    def drop(self, key: str) -> None:
        """Throw the draft of that thing away."""
        self._timer.stop()
        self._kept = None
        kind = self.kind
        self.place.ask(self, lambda desk: drop_draft(desk, kind=kind, key=key), lambda _: None)


class FieldDrafts(QObject):
    """The draft of a dialog's fields: put back when it is opened again, kept by the lock, dropped by Avbryt."""

    def __init__(self, dialog: QWidget, place: Workplace, kind: str, key: str, **fields: QWidget) -> None:
        super().__init__(dialog)
        self._key, self._fields = key, fields
        self._locking = False
        self.keeper = DraftKeeper(dialog, place, kind, self._typed)
        place.leaving.connect(self._lock)
        for one in fields.values():
            _on_change(one, self.keeper.touch)
        place.ask(self, lambda desk: read_draft(desk, kind=kind, key=key), self._put_back)

    def _typed(self) -> Typed | None:
        state = {name: _text_of(one) for name, one in self._fields.items()}
        written = any(state[name].strip() for name, one in self._fields.items() if not isinstance(one, QComboBox))
        return Typed(self._key, 0, json.dumps(state, ensure_ascii=False)) if written else None

    def _put_back(self, draft: Draft | None) -> None:
        if draft is None or self._typed() is not None:
            return
        state = json.loads(draft.content)
        for name, one in self._fields.items():
            _put(one, str(state.get(name, "")))
        self.keeper.took(draft)

    def _lock(self) -> None:
        self.keeper.keep()
        self._locking = True

    def left(self, result: int) -> None:
        """The dialog is closed: given up on purpose there is nothing to keep; done, whoever did it drops the draft."""
        if result or self._locking:
            self.keeper.keep()
        else:
            self.done()

    def done(self) -> None:
        """What was typed is where it belongs."""
        self.keeper.drop(self._key)


def _on_change(one: QWidget, touch: Callable[[], None]) -> None:
    if isinstance(one, QPlainTextEdit):
        one.textChanged.connect(touch)
    elif isinstance(one, QLineEdit):
        one.textChanged.connect(lambda _: touch())
    elif isinstance(one, QComboBox):
        one.currentIndexChanged.connect(lambda _: touch())


def _text_of(one: QWidget) -> str:
    if isinstance(one, QPlainTextEdit):
        return one.toPlainText()
    if isinstance(one, QComboBox):
        return chosen(one)
    return one.text() if isinstance(one, QLineEdit) else ""


def _put(one: QWidget, text: str) -> None:
    if isinstance(one, QPlainTextEdit):
        one.setPlainText(text)
    elif isinstance(one, QLineEdit):
        one.setText(text)
    elif isinstance(one, QComboBox) and (number := one.findData(text)) >= 0:
        one.setCurrentIndex(number)


@dataclass(frozen=True, slots=True)
class DraftPlace:
    """How a draft is told of, `{0}` being what it belongs to, and the page where it is put back."""

    words: str
    page: str
    before_key: str = ""
    new: str = ""
    """The words for something that was not there before."""


PLACES: Mapping[str, DraftPlace] = {
    "meeting": DraftPlace(str(QT_TRANSLATE_NOOP("Drafts", "i {0}")), "meeting"),
    "addition": DraftPlace(str(QT_TRANSLATE_NOOP("Drafts", "i ett tillägg till {0}")), "meeting"),
    "cancel": DraftPlace(str(QT_TRANSLATE_NOOP("Drafts", "om varför {0} ställs in")), "meeting"),
    "comment": DraftPlace(str(QT_TRANSLATE_NOOP("Drafts", "i en synpunkt på {0}")), "meeting"),
    "settle": DraftPlace(str(QT_TRANSLATE_NOOP("Drafts", "i ett svar på en synpunkt på {0}")), "meeting"),
    "answer": DraftPlace(str(QT_TRANSLATE_NOOP("Drafts", "i ett svar på en fråga från {0}")), "waiting"),
    "action": DraftPlace(str(QT_TRANSLATE_NOOP("Drafts", "i en åtgärd")), "actions"),
    "point": DraftPlace(str(QT_TRANSLATE_NOOP("Drafts", "i en ny punkt till ett möte")), ""),
    "participation": DraftPlace(str(QT_TRANSLATE_NOOP("Drafts", "om en kunds delaktighet i {0}")), "meeting"),
    "members": DraftPlace(
        str(QT_TRANSLATE_NOOP("Drafts", "om medarbetaren {0}")), "team",
        new=str(QT_TRANSLATE_NOOP("Drafts", "om en ny medarbetare")),
    ),
    "customers": DraftPlace(
        str(QT_TRANSLATE_NOOP("Drafts", "i en kunds uppgifter")), "customers",
        new=str(QT_TRANSLATE_NOOP("Drafts", "om en ny kund")),
    ),
    "absences": DraftPlace(
        str(QT_TRANSLATE_NOOP("Drafts", "om en frånvaro")), "away",
        new=str(QT_TRANSLATE_NOOP("Drafts", "om en ny frånvaro")),
    ),
    "letters": DraftPlace(
        str(QT_TRANSLATE_NOOP("Drafts", "i informationsbrevet {0}")), "letters",
        new=str(QT_TRANSLATE_NOOP("Drafts", "i ett nytt informationsbrev")),
    ),
    "checklist": DraftPlace(str(QT_TRANSLATE_NOOP("Drafts", "i checklistan {0}")), "checklists"),
    "request": DraftPlace(str(QT_TRANSLATE_NOOP("Drafts", "i ett samordningsärende")), "case"),
    "unit": DraftPlace(str(QT_TRANSLATE_NOOP("Drafts", "i uppgifterna om {0}")), "settings", "units:"),
    "forum": DraftPlace(str(QT_TRANSLATE_NOOP("Drafts", "i ett mötesforum för {0}")), "settings", "forums:"),
    "instrument": DraftPlace(
        str(QT_TRANSLATE_NOOP("Drafts", "i ett bedömningsinstrument för {0}")), "settings", "instruments:"
    ),
    "log_review": DraftPlace(str(QT_TRANSLATE_NOOP("Drafts", "i ett stickprov ur loggen")), "settings", "log:"),
}  # fmt: skip
"""Every kind of draft; a test holds them against the services' own list."""


_UNDER = ("forum", "instrument", "participation", "comment", "settle", "answer")
"""Kinds whose keys say more than what the page is shown by."""


def where_to(note: DraftNote) -> tuple[str, str]:
    """The page and the key that lead to where the text is put back; an empty page is the dialog for a new point."""
    place = PLACES[note.kind]
    key = note.key.partition("/")[0] if note.kind in _UNDER else note.key
    return place.page, place.before_key + key


def readable(content: str) -> str:
    """The words of a draft, for somebody whose place to put them is gone: each text that was not there before."""
    try:
        found = json.loads(content)
    except ValueError:
        return content
    if not isinstance(found, list | dict):
        return content
    base, mine = found if isinstance(found, list) and len(found) == 2 else ("{}", found)
    before = set(_texts(_unpacked(base)))
    return "\n\n".join(dict.fromkeys(text for text in _texts(_unpacked(mine)) if text not in before))


def _unpacked(value: object) -> object:
    return json.loads(value) if isinstance(value, str) else value


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str) and value.strip():
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


__all__ = ["NEW", "PLACES", "DraftKeeper", "DraftPlace", "FieldDrafts", "Typed", "readable", "where_to"]
