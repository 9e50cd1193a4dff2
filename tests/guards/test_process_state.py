"""What a process keeps in its memory, each with why another process may keep something else.

Two processes on one database share no memory. A dict that is filled while the product runs, a cached function, a lock:
each is a place where one of them knows what the other does not. So they are found in the source, and declared here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from supervision import HOUSE

SHIPPED = "read from what ships with the program, which is the same everywhere until it is installed anew"
PURE = "worked out from its arguments alone"
OWN = "is this process's own matter"
NUMBERED = "kept under a number that the database holds and that rises with every change"
WRITTEN = "a statement to the database, written once; what it asks of comes with each question"
UNCHANGING = "kept of something that never changes once it is there"
DEMO = "of the command that makes the demo, which ends"

KEPT = {
    "access.matrix": SHIPPED,
    "adgangslog.objects._statement": SHIPPED,
    "adgangslog.objects.declared": SHIPPED,
    "adgangslog.requests._recently": "a page that asks by itself is logged once an hour by each process: one row more",
    "aftaler.queries._KALENDERKILDER": "filled when the modules are imported, with functions",
    "aftaler.queries._lean": WRITTEN,
    "clock._shift": "moved by tests and the demo alone",
    "db.before_commit": "filled when the application is built, with functions",
    "demo.ids._scope": DEMO,
    "demo.manualer.load_manualer": SHIPPED,
    "demo.oevelser.load_skrevet": SHIPPED,
    "demo.opfoelgning.load_content": SHIPPED,
    "demo.pairing.list_par": DEMO,
    "demo.pairing.list_visits": DEMO,
    "demo.par._metoder": SHIPPED,
    "demo.planche.load_skrevet": SHIPPED,
    "demo.plenum.load_aftaler": SHIPPED,
    "demo.played._left_out": DEMO,
    "demo.principper.load_principper": SHIPPED,
    "demo.runder.load_opgaver": SHIPPED,
    "demo.texts.load_texts": SHIPPED,
    "drift.events._strict": "set when the application is built, from its settings",
    "drift.health._head": SHIPPED,
    "feedback.rules.banehalvdel.ord._lexicon": SHIPPED,
    "feedback.rules.banehalvdel.ord._loose_lexicon": SHIPPED,
    "feedback.rules.banehalvdel.ord.classes_of": PURE,
    "grupper.content.standardmanual": SHIPPED,
    "grupper.formats.markdown._parser": SHIPPED,
    "grupper.rules.pardannelse.rest": PURE,
    "katalog.content.load_katalog": SHIPPED,
    "katalog.queries.katalog._kept": NUMBERED,
    "katalog.queries.katalog._own_skabelon": UNCHANGING,
    "navigation._version": PURE,
    "observationer.actions.checking._locked": UNCHANGING,
    "observationer.actions.recording._insert_events": WRITTEN,
    "observationer.actions.recording._locked": WRITTEN,
    "observationer.content.load_manuskripter": SHIPPED,
    "observationer.formats.forseglet._key_pair": PURE,
    "observationer.queries.logs._counted": WRITTEN,
    "observationer.queries.logs._stored": WRITTEN,
    "observationer.views.offline._version": PURE,
    "personer.queries.adgang._signed_in": WRITTEN,
    "personer.rules.ordvalg._paa": PURE,
    "personer.sso.oidc.provider": "what the provider says of itself, for an hour; an unknown key is asked for again",
    "personer.sso.saml.provider": SHIPPED,
    "privacy.privacy_map": SHIPPED,
    "rettigheder.formats.fakta.synlige": SHIPPED,
    "rettigheder.formats.fakta.udgave": SHIPPED,
    "sign_in.passwords._known": SHIPPED,
}
"""Module and name -> why two processes may differ in it."""
LOCKS = {
    "adgangslog.requests": OWN,
    "drift.admission": "how many ticks are worked on at once, for each process by itself",
    "observationer.actions.checking": "around what is kept there of locked kontrakter",
    "db": "the line before SQLite's own lock, where the processes meet; PostgreSQL does not use it",
    "static_files": "a thread's number in the name of a file that it is writing",
}
"""Modules that use `threading`: a lock holds within one process and nowhere else."""
APPLICATION = {
    "codes": SHIPPED,
    "metrics": "counts what this process has answered; each is asked for its own (see deploy/two-processes)",
    "settings": "the environment, the same for all",
    "sign_in": SHIPPED,
}
"""What an application keeps in `extensions`."""

CHANGING = {
    "add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem", "popleft", "remove",
    "setdefault", "update",
}  # fmt: skip
CONTAINERS = (ast.Dict, ast.List, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp)
CACHES = {"cache", "lru_cache"}


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product by its dotted name within the package."""
    package = HOUSE / "supervision"
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        if not name.startswith("migrations"):
            yield name, ast.parse(path.read_text(encoding="utf-8"))


