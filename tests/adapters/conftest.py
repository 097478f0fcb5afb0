"""What the tests of the adapters ask for."""

from tests.scripted_cloud import authority, far, issuer

__all__ = ["authority", "far", "issuer"]
