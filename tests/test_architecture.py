"""The rules of structure: which room may use which, how large a module and a function may be, how nothing is named."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

import crawler

ROOT = Path(crawler.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
LAYERS = (
    {"shared"},
    {"extraction", "discovery"},
    {"frontier", "fetching", "pipelines", "archive", "exporters", "reports"},
    {"reprocessing", "datasets"},
    {"review"},
    {"spiders", "commands"},
    {"settings"},
)
"""Inner rooms first. A room may use itself and inner rooms; `shared` are the modules of `crawler` itself."""
PURE = {"extraction", "discovery"}
OUTSIDE = {
    "asyncio", "ftplib", "http", "multiprocessing", "requests", "scrapy", "shutil", "socket", "sqlite3", "ssl",
    "subprocess", "tempfile", "threading", "time", "twisted", "urllib.request",
}  # fmt: skip
"""Modules that reach the network, the file system, the clock or Scrapy: none of them in a pure room."""
READING = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "now", "today", "utcnow", "time"}
"""Calls that do the same. A room's own data files are read through `Path(__file__)` or `importlib.resources.files`."""
MAX_LINES, MAX_FUNCTION = 400, 25
PROVIDES = {
    "python_dateutil": {"dateutil"}, "backports_zstd": {"backports"}, "zope_interface": {"zope"},
    "chardetng_py": {"chardetng_py"}, "psycopg": {"psycopg"},
}  # fmt: skip
"""Package → modules, where the names differ."""
VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "misc"}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def room(name: str) -> str:
    """The room of a module `crawler.….`."""
    parts = name.split(".")
    if parts[1:2] == ["settings"]:
        return "settings"
    return parts[1] if len(parts) > 1 and (ROOT / parts[1]).is_dir() and parts[1] in set().union(*LAYERS) else "shared"


def name_of(path: Path) -> str:
    return ".".join(("crawler", *path.relative_to(ROOT).with_suffix("").parts))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "crawler")


def allowed(here: str) -> set[str]:
    layer = next(number for number, rooms in enumerate(LAYERS) if here in rooms)
    return set().union(*LAYERS[:layer]) | {here}


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_imports_point_inwards_and_rooms_of_one_layer_do_not_meet(path: Path) -> None:
    here = room(name_of(path))
    used = {name for name in imports(path) if name.split(".")[0] == "crawler" and name != "crawler"}
    assert sorted(name for name in used if room(name) not in allowed(here)) == []


@pytest.mark.parametrize("path", [path for path in MODULES if room(name_of(path)) in PURE], ids=ids)
def test_extraction_and_discovery_are_pure(path: Path) -> None:
    used = {name for name in imports(path) if name in OUTSIDE or name.split(".")[0] in OUTSIDE}
    assert sorted(used) == []
    assert [call for function in functions(path) for call in outside_calls(function)] == []


def outside_calls(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    source = ast.unparse(function)
    if "__file__" in source or "files('crawler." in source:
        return []  # the room's own data files
    names = (ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call))
    return [name for name in names if name.split(".")[-1] in READING]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def is_table(path: Path) -> bool:
    """Rows only: neither functions nor methods."""
    return not any(True for _ in functions(path))


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_modules_and_functions_stay_small(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MAX_LINES or is_table(path)
    assert {function.name: size for function in functions(path) if (size := length(function)) > MAX_FUNCTION} == {}


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code and comment from `def` to the end, the docstring aside."""
    first = function.body[0]
    docstring = 0
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        docstring = (first.end_lineno or first.lineno) - first.lineno + 1
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_modules_are_named_for_what_they_hold(path: Path) -> None:
    assert not VAGUE & set(path.relative_to(ROOT).with_suffix("").parts)
    assert ast.get_docstring(tree(path)), "a module says in one sentence what lives here"


@pytest.mark.parametrize("path", MODULES, ids=ids)
def test_modules_hold_no_state_that_changes(path: Path) -> None:
    statements = [node for node in tree(path).body if isinstance(node, ast.Assign | ast.AnnAssign)]
    lower = [ast.unparse(node) for node in statements if isinstance(node.value, ast.List | ast.Set | ast.ListComp)]
    assert [
        text for text in lower if not text.startswith("__all__")
    ] == [] or path.name == "settings.py"  # Scrapy reads it
    assert not [node for node in ast.walk(tree(path)) if isinstance(node, ast.Global)]


def test_every_room_is_in_the_plan() -> None:
    rooms = {path.name for path in ROOT.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert rooms - set().union(*LAYERS) <= {"decoding"}, "a package of shared types, or a room that the plan lacks"


def test_every_package_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *chain.from_iterable(project.get("optional-dependencies", {}).values())]
    declared = {re.split(r"[<>=!~;\[ ]", line)[0].lower().replace("-", "_") for line in lines}
    provided = {module for package in declared for module in PROVIDES.get(package, {package})}
    used = {name.split(".")[0].lower() for path in MODULES for name in imports(path)}
    assert (
        sorted(used - provided - set(sys.stdlib_module_names) - {"crawler", "compression"}) == []
    )  # compression: standard from 3.14
