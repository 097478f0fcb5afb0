"""What the tests of the controllers ask for."""

from tests.window import shared_background

__all__ = ["shared_background"]