def own_classes(trees: dict[str, ast.Module]) -> set[str]:
    """Names of classes whose objects keep something in attributes that they set themselves."""
    found = set()
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and _keeps(node):
                found.add(node.name)
    return found


def _keeps(node: ast.ClassDef) -> bool:
    sets = [
        target
        for one in ast.walk(node)
        if isinstance(one, ast.Assign | ast.AnnAssign | ast.AugAssign)
        for target in (one.targets if isinstance(one, ast.Assign) else [one.target])
        if isinstance(target, ast.Attribute) and ast.unparse(target.value) == "self"
    ]
    return bool(sets)


def kept_in(tree: ast.Module, classes: set[str], changed: set[str]) -> set[str]:
    """Names in a module that keep something while the product runs."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            names = {ast.unparse(one).split("(")[0].rpartition(".")[2] for one in node.decorator_list}
            found |= {node.name} if names & CACHES else set()
        elif isinstance(node, ast.Global):
            found |= set(node.names)
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and _is_kept(node.value, target.id, classes, changed):
                found.add(target.id)
    return found


def _is_kept(value: ast.expr, name: str, classes: set[str], changed: set[str]) -> bool:
    if isinstance(value, ast.Call):
        called = ast.unparse(value.func).rpartition(".")[2]
        empty = called in {"dict", "list", "set", "deque", "defaultdict", "Counter", "OrderedDict"}
        return called in classes or called in CACHES or (empty and name in changed)
    return isinstance(value, CONTAINERS) and name in changed


def changed_in(tree: ast.Module) -> set[str]:
    """Names that some function of the module puts something into or takes something out of."""
    found = set()
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        own = _local_names(function)
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr in CHANGING:
                    found.add(_root(node.func.value))
            elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
                found.add(_root(node.value))
        found -= own
    return found - {""}


def _local_names(function: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _root(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def found_in(trees: dict[str, ast.Module]) -> set[str]:
    classes = own_classes(trees)
    changed = set().union(*(changed_in(tree) for tree in trees.values()))
    return {f"{name}.{kept}" for name, tree in trees.items() for kept in kept_in(tree, classes, changed)}


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    return dict(sources())


def test_what_a_process_keeps_is_declared(trees: dict[str, ast.Module]) -> None:
    found = found_in(trees)
    assert found - set(KEPT) == set(), (
        "kept in a process: say why another may keep something else, or store it"
    )
    assert set(KEPT) - found == set(), "declared and not there"


def test_a_lock_of_one_process_is_declared(trees: dict[str, ast.Module]) -> None:
    using = {
        name
        for name, tree in trees.items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and node.module in ("threading", "multiprocessing"))
        or (
            isinstance(node, ast.Import)
            and {one.name for one in node.names} & {"threading", "multiprocessing"}
        )
    }
    assert using == set(LOCKS)


def test_what_an_application_keeps_is_declared(trees: dict[str, ast.Module]) -> None:
    kept = {
        ast.unparse(node.slice)
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript)
        and isinstance(node.ctx, ast.Store)
        and ast.unparse(node.value).endswith(".extensions")
    }
    assert {one.strip("'") if one != "NAME" else "metrics" for one in kept} == set(APPLICATION)


@pytest.mark.parametrize(
    "source",
    [
        "from functools import cache\n@cache\ndef roles_of(person): ...",
        "import functools\n@functools.lru_cache(maxsize=8)\ndef roles_of(person): ...",
        "seen = {}\ndef note(person):\n    seen[person] = 1",
        "tries: dict[str, int] = {}\ndef note(person):\n    tries.setdefault(person, 0)",
        "from collections import Counter\ntries = Counter()\ndef note(person):\n    tries.update([person])",
        "last = None\ndef note(person):\n    global last\n    last = person",
        "class Line:\n    def __init__(self):\n        self.first = None\nline = Line()",
    ],
)
def test_a_memory_nobody_declared_is_found(source: str) -> None:
    assert len(found_in({"planted": ast.parse(source)})) == 1


@pytest.mark.parametrize(
    "source",
    [
        "NAMES = {'a': 1}\ndef name(key):\n    return NAMES[key]",
        "def make():\n    found = {}\n    found['a'] = 1",
    ],
)
def test_what_nobody_changes_is_no_memory(source: str) -> None:
    assert found_in({"planted": ast.parse(source)}) == set()
