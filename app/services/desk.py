"""The desk: what a logged-in person works at. Each service function takes it first; it checks rights, opens work."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Concatenate, ParamSpec, TypeVar

from app.domain.catalogue import Catalogue
from app.domain.clock import Clock, to_wall_clock
from app.domain.errors import NotAllowed, StorageFault
from app.domain.log import Head
from app.domain.roles import READING, Actor, Right
from app.domain.team import Professions
from app.services import standing
from app.storage.audit import Event, Who
from app.storage.store import Store
from app.storage.unit_of_work import UnitOfWork

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Desk:
    """The open store, who is at work, the clock, and the lists that ship with the program."""

    store: Store
    actor: Actor
    clock: Clock
    workstation: str
    catalogue: Catalogue
    professions: Professions
    in_gesture: bool = False
    """Whether the account was looked up for the gesture under way: the services that it calls need not do it again."""
    lost_log: Head | None = None
    """The log's end as this machine had noted it, when the log no longer had it at log-in: to be told once."""

    @property
    def today(self) -> dt.date:
        """Today's date in Sweden."""
        return self.clock.today()

    @property
    def true_day(self) -> dt.date:
        """The day in Sweden by the machine's clock, whatever day was asked for: rights and removals follow it."""
        return to_wall_clock(self.clock.instant()).date()

    def may(self, right: Right) -> bool:
        """Whether the account's role gives `right`."""
        return self.actor.may(right)

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """A unit of work that only reads."""
        with self.store.work(who=self._who, at=self.clock.instant(), writing=False) as work:
            yield work

    @contextmanager
    def writing(self) -> Iterator[UnitOfWork]:
        """A unit of work that writes; it holds the write lock from the start and keeps nothing until `commit`.

        Reading customers' data is writing too: the audit row has to be kept.
        """
        with self.store.work(who=self._who, at=self.clock.instant(), writing=True) as work:
            yield work

    def for_gesture(self, rights: Collection[Right]) -> Desk:
        """The desk for a gesture that needs one of `rights`, its person looked up anew.

        Units opened in an emergency are there only where nothing but reading is needed. What is her own (a draft of
        what she is typing) she keeps though her rights were changed.

        Raises AccessDenied("account_ended" | "assignment_ended"), NotAllowed("account_changed").
        """
        if self.in_gesture:
            return self
        try:
            now = standing.seated(self.store, self.actor.user, who=self._who, clock=self.clock)
        except StorageFault as fault:
            if fault.code != "connection_lost" or set(rights) != {Right.OWN_ACCOUNT}:
                raise
            return replace(self, in_gesture=True)  # nobody can be asked now; a draft is kept on this workstation
        if not standing.same(now, self.actor) and set(rights) != {Right.OWN_ACCOUNT}:
            raise NotAllowed("account_changed")
        emergency = now.emergency if READING.issuperset(rights) else frozenset()
        return replace(self, actor=replace(self.actor, emergency=emergency), in_gesture=True)

    @property
    def _who(self) -> Who:
        return Who(user=self.actor.user, role=self.actor.role.value, workstation=self.workstation)

    def give_way(self, *, grace: float) -> None:
        """Before logging out while something else is under way: it has `grace` seconds, then it is broken off."""
        self.store.give_way(grace=grace)

    def note_end(self) -> None:
        """Note the log's end outside the database; where that cannot be done, the log says so."""
        try:
            self.store.keep_anchor()
        except StorageFault as fault:
            with self.writing() as work:
                work.record(Event(action="log_anchor_not_kept", reason=fault.code))
                work.commit()

    def unshelve(self, *, kind: str, key: str) -> None:
        """Throw away the person's draft that was kept on this workstation: the database has it, or something later."""
        if self.store.shelf is not None:
            self.store.shelf.drop(user=self.actor.user, kind=kind, key=key)

    def close(self) -> None:
        """Log out: close the database and drop its key."""
        self.store.close()


Service = Callable[Concatenate[Desk, P], T]


def needs(*rights: Right) -> Callable[[Service[P, T]], Service[P, T]]:
    """Mark a service function with the rights of which one is enough; without any of them it raises NotAllowed.

    Before that the account is looked up: one that was ended or changed since the person logged in does nothing more.
    A function whose right may come from a role at the meeting is marked with `needs_at_meeting` instead.
    """

    def decorate(function: Service[P, T]) -> Service[P, T]:
        @functools.wraps(function)
        def checked(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> T:
            now = desk.for_gesture(rights)
            if not any(now.may(right) for right in rights):
                raise NotAllowed("not_allowed", role=now.actor.role.label)
            return function(now, *args, **kwargs)

        checked.rights = frozenset(rights)  # type: ignore[attr-defined]
        return checked

    return decorate


def needs_at_meeting(*rights: Right) -> Callable[[Service[P, T]], Service[P, T]]:
    """Mark a service function that checks `rights` itself, once it knows the person's role at the meeting.

    The account is looked up first, as for `needs`.
    """

    def decorate(function: Service[P, T]) -> Service[P, T]:
        @functools.wraps(function)
        def checked(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> T:
            return function(desk.for_gesture(rights), *args, **kwargs)

        checked.rights = frozenset(rights)  # type: ignore[attr-defined]
        checked.at_meeting = True  # type: ignore[attr-defined]
        return checked

    return decorate
