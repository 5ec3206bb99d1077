"""The project's own gates: what no ready-made linter checks the way this house wants it.

Run as ``python tools/gates.py``; exit code 1 and one line per finding where something is wrong.
"""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FUNCTION_LINES = 40
FILE_LINES = 400
TABLES_ALLOWANCE = 2  # tests are tables and made-up reports: twice the length
POSITIONAL = 5
VAGUE_NAMES = {
    "base", "common", "helper", "helpers", "manager", "managers", "misc", "service", "services", "util", "utils",
}  # fmt: skip
PYTHON_FOLDERS = ("src", "tests", "tools", "benchmarks")
# Spelt in pieces so that this file does not find itself.
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:" + "|".join(("wor" + "k", "roo" + "t", "hom" + "e/[a-z]+")) + r")/")
SILENCED = re.compile(
    r"#\s*(?:type:\s*ignore(?:\[[\w,\s-]+\])?|noqa(?::\s*[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*)?)(.*)", re.DOTALL
)
REASON_LETTERS = 6


class Finding(NamedTuple):
    """One place that breaks a gate, and what to do about it."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def findings_in_python(path: str, source: str) -> Iterator[Finding]:
    """Every finding in one Python file; ``path`` is only for the messages."""
    tree = ast.parse(source, path)
    yield from _name(path)
    yield from _module_docstring(path, tree)
    yield from _file_length(path, source, tree)
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS):
            yield from _function(path, node)
    yield from _silenced(path, source)


def findings_in_text(path: str, text: str) -> Iterator[Finding]:
    """Every machine path in one text file of the repository."""
    for number, line in enumerate(text.splitlines(), start=1):
        if match := MACHINE_PATHS.search(line):
            yield Finding(path, number, f"names a path of one machine ({match.group()}…); use a relative path")


def _name(path: str) -> Iterator[Finding]:
    for part in Path(path).with_suffix("").parts:
        if part.lower() in VAGUE_NAMES:
            yield Finding(path, 1, f"the name {part!r} says nothing; name the module after what it knows")


def _module_docstring(path: str, tree: ast.Module) -> Iterator[Finding]:
    if tree.body and not ast.get_docstring(tree) and not _is_test(path):
        yield Finding(path, 1, "has no module docstring; say in one sentence what the module knows")


def _docstring_lines(node: ast.AST) -> int:
    body = getattr(node, "body", [])
    first = body[0] if isinstance(body, list) and body else None
    if not isinstance(first, ast.Expr) or not isinstance(first.value, ast.Constant):
        return 0
    if not isinstance(first.value.value, str):
        return 0
    return (first.end_lineno or first.lineno) - first.lineno + 1


def _file_length(path: str, source: str, tree: ast.Module) -> Iterator[Finding]:
    written = sum(1 for line in source.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    definitions = [node for node in ast.walk(tree) if isinstance(node, (ast.Module, ast.ClassDef, *FUNCTIONS))]
    code = written - sum(_docstring_lines(node) for node in definitions)
    most = FILE_LINES * (TABLES_ALLOWANCE if _is_test(path) else 1)
    if code > most:
        yield Finding(path, 1, f"has {code} lines of code, at most {most}; split it by what it knows")


def _function(path: str, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Finding]:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1 - _docstring_lines(node)
    most = FUNCTION_LINES * (TABLES_ALLOWANCE if _is_test(path) else 1)
    if lines > most:
        yield Finding(path, node.lineno, f"{node.name} has {lines} lines, at most {most}; give its parts names")
    names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    positional = len(names) - (bool(names) and names[0] in {"self", "cls"})
    if positional > POSITIONAL and not (_is_test(path) and node.name.startswith("test_")):
        yield Finding(
            path,
            node.lineno,
            f"{node.name} takes {positional} positional parameters, at most {POSITIONAL}; name the rest",
        )


def _is_test(path: str) -> bool:
    return Path(path).parts[0] == "tests"


def _silenced(path: str, source: str) -> Iterator[Finding]:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type != tokenize.COMMENT or not (match := SILENCED.search(token.string)):
            continue
        rest = SILENCED.sub(r"\1", match.group(1))
        if sum(letter.isalpha() for letter in rest) < REASON_LETTERS:
            yield Finding(path, token.start[0], "silences a check without saying why; put the reason after it")


def _tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=True)
    return [path for name in listed.stdout.split("\0") if name and (path := Path(name)).is_file()]


def findings_in_repository() -> Iterator[Finding]:
    """Every finding in the files that git tracks."""
    for path in _tracked_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a font or a workbook
        yield from findings_in_text(str(path), text)
        if path.suffix == ".py" and path.parts[0] in PYTHON_FOLDERS:
            yield from findings_in_python(str(path), text)


def main() -> int:
    """Print every finding; 0 where there is none."""
    found = list(findings_in_repository())
    for finding in found:
        print(finding)
    print(f"{len(found)} findings" if found else "The house's own gates: nothing found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
