"""What the rows of the fault matrix ask for."""

import pytest

pytest.register_assert_rewrite("tests.rows.cases", "tests.window")

from tests.scripted_cloud import authority, far, issuer  # noqa: E402  after the line above, which concerns it
from tests.window import log_lines, open_window, shared_background  # noqa: E402  likewise

__all__ = ["authority", "far", "issuer", "log_lines", "open_window", "shared_background"]
