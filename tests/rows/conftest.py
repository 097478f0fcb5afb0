"""What the rows of the fault matrix ask for."""

from tests.scripted_cloud import authority, far, issuer
from tests.window import log_lines, open_window

__all__ = ["authority", "far", "issuer", "log_lines", "open_window"]
