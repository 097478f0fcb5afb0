"""What every test can ask for."""

import os
import sys

import pytest

# Their asserts are told in full, whichever folder asks for them first.
pytest.register_assert_rewrite("tests.rows.cases", "tests.window")

if sys.platform == "linux":
    # Widgets are tested without a screen; what needs a real one starts a server of its own.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ("tests.cloud", "tests.looks")
