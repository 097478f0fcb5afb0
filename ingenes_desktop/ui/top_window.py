"""The window as the system knows it: its size, its title, its first paint, and how it is closed."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QMainWindow, QScrollArea, QVBoxLayout, QWidget

from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.ui.brand import product_name
from ingenes_desktop.ui.early_values import NO_FOCUS

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent

    from ingenes_desktop.domain.preferences import WindowPlace
    from ingenes_desktop.ui.field_in_view import FieldInView

_MINIMUM = (320, 192)
"""An 800x480 panel at 250 %."""
_DEFAULT = (1000, 680)
# PySide builds a class with its enumerations when it is first named, and all of these (40 ms) at the first
# event of an object that it does not know, if nobody has named them before.
_WANTED_SOON = (
    (QtCore, "Qt"),
    (QtWidgets, "QStyle"),
    (QtWidgets, "QFileDialog"),
    (QtWidgets, "QMessageBox"),
    (QtWidgets, "QWizard"),
    (QtWidgets, "QListView"),
    (QtWidgets, "QGraphicsItem"),
    (QtCore, "QProcess"),
)


class Page(QWidget):
    """What the window scrolls, where it must; it knows when it was first painted."""

    painted = Signal()
    """Once, after the first paint."""

    def __init__(self) -> None:
        super().__init__()
        self._painted = False

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Note the first paint. (The window's own never comes: its centre covers it.)"""
        if not self._painted:
            self._painted = True
            # In the name of the page, so that it ends with it.
            QTimer.singleShot(0, self, self.painted.emit)


class Ground(QScrollArea):
    """Scrolls the page where it has to.

    ``covered``: how many pixels at its foot somebody else covers, an on-screen keyboard.
    """

    resized = Signal()
    """It has another room for the page."""

    def __init__(self) -> None:
        super().__init__()
        self.covered = 0
        self._field_in_view: FieldInView | None = None
        self._beside_the_foot: QWidget | None = None

    @property
    def room(self) -> QSize:
        """How much of it the page has, before it would be scrolled."""
        return QSize(self.width(), self.height() - self.covered)

    @property
    def lifted(self) -> int:
        """By how many pixels the page ends above the foot; on the way to ``covered`` while it moves."""
        return self.viewportMargins().bottom()

    def cover_foot(self, pixels: int) -> None:
        """So much at the foot is covered from now on: the page is arranged for the rest."""
        self.covered = pixels
        self.resized.emit()

    def lift(self, pixels: int) -> None:
        """Let the page, and the bar that scrolls it, end so far above the foot."""
        if self._beside_the_foot is None:
            self._beside_the_foot = QWidget()
            self.addScrollBarWidget(self._beside_the_foot, QtCore.Qt.AlignmentFlag.AlignBottom)
        self._beside_the_foot.setFixedHeight(pixels)
        self.setViewportMargins(0, 0, 0, pixels)
        self.see_field()

    def see_field(self) -> None:
        """Have what is in use in view from now on, and at once."""
        from ingenes_desktop.ui.field_in_view import FieldInView  # noqa: PLC0415  not before the first paint

        if self._field_in_view is None:
            self._field_in_view = FieldInView(self)
        self._field_in_view.follow()

    def focusNextPrevChild(self, forwards: bool, /) -> bool:  # noqa: N802  Qt's name
        """Qt's scrolls to the widget alone, which may leave its label or its error out of view."""
        has_moved = super().focusNextPrevChild(forwards)
        if self._field_in_view is not None:
            self._field_in_view.follow()
        return has_moved

    def resizeEvent(self, event: "QResizeEvent") -> None:
        """Tell of it first: the page may want another room then."""
        self.resized.emit()
        super().resizeEvent(event)


