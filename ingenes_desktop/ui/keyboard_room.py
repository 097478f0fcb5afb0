"""The room that an on-screen keyboard leaves: where it is, and how the card makes way for it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QVariantAnimation, Slot
from PySide6.QtGui import QGuiApplication, QScreen

from ingenes_desktop.ui.motion import system_lets_things_move
from ingenes_desktop.ui.theme.tokens import Motion, Size

if TYPE_CHECKING:
    from ingenes_desktop.ui.top_window import TopWindow

ASSUMED_SHARE = 0.45
"""Of the screen's height: what a keyboard covers that nobody tells the place of. Windows' touch keyboard and
Onboard, docked, take about 0.4."""
_LEAST_ROOM = 3 * Size.TARGET
"""A keyboard that leaves less is taken for one that lies elsewhere: a field with its label needs so much."""
_STRUT_SHARE = 0.1
"""Of the screen's height: from here on a strip that a desktop keeps free counts as a keyboard."""


class KeyboardRoom(QObject):
    """Lifts the page of ``window`` above the keyboard, and lets it down again. UI thread only.

    The keyboard's place is, in this order: what the platform's input method says of it; the strip that it
    has had kept free at the screen's foot; the lower 45 %, while it was asked for (``is_assumed``).
    https://doc.qt.io/qt-6/qinputmethod.html#keyboardRectangle-prop
    """

    def __init__(
        self, window: "TopWindow", *, may_move: Callable[[], bool] = system_lets_things_move
    ) -> None:
        """``may_move`` is asked each time."""
        super().__init__(window)
        self._may_move = may_move
        self._window = window
        self._is_assumed = False
        self._foot_before = self._free_foot()
        self._lifting = QVariantAnimation(self)
        self._lifting.setDuration(Motion.QUICK)
        self._lifting.valueChanged.connect(window.ground.lift)
        method = QGuiApplication.inputMethod()
        method.visibleChanged.connect(self.look)
        method.keyboardRectangleChanged.connect(self.look)
        self._screen: QScreen | None = None
        self._follow_screen(window.screen())
        window.windowHandle().screenChanged.connect(self._follow_screen)
        window.room_changed.connect(self.look)

    @property
    def is_assumed(self) -> bool:
        """Whether a keyboard was asked for, and has not gone again."""
        return self._is_assumed

    def assume(self, *, shown: bool) -> None:
        """A keyboard was asked for, or has gone."""
        if shown and not self._is_assumed:
            self._foot_before = self._free_foot()
        self._is_assumed = shown
        self.look()

    @Slot()
    def look(self) -> None:
        """Find out how much of the page is covered, and move."""
        covered = self._covered()
        ground = self._window.ground
        if covered == ground.covered:
            return
        ground.cover_foot(covered)
        self._lifting.stop()
        if self._may_move() and self._window.isVisible():
            self._lifting.setStartValue(ground.lifted)
            self._lifting.setEndValue(covered)
            self._lifting.start()
        else:
            ground.lift(covered)

    def _covered(self) -> int:
        top = self._top()
        if top is None:
            return 0
        ground = self._window.ground
        covered = ground.mapTo(self._window, QPoint(0, ground.height())).y() - top
        return covered if 0 < covered <= ground.height() - _LEAST_ROOM else 0

    def _top(self) -> int | None:
        """The keyboard's upper edge in the window; None where there is none."""
        method = QGuiApplication.inputMethod()
        # Qt's Wayland plugin gives the text cursor's place for the keyboard's while that is not visible.
        if method.isVisible() and method.keyboardRectangle().height() > 0:
            return round(method.keyboardRectangle().top())
        if not self._is_assumed:
            return None
        area = self._window.screen().geometry()
        foot = self._free_foot()
        if self._foot_before - foot < area.height() * _STRUT_SHARE:
            foot = area.bottom() + 1 - round(area.height() * ASSUMED_SHARE)
        return self._window.mapFromGlobal(QPoint(area.left(), foot)).y()

    def _free_foot(self) -> int:
        available = self._window.screen().availableGeometry()
        return available.bottom() + 1

    @Slot(QScreen)
    def _follow_screen(self, screen: QScreen) -> None:
        if self._screen is not None:
            self._screen.availableGeometryChanged.disconnect(self.look)
            self._screen.geometryChanged.disconnect(self._screen_turned)
        self._screen = screen
        screen.availableGeometryChanged.connect(self.look)
        screen.geometryChanged.connect(self._screen_turned)
        self._foot_before = self._free_foot()

    @Slot()
    def _screen_turned(self) -> None:
        # What was kept free of the screen as it was says nothing of it as it is.
        self._foot_before = self._free_foot()
        self.look()
