"""Widgets that draw one AuthState and emit what the person wishes."""

from ingenes_desktop.ui.lasting_singletons import keep_singletons

# Here, so that no program and no test that shows a widget can forget it.
keep_singletons()