class TopWindow(QMainWindow):
    """Holds one scrolled page, tells of its first paint, and leaves only in order. UI thread only.

    On a kiosk (``fills_the_screen``) it has the whole screen, no frame and no button to close it, and what
    the system asks of it by itself (Alt+F4, a window manager's menu) is ignored; :meth:`leave` closes it.
    """

    close_requested = Signal()
    """The window was asked to close. It stays until it is asked again, as QApplication.quit() does."""
    painted = Signal()
    """Once: the first paint is on screen."""
    room_changed = Signal(object)
    """A QSize: how much of the window its page has, before it would be scrolled."""
    settled = Signal()
    """Once, a few turns of the event loop later: the window has loaded what it had put off itself, and other
    threads may load the rest. (At the same time each would wait for the other: 60 ms without an answer.)"""

    def __init__(
        self,
        content: QWidget,
        *,
        fills_the_screen: bool,
        put_off: tuple[Callable[[], object], ...],
        show_icon_only: Callable[[int, bool], None],
    ) -> None:
        """``put_off`` is what else the first paint can do without, called once behind it.

        ``show_icon_only`` tells the task bar, with the native handle, to show no picture of the window.
        """
        super().__init__()
        self._fills_the_screen = fills_the_screen
        self._may_leave = not fills_the_screen
        self._closing = False
        self._others = put_off
        self._show_icon_only = show_icon_only
        self._has_preview = True
        # Never a person's name: the title stands in the task bar and on a locked screen's previews.
        self.setWindowTitle(product_name())
        self.setMinimumSize(*_MINIMUM)
        self.resize(*_DEFAULT)
        if fills_the_screen:
            self.setWindowFlag(QtCore.Qt.WindowType.FramelessWindowHint)
            # On a bare X server there is no window manager that would make it as large.
            self.setGeometry(self.screen().geometry())
            self.setWindowState(QtCore.Qt.WindowState.WindowFullScreen)
        page = Page()
        page.painted.connect(self._after_first_paint)
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(content)
        ground = self._ground = Ground()
        ground.setFrameShape(QFrame.Shape.NoFrame)
        ground.setWidgetResizable(True)
        ground.setProperty("focusPolicy", NO_FOCUS)
        ground.setWidget(page)
        ground.resized.connect(self._tell_room)
        self.setCentralWidget(ground)

    @property
    def room(self) -> QSize:
        """How much of the window its page has, before it would be scrolled, in device-independent pixels."""
        return self._ground.room

    @property
    def ground(self) -> Ground:
        """What its page lies on."""
        return self._ground

    def _tell_room(self) -> None:
        self.room_changed.emit(self.room)

    def appear(self, place: "WindowPlace | None" = None) -> None:
        """Show the window: where it stood when it was left, where that is known."""
        if place is None:
            room = self.screen().availableSize()
            if self._fills_the_screen or (self.width() <= room.width() and self.height() <= room.height()):
                self.show()
            else:
                self.showMaximized()  # a small panel: all of it
            return
        from ingenes_desktop.ui.window_place import show_at  # noqa: PLC0415  where there is a place

        show_at(self, place)

    def put_off(self, call: Callable[[], object]) -> None:
        """Have ``call`` made once behind the first paint, ahead of the others; to be said before it."""
        self._others = (call, *self._others)

    def leave(self) -> None:
        """Close, also on a kiosk: the application's own wish, or the system's that the program ends.

        (Qt hands a program's own close() to the window as if the system had asked: the two cannot be told
        apart in the event.)
        """
        self._may_leave = True
        self.close()

    def forget_preview(self) -> None:
        """What the task bar shows of a minimised window is out of date, until that is on screen again."""
        if self.isMinimized() and self._has_preview:
            self._has_preview = False
            self._show_icon_only(self.winId(), True)  # noqa: FBT003  reads as the sentence it is
            self.windowHandle().windowStateChanged.connect(self._preview_again)

    def _preview_again(self, state: "QtCore.Qt.WindowState") -> None:
        # By the argument: the native window is told of it before this widget is.
        if state is not QtCore.Qt.WindowState.WindowMinimized and not self._has_preview:
            self._has_preview = True
            self.windowHandle().windowStateChanged.disconnect(self._preview_again)
            self._show_icon_only(self.winId(), False)  # noqa: FBT003  likewise

    def closeEvent(self, event: "QCloseEvent") -> None:
        """Ask whoever composed the application to end things; close when asked again."""
        if self._closing:
            event.accept()
            return
        event.ignore()
        if self._may_leave:
            self._closing = True
            self.close_requested.emit()

    def _after_first_paint(self) -> None:
        self.painted.emit()
        if self._fills_the_screen:
            self.activateWindow()  # nobody else gives it the keys where there is no window manager
        # One of them in each turn of the event loop, so that keys and clicks come in between.
        classes = (partial(getattr, module, name) for module, name in _WANTED_SOON)
        self._put_off: Iterator[Callable[[], object]] = iter(
            (*classes, _keep_singletons, self._set_icon, self._ground.see_field, *self._others)
        )
        self._turns = QTimer(self)
        self._turns.timeout.connect(self._load_next)
        self._turns.start(0)

    def _load_next(self) -> None:
        load = next(self._put_off, None)
        if load is not None:
            load()
            return
        self._turns.stop()
        self.settled.emit()

    def _set_icon(self) -> None:
        from PySide6.QtGui import QIcon  # noqa: PLC0415  not before the first paint

        self.setWindowIcon(QIcon(str(resource_path("brand", "icon.png"))))


def close_popups() -> None:
    """Close every menu, list and tool tip: none may stay over what is shown next, nor hold it up."""
    for _ in range(100):  # a popup that opens another as it closes does not hold this up either
        popup = QApplication.activePopupWidget()
        if popup is None:
            break
        popup.close()
    from PySide6.QtWidgets import QToolTip  # noqa: PLC0415  not before the first paint

    QToolTip.hideText()


def _keep_singletons() -> None:
    from ingenes_desktop.ui.lasting_singletons import keep_singletons  # noqa: PLC0415  not before the first paint

    keep_singletons()
