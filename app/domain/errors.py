"""The errors a person can meet: each a fact with a code and its parameters; the Swedish words are in `wording`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.domain.document import Problem


class KnownError(Exception):
    """Something expected went wrong. `code` names the sentence in `wording`, `params` fill it in."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, self.params)


def _rebuild(kind: type[KnownError], code: str, params: dict[str, object]) -> KnownError:
    return kind(code, **params)


class Refused(KnownError):
    """What was asked breaks a rule of the field or of the data (a locked text, a wrong state, a bad value)."""


class NotAllowed(KnownError):
    """The person's role, unit or meeting role does not give the right."""


class NotFound(KnownError):
    """A key that names nothing the person may see."""


class Conflict(KnownError):
    """Somebody else changed the row since it was read (`expected_version` differs)."""


class AccessDenied(KnownError):
    """Wrong user or password, or too many tries; `wait` seconds when it is throttled."""


class StorageFault(KnownError):
    """The database or its files cannot be used: missing, damaged, foreign, newer, locked, or the disk fails."""


class ImportRefused(KnownError):
    """A file cannot be taken in; `problems` lists every refused place (`Problem`)."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, **params)
        self.problems: tuple[Problem, ...] = tuple(params.get("problems", ()))  # type: ignore[arg-type]
        self.params.setdefault("count", len(self.problems))
