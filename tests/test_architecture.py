"""The rules of the house, read from the source: who imports whom, how long things grow, what is said and what not."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "app"

MAY_IMPORT = {
    "domain": set(),
    "models": {"domain"},
    "storage": {"models", "domain"},
    "services": {"storage", "models", "domain"},
    "reports": {"domain"},
    "exchange": {"domain"},
    "cli": {"services", "reports", "exchange", "domain"},
    "ui": {"services", "reports", "exchange", "domain"},
}
ONLY_IN = {
    "PySide6": {"ui", "bootstrap", "__main__"},
    "sqlalchemy": {"models", "storage", "services", "bootstrap"},
    "alembic": {"storage", "bootstrap"},
    "sqlcipher3": {"storage", "bootstrap"},
    "reportlab": {"reports"},
    "hunspell": {"services"},
    "PIL": {"reports"},
    "pypdfium2": {"reports", "ui"},
    "openpyxl": {"exchange"},
    "icalendar": {"exchange"},
    "recurring_ical_events": {"exchange"},
}
PURE = {"domain", "models"}
"""Floors that know nothing of files; the others may ask `app.paths` where a shipped file lies."""
OPEN = {"paths", "faultlog"}
"""Modules beside the floors that the impure ones may use: where things lie, and where a bug is noted."""
WIRING = {"bootstrap", "__main__"}
FROZEN = APP / "storage" / "migrations" / "versions"
"""A migration spells out a whole schema and is never changed once released: it may be as long as it needs."""
LONGEST_FILE = 400
LONGEST_FUNCTION = 60

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@pytest.fixture(scope="module", autouse=True)
def forgotten() -> Iterator[None]:
    """The trees of all modules are some millions of objects: they go with these tests."""
    yield
    parsed.cache_clear()


def modules(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if "__pycache__" not in path.parts)


def growing_modules() -> list[Path]:
    return [path for path in modules(APP) if path.parent != FROZEN]


def floor_of(path: Path) -> str:
    """The package directly under `app` that a module belongs to, or the module itself at the top."""
    parts = path.relative_to(APP).parts
    return parts[0] if len(parts) > 1 else path.stem


def imported(path: Path, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything a module imports: absolute, relative, in functions, `from app import x`."""
    package = ["app", *path.relative_to(APP).parts[:-1]]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = [*above, *(node.module.split(".") if node.module else [])]
            yield from ((node.lineno, ".".join([*base, alias.name])) for alias in node.names)


def forbidden_imports(path: Path, tree: ast.Module) -> list[str]:
    """What a module imports against the table, as sentences."""
    floor = floor_of(path)
    faults = []
    for line, name in imported(path, tree):
        top, _, rest = name.partition(".")
        place = f"{path.relative_to(APP.parent)}:{line}"
        if floor not in ONLY_IN.get(top, {floor}):
            faults.append(f"{place} imports {top}")
        other = rest.partition(".")[0]
        if top != "app" or not other or floor in WIRING or other == floor:
            continue
        if other in OPEN and floor not in PURE:
            continue
        if other not in MAY_IMPORT.get(floor, set()):
            faults.append(f"{place} imports app.{other}")
    return faults


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, _FUNCTIONS))


def public_functions(body: list[ast.stmt]) -> Iterator[Function]:
    """Functions at the top of a module and methods of its public classes that others may call."""
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and not is_protocol(node):
            yield from public_functions(node.body)
        elif isinstance(node, _FUNCTIONS) and not node.name.startswith("_") and not is_excused(node):
            yield node


def is_protocol(node: ast.ClassDef) -> bool:
    """A protocol's docstring speaks for its methods."""
    return any(ast.unparse(base).split("[")[0].endswith("Protocol") for base in node.bases)


def is_excused(node: Function) -> bool:
    """Overloads, setters, the toolkit's methods (camelCase) and Alembic's two names need no docstring of their own."""
    named = {ast.unparse(decorator).split(".")[-1] for decorator in node.decorator_list}
    return (
        bool(named & {"overload", "override", "setter"})
        or node.name != node.name.lower()
        or node.name in {"upgrade", "downgrade"}
    )


def has_code(path: Path) -> bool:
    return bool(path.read_text(encoding="utf-8").strip())


