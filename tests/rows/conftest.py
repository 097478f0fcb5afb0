"""What the rows of the fault matrix ask for."""

import pytest

pytest.register_assert_rewrite("tests.rows.cases", "tests.window")

from tests.scripted_cloud import authority, far, issuer
from tests.window import log_lines, open_window, shared_background, spanish

__all__ = ["authority", "far", "issuer", "log_lines", "open_window", "shared_background", "spanish"]
