"""Where the window stands: told as plain numbers, and put back. UI thread only."""

from PySide6.QtCore import QObject, QRect, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ingenes_desktop.domain.preferences import Area, WindowPlace, place_on


def place_of(window: QWidget) -> WindowPlace | None:
    """Where ``window`` stands; of one that is maximised or minimised, where it stands otherwise."""
    plain = window.geometry()
    if window.isMaximized() or window.isMinimized() or window.isFullScreen():
        plain = window.normalGeometry()
    if plain.isEmpty():
        return None  # never shown otherwise
    screen = window.screen().availableGeometry()
    frame = max(0, window.geometry().top() - window.frameGeometry().top())
    return WindowPlace(_area(plain), frame, window.isMaximized(), screen.width(), screen.height())


def show_at(window: QWidget, place: WindowPlace) -> None:
    """Show ``window`` at ``place``, as far as that is still on a screen."""
    main = QGuiApplication.primaryScreen()
    screens = sorted(QGuiApplication.screens(), key=lambda screen: screen is not main)
    if screens:
        place = place_on([_area(screen.availableGeometry()) for screen in screens], place)
    inside = place.inside
    window.setGeometry(inside.x, inside.y, inside.width, inside.height)
    if place.maximised:
        window.showMaximized()
    else:
        window.show()


class PlaceWatch(QObject):
    """Tells of every new place of a window that is on screen."""

    changed = Signal(object)
    """A WindowPlace."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        native = window.windowHandle()
        # Whichever comes last tells the whole: on some systems the state, on others the size.
        for signal in (
            native.xChanged,
            native.yChanged,
            native.widthChanged,
            native.heightChanged,
            native.windowStateChanged,
        ):
            signal.connect(self.look)

    @Slot()
    def look(self) -> None:
        """Tell of the present place."""
        place = place_of(self._window)
        if place is not None:
            self.changed.emit(place)


def _area(rectangle: QRect) -> Area:
    return Area(rectangle.x(), rectangle.y(), rectangle.width(), rectangle.height())
