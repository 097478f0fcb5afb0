"""The check: whether a sign-in can work on this computer, step by step, for support."""
