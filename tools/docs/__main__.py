"""`python -m tools.docs` writes the generated pages; `--check` only says which are out of date."""

from __future__ import annotations

import sys

from tools.docs.pages import PAGES
from tools.docs.places import ROOT


def main() -> int:
    """0, or 1 where `--check` found a page that differs from what the code says."""
    stale = []
    for path, make in PAGES.items():
        text = make()
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            stale.append(str(path.relative_to(ROOT)))
            if "--check" not in sys.argv[1:]:
                path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv[1:]:
        sys.stderr.write(f"out of date: {', '.join(stale)}. Run `make reference`.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
