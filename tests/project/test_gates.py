"""The house's own gates: each finds what it is for, and nothing is found in the repository."""

from __future__ import annotations

import pytest
from tools.gates import FILE_LINES, FUNCTION_LINES, findings_in_python, findings_in_repository, findings_in_text

DOC = '"""What this module knows."""\n'
LONG_BODY = "\n".join(["    x = 1"] * FUNCTION_LINES)
# Spelt in pieces so that these tests do not find themselves.
HOME = "/" + "home/anna/"
IGNORE = "# type: " + "ignore[misc]"
NOQA = "# no" + "qa: S101"


def messages(source: str, path: str = "src/lyhord/method/tally.py") -> list[str]:
    return [finding.message for finding in findings_in_python(path, source)]


def test_nothing_is_found_in_the_repository() -> None:
    assert [str(finding) for finding in findings_in_repository()] == []


def test_a_short_clean_module_passes() -> None:
    assert messages(DOC + "def add(a: int, b: int) -> int:\n    return a + b\n") == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x = 1\n", "no module docstring"),
        (f"{DOC}def long():\n{LONG_BODY}\n", f"long has {FUNCTION_LINES + 1} lines"),
        (DOC + "x = 1\n" * (FILE_LINES + 1), f"has {FILE_LINES + 1} lines of code"),
        (f"{DOC}def many(a, b, c, d, e, f): pass\n", "many takes 6 positional"),
        (f"{DOC}x = f()  {IGNORE}\n", "without saying why"),
        (f"{DOC}x = f()  {NOQA}\n", "without saying why"),
        (f"{DOC}x = f()  {IGNORE}  {NOQA}\n", "without saying why"),
    ],
)
def test_a_broken_limit_is_found(source: str, expected: str) -> None:
    (found,) = messages(source)
    assert expected in found


@pytest.mark.parametrize(
    "source",
    [
        "",
        f"{DOC}def long():\n{LONG_BODY.removeprefix('    x = 1' + chr(10))}\n",
        f'{DOC}def documented():\n    """{"One line." + chr(10) * FUNCTION_LINES}    """\n    return 1\n',
        DOC + "x = 1\n" * FILE_LINES + "\n# why\n" * 50,
        f"{DOC}def five(a, b, c, d, e, *, f): pass\n",
        f"{DOC}class A:\n    def five(self, a, b, c, d, e): pass\n",
        f"{DOC}x = f()  {IGNORE}  # the library's types are wrong here\n",
        f"{DOC}x = f()  {NOQA} - the tests ask with assert\n",
        f'{DOC}x = "{IGNORE}"\n',
    ],
)
def test_what_keeps_the_limits_passes(source: str) -> None:
    assert messages(source) == []


def test_a_test_may_be_a_long_table_without_a_docstring() -> None:
    assert messages("x = 1\n" * FILE_LINES * 2, "tests/method/test_tally.py") == []
    assert len(messages("x = 1\n" * (FILE_LINES * 2 + 1), "tests/method/test_tally.py")) == 1


@pytest.mark.parametrize("path", ["src/lyhord/utils.py", "src/lyhord/services/x.py", "tests/helpers.py"])
def test_a_name_that_says_nothing_is_found(path: str) -> None:
    (found,) = messages(DOC, path)
    assert "says nothing" in found


def test_a_path_of_one_machine_is_found_with_its_line() -> None:
    (found,) = findings_in_text("README.md", f"one\nsee {HOME}notes\n")
    assert (found.line, str(found).startswith("README.md:2: names a path")) == (2, True)


@pytest.mark.parametrize("text", ["https://exempel.se/home/anna/", "src/home/a/", "/homepage/", "framework/root/x"])
def test_other_paths_pass(text: str) -> None:
    assert list(findings_in_text("README.md", text)) == []