def tracked_files() -> list[Path]:
    """Text files that go into the repository; outside a repository, the source folders."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        found = [path for folder in ("app", "resources", "tests", "docs") for path in (ROOT / folder).rglob("*")]
    binary = {".ttf", ".png", ".ico", ".tfdb", ".xlsx", ".pdf"}
    return [path for path in found if path.is_file() and path.suffix not in binary]


class TestImports:
    def test_each_floor_imports_only_what_lies_below_it(self) -> None:
        assert [fault for path in modules(APP) for fault in forbidden_imports(path, parsed(path))] == []

    @pytest.mark.parametrize(
        ("module", "source", "fault"),
        [
            ("domain/x.py", "from app.models import base", "app.models"),
            ("domain/x.py", "import app.storage.engine", "app.storage"),
            ("models/x.py", "from ..services import desk", "app.services"),
            ("reports/x.py", "from app import services", "app.services"),
            ("reports/x.py", "from .. import storage", "app.storage"),
            ("ui/meetings/x.py", "from ...models.base import Base", "app.models"),
            ("ui/x.py", "def f():\n    import sqlalchemy.orm", "sqlalchemy"),
            ("services/x.py", "from PySide6.QtCore import QObject", "PySide6"),
            ("services/x.py", "import app.bootstrap", "app.bootstrap"),
            ("domain/x.py", "from app.paths import resource", "app.paths"),
            ("paths.py", "from app.domain import keys", "app.domain"),
        ],
    )
    def test_the_reader_sees_every_way_to_import(self, module: str, source: str, fault: str) -> None:
        found = forbidden_imports(APP / module, ast.parse(source))
        assert len(found) == 1
        assert found[0].endswith(f"imports {fault}")

    @pytest.mark.parametrize(
        ("module", "source"),
        [
            ("ui/meetings/x.py", "from app.services.meetings import plan\nfrom PySide6.QtCore import Qt"),
            ("services/x.py", "from .desk import Desk\nfrom app.storage.store import Store\nimport sqlalchemy"),
            ("reports/x.py", "from app.paths import resource\nimport reportlab"),
            ("bootstrap.py", "from app.ui.shell import window\nimport app.storage.engine"),
        ],
    )
    def test_the_allowed_ways_are_left_in_peace(self, module: str, source: str) -> None:
        assert forbidden_imports(APP / module, ast.parse(source)) == []

    def test_every_folder_of_code_is_a_floor_of_the_house(self) -> None:
        folders = {path.name for path in APP.iterdir() if path.is_dir() and modules(path)}
        assert folders <= set(MAY_IMPORT)


class TestSize:
    def test_a_file_reads_in_one_sitting(self) -> None:
        lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in growing_modules()}
        assert {str(path.relative_to(ROOT)): length for path, length in lengths.items() if length > LONGEST_FILE} == {}

    def test_a_function_fits_on_a_screen(self) -> None:
        long = [
            f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
            for path in growing_modules()
            for function in functions(parsed(path))
            if (function.end_lineno or 0) - function.lineno + 1 > LONGEST_FUNCTION
        ]
        assert long == []


class TestWords:
    def test_every_module_says_what_belongs_in_it(self) -> None:
        places = [APP, ROOT / "tests", ROOT / "bench", ROOT / "faults"]
        silent = [
            path
            for place in places
            for path in modules(place)
            if has_code(path) and not ast.get_docstring(parsed(path))
        ]
        assert [str(path.relative_to(ROOT)) for path in silent] == []

    def test_every_public_function_says_what_it_means(self) -> None:
        silent = [
            f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
            for path in modules(APP)
            for function in public_functions(parsed(path).body)
            if not ast.get_docstring(function)
        ]
        assert silent == []

    def test_nothing_is_left_half_done(self) -> None:
        unfinished = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Error"]))
        assert places_with(unfinished, [path for path in tracked_files() if path.suffix == ".py"]) == []

    def test_no_registry_and_no_folder_of_one_machine_is_named(self) -> None:
        hosts = [
            "pypi" + r"\.org",
            "python" + "hosted",
            "registry" + r"\.npmjs",
            "deb" + r"\.debian",
            "/ro" + "ot/",
            "/wo" + "rk/",
            r"/ho" + "me/[a-z]",
        ]
        assert places_with(re.compile("|".join(hosts)), tracked_files()) == []


class TestTests:
    def test_every_test_asserts_something(self) -> None:
        idle = [
            f"{path.relative_to(ROOT)}:{function.lineno} {function.name}"
            for path in modules(ROOT / "tests")
            for function in functions(parsed(path))
            if function.name.startswith("test_") and not asserts(function, path)
        ]
        assert idle == []


def asserts(function: Function, path: Path) -> bool:
    """Whether a test asserts, expects an error, or hands over to a helper of its module that does."""
    helpers = asserting_helpers(path)
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).split(".")[-1]
            if called in {"raises", "warns", "fail", "waitUntil", "waitSignal"} or called.startswith("assert_"):
                return True
            if called in helpers:
                return True
    return False


@cache
def asserting_helpers(path: Path) -> frozenset[str]:
    """The names of a module's functions that are no tests and assert something."""
    return frozenset(
        helper.name
        for helper in functions(parsed(path))
        if not helper.name.startswith("test_") and any(isinstance(inner, ast.Assert) for inner in ast.walk(helper))
    )


def places_with(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    """File and line of each hit."""
    return [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
