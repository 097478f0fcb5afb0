"""Widgets that draw one AuthState and emit what the person wishes."""
