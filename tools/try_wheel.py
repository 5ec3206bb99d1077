"""Builds the wheel and tries it as a stranger would: in an empty environment, away from the source.

The dependencies are those of the lock file, so that what is tried is what was tested.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from bootstrap import ROOT, UV, SetUpError, install_uv

ENVIRONMENT = ROOT / ".venv-wheel"
BUILT = ROOT / "dist"
INSTRUMENT = "skr-servicematning-2023"
EXAMPLES = ROOT / "examples"
ANSWERS = EXAMPLES / "svar-2023.csv"
# Not Python, but the package is nothing without them.
KINDS_OF_DATA = (".toml", ".typ", ".ttf", ".csv", ".html", ".css", ".mo", ".svg")


def run(*command: str | Path, folder: Path = ROOT) -> str:
    """Run a command away from the source tree's variables; its output. SetUpError where it fails."""
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(
        [str(part) for part in command], cwd=folder, env=environment, text=True, capture_output=True, check=False
    )
    if done.returncode:
        raise SetUpError(f"'{' '.join(map(str, command))}' failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def build() -> Path:
    """The wheel, built anew."""
    shutil.rmtree(BUILT, ignore_errors=True)
    run(UV, "build", "--wheel", "--quiet", "--python", sys.executable, "--out-dir", BUILT)
    (wheel,) = BUILT.glob("*.whl")
    return wheel


def require_data(wheel: Path) -> None:
    """SetUpError where a kind of package data is missing from the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        kinds = {Path(name).suffix for name in archive.namelist()}
    if missing := [kind for kind in KINDS_OF_DATA if kind not in kinds]:
        raise SetUpError(f"{wheel.name} holds no {', '.join(missing)} files; see [tool.hatch.build] in pyproject.toml")


def install(wheel: Path) -> None:
    """Install the wheel into an environment that holds nothing else, with the locked versions of what it needs."""
    run(UV, "venv", "--quiet", "--clear", "--python", sys.executable, ENVIRONMENT)
    locked = run(UV, "export", "--quiet", "--frozen", "--no-dev", "--no-emit-project", "--no-hashes")
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as constraints:
        constraints.write(locked)
        constraints.flush()
        python = ENVIRONMENT / "bin" / "python"
        run(UV, "pip", "install", "--quiet", "--python", python, "--constraints", constraints.name, wheel)


def use(lyhord: Path, folder: Path) -> None:
    """Ask for the version, check the settings and make one small report."""
    print(run(lyhord, "--version", folder=folder).strip())
    print(run(lyhord, "check", folder=folder).strip())
    reports = folder / "reports"
    run(
        lyhord,
        "report",
        ANSWERS,
        "--municipalities",
        EXAMPLES / "kommuner.csv",
        "--instrument",
        INSTRUMENT,
        "--all",
        "--format",
        "pdf,html",
        "-o",
        reports,
        folder=folder,
    )
    made = sorted(path.suffix for path in reports.rglob("*") if path.suffix in {".pdf", ".html"})
    if not {".pdf", ".html"} <= set(made):
        raise SetUpError(f"lyhord report made {made or 'nothing'}, not one PDF and one web page at least")
    print(f"lyhord report made {len(made)} files")


def main() -> int:
    """Build, install, use; 1 with the reason where any of it fails."""
    try:
        install_uv()
        wheel = build()
        require_data(wheel)
        install(wheel)
        with tempfile.TemporaryDirectory() as folder:
            use(ENVIRONMENT / "bin" / "lyhord", Path(folder))
    except SetUpError as error:
        print(f"The wheel does not work: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
