"""The private desktop as fixtures. Linux only: elsewhere there is no AT-SPI, and no jeepney."""

import sys
from collections.abc import Iterator

import pytest

if sys.platform == "linux":
    from tests.atspi.desktop import Desktop, missing_programs
    from tests.atspi.recorder import BusRecorder

    @pytest.fixture(scope="module")
    def desktop() -> Iterator[Desktop]:
        """Give a private desktop to the tests of one file."""
        missing = missing_programs()
        if missing:
            pytest.fail(f"not installed: {', '.join(missing)} (README, system packages for tests)")
        with Desktop() as running:
            yield running

    @pytest.fixture(scope="module")
    def module_recorder(desktop: Desktop) -> BusRecorder:
        """Give a recorder of that desktop's accessibility bus."""
        return desktop.record()

    @pytest.fixture
    def recorder(module_recorder: BusRecorder) -> BusRecorder:
        """Give the recorder, empty."""
        module_recorder.clear()
        return module_recorder

else:
    collect_ignore_glob = ["*"]
