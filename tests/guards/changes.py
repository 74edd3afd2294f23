"""Changes to a file's guards, all compiled into it at once, each switched on alone: `chosen` says which one is."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

SWITCH = "__guard__"
OTHER = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
SUM = {ast.Add: ast.Sub, ast.Sub: ast.Add}
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
QUIETLY = ("log.", "logging.")
"""Calls that only write a log: whether they do is no guard."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change: where, what stood there, and what stands there instead."""

    file: str
    function: str
    was: str
    now: str
    line: int = field(compare=False)

    def __str__(self) -> str:
        return f"{self.file} {self.function}: {self.was} -> {self.now}"


CHANGES: list[Change] = []
reached: set[int] = set()
"""The changes whose places were come by since this was emptied."""
on = -1
"""The change that is switched on."""


def chosen(number: int) -> bool:
    reached.add(number)
    return number == on


def choose(number: int) -> None:
    global on  # noqa: PLW0603 - one switch for the whole process
    on = number


def said(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 90 else f"{text[:60]} ... {text[-25:]}"


class Changer(ast.NodeTransformer):
    """Puts the changes of one file into its tree. `functions`: only these, by qualified name; all if None."""

    def __init__(self, file: str, functions: Sequence[str] | None, constants: Mapping[str, ast.expr]) -> None:
        self.file = file
        self.functions = functions
        self.constants = constants
        self.within: list[str] = []
        self.inside = False
        self.of_constants: dict[str, list[tuple[int, ast.expr]]] = {}

    # ------------------------------------------------------------ where

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self.within.append(node.name)
        node.body = [self._kept(each) if isinstance(each, ast.FunctionDef) else each for each in node.body]
        self.within.pop()
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._function(node)

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.AST:
        self.within.append(node.name)
        before = self.inside
        wanted = self.functions is None or ".".join(self.within) in self.functions
        self.inside = (before or wanted) and node.name not in ("__repr__", "__str__")
        if self.inside:
            node.body = [each for old in node.body for each in self._statement(old)]
        self.inside = before
        self.within.pop()
        return node

    def visit_Module(self, node: ast.Module) -> ast.AST:
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        node.body = [self._kept(each) if isinstance(each, kinds) else each for each in node.body]
        return node

    def _kept(self, node: ast.stmt) -> ast.stmt:
        after: ast.AST = self.visit(node)
        assert isinstance(after, ast.stmt)
        return after

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return node  # what is said is another matter

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
        value = self.visit(node.value) if node.value is not None else None
        assert value is None or isinstance(value, ast.expr)
        node.value = value
        return node

    # ------------------------------------------------------------ what

    def _number(self, was: ast.AST, now: str) -> int:
        CHANGES.append(Change(self.file, ".".join(self.within), said(was), now, getattr(was, "lineno", 0)))
        return len(CHANGES) - 1

    @staticmethod
    def _switch(number: int) -> ast.expr:
        return ast.Call(ast.Name(SWITCH, ast.Load()), [ast.Constant(number)], [])

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Every list of statements, and every expression, in its turn."""
        for name, value in ast.iter_fields(node):
            if name == "body" or (name in ("orelse", "finalbody") and isinstance(value, list)):
                if isinstance(value, list):
                    setattr(node, name, [each for old in value for each in self._statement(old)])
                else:
                    setattr(node, name, self.visit(value))
            elif isinstance(value, list):
                setattr(node, name, [self.visit(each) if isinstance(each, ast.AST) else each for each in value])
            elif isinstance(value, ast.AST) and not isinstance(value, ast.pattern):
                setattr(node, name, self.visit(value))
        return node

    def visit(self, node: ast.AST) -> ast.AST:
        if not self.inside or not isinstance(node, ast.expr | ast.comprehension):
            found: ast.AST = super().visit(node)
            return found
        if isinstance(node, ast.JoinedStr):
            return node
        before = deepcopy(node)
        after: ast.AST = super().visit(node)
        if isinstance(before, ast.comprehension):
            return after
        assert isinstance(after, ast.expr)
        for other in changed(before):
            after = ast.IfExp(self._switch(self._number(before, said(other))), other, after)
        if isinstance(before, ast.Name) and before.id in self.constants and isinstance(before.ctx, ast.Load):
            after = self._constant(before.id, after)
        return after

    def _constant(self, name: str, after: ast.expr) -> ast.expr:
        if name not in self.of_constants:
            value = self.constants[name]
            self.of_constants[name] = [
                (self._number(ast.Name(name, lineno=value.lineno), said(other)), other) for other in larger(value)
            ]
        for number, other in self.of_constants[name]:
            after = ast.IfExp(self._switch(number), deepcopy(other), after)
        return after

    def _statement(self, node: ast.stmt) -> list[ast.stmt]:
        """A statement with its changes in it; one that can be left out stands behind a switch."""
        before = deepcopy(node)
        after = self.visit(node)
        assert isinstance(after, ast.stmt)
        if isinstance(before, ast.If | ast.While) and isinstance(after, ast.If | ast.While):
            for value in (False, True)[: 1 if isinstance(before, ast.While) else 2]:
                number = self._number(before.test, f"if {value}")
                after.test = ast.IfExp(self._switch(number), ast.Constant(value), after.test)
        calls = isinstance(before, ast.Expr) and isinstance(before.value, ast.Call)
        if isinstance(before, ast.Raise) or (calls and not said(before).startswith(QUIETLY)):
            return [ast.If(self._switch(self._number(before, "nothing")), [ast.Pass()], [after])]
        if isinstance(before, ast.Return) and isinstance(before.value, ast.Call | ast.Constant):
            what = before.value.value if isinstance(before.value, ast.Constant) else ...
            if said(before.value).startswith("Refusal(") or isinstance(what, bool):
                other = ast.Constant((not what) if isinstance(what, bool) else None)
                number = self._number(before, f"return {said(other)}")
                return [ast.If(self._switch(number), [ast.Return(other)], [after])]
        return [after]


def changed(node: ast.AST) -> Iterator[ast.expr]:
    """What could stand in place of an expression."""
    match node:
        case ast.Compare(ops=[op], left=left, comparators=[right]) if type(op) in OTHER:
            yield ast.Compare(left, [OTHER[type(op)]()], [right])
        case ast.Compare(ops=[one, two], left=left, comparators=[middle, right]):
            yield ast.Compare(left, [OTHER[type(one)](), two], [middle, right])
            yield ast.Compare(left, [one, OTHER[type(two)]()], [middle, right])
        case ast.BoolOp(op=op, values=values):
            for n in range(len(values)):
                rest = [*values[:n], *values[n + 1 :]]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(op, rest)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.IfExp(body=body, orelse=orelse):
            yield body
            yield orelse
        case ast.BinOp(op=op, left=left, right=right) if type(op) in SUM and not of_words(left, right):
            yield ast.BinOp(left, SUM[type(op)](), right)
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords) if name in CALLED:
            yield ast.Call(ast.Name(CALLED[name], ast.Load()), args, keywords)
        case ast.Call(func=ast.Name(id="timedelta" | "time")):
            yield from larger(node)
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            for g, generator in enumerate(node.generators):
                for n in range(len(generator.ifs)):
                    other = deepcopy(node)
                    del other.generators[g].ifs[n]
                    yield other


def of_words(*sides: ast.expr) -> bool:
    return any(
        isinstance(s, ast.JoinedStr) or (isinstance(s, ast.Constant) and isinstance(s.value, str)) for s in sides
    )


def larger(node: ast.expr) -> Iterator[ast.expr]:
    """A constant with its number one larger, or a set of names with one of them missing."""
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            yield ast.Constant(value + 1)
        case ast.Call(func=ast.Name(id="timedelta" | "time")):
            for n in range(len(node.args)):
                for each in larger(node.args[n]):
                    other = deepcopy(node)
                    other.args[n] = each
                    yield other
            for n in range(len(node.keywords)):
                for each in larger(node.keywords[n].value):
                    other = deepcopy(node)
                    other.keywords[n].value = each
                    yield other
        case ast.Call(func=ast.Name(id="frozenset"), args=[ast.Set(elts=many)]):
            for n in range(len(many)):
                yield ast.Call(node.func, [ast.Set([*many[:n], *many[n + 1 :]] or [ast.Constant("")])], [])


def constants(tree: ast.Module) -> dict[str, ast.expr]:
    """The file's constants, by name."""
    found = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name.isupper():
                found[name] = value
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if name.isupper():
                found[name] = value
    return found


def with_changes(file: Path, name: str, functions: Sequence[str] | None) -> ast.Module:
    tree = ast.parse(file.read_text("utf-8"))
    made = Changer(name, functions, constants(tree)).visit(tree)
    assert isinstance(made, ast.Module)
    return ast.fix_missing_locations(made)


# ------------------------------------------------------------ instead of the files as they are


class Changed(Loader):
    """Loads one file with its changes in it, all of them off."""

    def __init__(self, file: Path, name: str, functions: Sequence[str] | None) -> None:
        self.file, self.name, self.functions = file, name, functions

    def create_module(self, spec: ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(with_changes(self.file, self.name, self.functions), str(self.file), "exec"), module.__dict__)


class Finder(MetaPathFinder):
    """Finds the guarded files before anybody else does."""

    def __init__(self, root: Path, places: Mapping[str, Sequence[str] | None]) -> None:
        self.root = root
        self.places = places

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        name = fullname.replace(".", "/") + ".py"
        if name not in self.places:
            return None
        file = self.root / name
        return spec_from_file_location(fullname, file, loader=Changed(file, name, self.places[name]))


def begin(root: Path, places: Mapping[str, Sequence[str] | None]) -> None:
    """From here on these files are loaded with their changes. None of them may be loaded yet."""
    early = [name for name in places if name.removesuffix(".py").replace("/", ".") in sys.modules]
    assert early == [], early
    setattr(builtins, SWITCH, chosen)
    sys.meta_path.insert(0, Finder(root, places))
