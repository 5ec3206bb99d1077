"""Checks every PDF below a folder against PDF/UA-1: ``.venv/bin/python benchmarks/reports/validate.py demo/rapporter``.

Prints each file that fails with its verdict, then how many passed; exit code 1 where any fails.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import page


def main(folder: Path) -> int:
    """Validate all, tell and count."""
    files = sorted(folder.rglob("*.pdf"))
    started, failed = time.process_time(), 0
    for file in files:
        if not page.is_pdf_compliant_bytes(file.read_bytes(), profile="ua1"):
            failed += 1
            print(f"{file} fails: {page.validate_pdf_bytes(file.read_bytes(), profile='ua1')}")
    used = time.process_time() - started
    print(f"{len(files) - failed} of {len(files)} PDFs pass PDF/UA-1 ({used / max(len(files), 1):.2f} CPU s each)")
    return 1 if failed or not files else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
