"""Sets a machine up from nothing but Python 3.11 and pip: a pinned uv, the locked environments, Debian's packages.

Standard library only, and safe to run again: what is in place is left alone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

UV_VERSION = "0.13.9"
OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
UV_FOLDER = ROOT / ".tools" / f"uv-{UV_VERSION}"
UV = UV_FOLDER / "bin" / "uv"

# What the tests open files with: the command that shows it is there -> the Debian packages that bring it.
DEBIAN_PACKAGES = {
    "chromium": ("chromium", "fonts-liberation"),
    "soffice": ("libreoffice-calc", "libreoffice-impress"),
    "pdftoppm": ("poppler-utils",),
    "postfix": ("postfix",),
    "dovecot": ("dovecot-imapd", "dovecot-lmtpd"),
}
# The pure rooms must work where none of these is installed.
DJANGO_PACKAGES = ("django", "whitenoise", "granian", "asgiref", "sqlparse")


class SetUpError(RuntimeError):
    """The machine lacks something that this script may not or cannot install; the message says what to do."""


def say(text: str) -> None:
    """One line to the person who waits."""
    print(f"· {text}", flush=True)


def run(*command: str, **environment: str) -> None:
    """Run a command with extra environment variables; SetUpError names it where it fails."""
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        raise SetUpError(f"'{' '.join(command)}' failed with exit code {done.returncode}; its own message is above.")


def require_python() -> None:
    """SetUpError where this Python is too old."""
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        raise SetUpError(
            f"This is Python {sys.version.split()[0]}; {wanted} or newer is needed. "
            f"Install it and say which: make PYTHON=python{wanted} …"
        )


def has_pip() -> bool:
    """Whether this Python can run pip."""
    return subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode == 0


def install_uv() -> None:
    """Put the pinned uv in a folder of the project's own.

    ``pip install --target`` needs neither the venv module (a package of its own on Debian) nor leave to write into a
    system-managed Python (PEP 668).
    """
    if UV.exists():
        return
    say(f"Installing uv {UV_VERSION} into {UV_FOLDER.relative_to(ROOT)}")
    if not has_pip():
        raise SetUpError(f"{sys.executable} has no pip. On Debian: apt-get install python3-pip")
    options = ("--quiet", "--no-warn-script-location", "--disable-pip-version-check", "--root-user-action=ignore")
    run(sys.executable, "-m", "pip", "install", *options, "--upgrade", "--target", str(UV_FOLDER), f"uv=={UV_VERSION}")


def sync(folder: str, *arguments: str) -> None:
    """Make the environment in ``folder`` exactly what the lock file says."""
    require_python()
    install_uv()
    say(f"Installing the locked dependencies into {folder}")
    run(
        str(UV), "sync", "--quiet", "--frozen", "--python", sys.executable, *arguments,
        UV_PROJECT_ENVIRONMENT=folder, UV_PYTHON_DOWNLOADS="never",         VIRTUAL_ENV="",
    )  # fmt: skip


def environment(with_tests: bool) -> None:
    """The project's environment; with what the tests need, or only what running needs."""
    sync(".venv", *(() if with_tests else ("--no-dev", "--inexact")))


def pure_environment() -> None:
    """An environment in which Django is not installed."""
    without = [option for package in DJANGO_PACKAGES for option in ("--no-install-package", package)]
    sync(".venv-pure", "--no-default-groups", "--group", "pure", *without)


def missing_packages() -> list[str]:
    """The Debian packages whose commands are not on this machine."""
    missing = [packages for command, packages in DEBIAN_PACKAGES.items() if shutil.which(command) is None]
    return [package for packages in missing for package in packages]


def _apt_get() -> list[str] | None:
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n", "apt-get"]
    return None


def debian_packages() -> None:
    """Install what the tests open files with, where this user may; SetUpError names what is missing otherwise."""
    missing = missing_packages()
    if not missing:
        return
    apt_get = _apt_get()
    remedy = f"apt-get install {' '.join(missing)}"
    if apt_get is None:
        raise SetUpError(
            f"The tests open pages and files in programs that are not here. Install them and try again:\n  {remedy}\n"
            "The tests that need none of them run with: make fast"
        )
    say(f"Installing {', '.join(missing)}")
    # the tests start servers of their own: with this runlevel none is started by being installed
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    run(*apt_get, "update", "--quiet=2", **quiet)
    run(*apt_get, "install", "--yes", "--quiet=2", "--no-install-recommends", *missing, **quiet)
    missing = missing_packages()
    if missing:
        raise SetUpError(f"{', '.join(missing)} were installed but their commands are not found on PATH.")


STEPS = {
    "run": lambda: environment(with_tests=False),
    "environment": lambda: environment(with_tests=True),
    "pure": pure_environment,
    "packages": debian_packages,
}


def main() -> int:
    """Take the steps named on the command line, in order."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("steps", nargs="+", choices=sorted(STEPS))
    try:
        for step in parser.parse_args().steps:
            STEPS[step]()
    except SetUpError as error:
        print(f"\nSetting up stopped: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
