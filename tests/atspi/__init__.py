"""A private desktop for tests: X server, D-Bus session and accessibility bus, driven by roles."""
