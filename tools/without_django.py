"""Fails where Django is installed, or where a module of a pure room cannot be imported without it."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import sys

PURE_ROOMS = ("instruments", "method", "files", "text", "rendering", "composition")


def main() -> int:
    """Import every module of the pure rooms; 0 where all of them load."""
    if importlib.util.find_spec("django"):
        print("Django is installed in the pure environment; remove it: rm -rf .venv-pure")
        return 1
    imported = 0
    for room in PURE_ROOMS:
        package = importlib.import_module(f"lyhord.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"lyhord.{room}."):
            importlib.import_module(module.name)
            imported += 1
    print(f"{imported} modules of {len(PURE_ROOMS)} rooms load without Django")
    return 0


if __name__ == "__main__":
    sys.exit(main())
