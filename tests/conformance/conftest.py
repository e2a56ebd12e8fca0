"""The data of other projects' test suites, where a copy lies beside the repository; skipped elsewhere."""

from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[3] / "shared" / "conformance"


@pytest.fixture(scope="session")
def suite():
    """A function from a suite's name to its folder."""

    def find(name):
        folder = FOLDER / name
        if not folder.is_dir():
            pytest.skip(f"no conformance data at {folder}")
        return folder

    return find
