"""What a finger needs: a button for the on-screen keyboard, and a page that can be pushed.

Made behind the first paint, and only where the administrator wants it; nothing here is needed to sign in.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QGuiApplication, QInputDevice
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QScroller, QScrollerProperties

from ingenes_desktop.domain.machine import MachineKind, ScreenKeyboardUse
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.keyboard_room import KeyboardRoom
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.keyboard_button import KeyboardButton, no_keyboard

if TYPE_CHECKING:
    from ingenes_desktop.ui.top_window import TopWindow
    from ingenes_desktop.ui.views import Views


class Touch(QObject):
    """The keyboard's button in every view that has a field. UI thread only.

    It is there on a kiosk with a touch screen, or where the policy says so. Touch screens are looked for
    again whenever the window comes to the front, a screen comes or goes, or another state is shown: Qt does
    not tell of new input devices.
    """

    keyboard_wanted = Signal(bool)
    """The system's on-screen keyboard shall come, or go."""

    def __init__(
        self, window: "TopWindow", views: "Views", settings: Settings, drawn: SignalInstance
    ) -> None:
        """``drawn`` comes each time that a view was drawn."""
        super().__init__(window)
        self._window = window
        self._views = views
        self._use = settings.screen_keyboard
        self._is_kiosk = settings.machine is MachineKind.KIOSK
        self._room: KeyboardRoom | None = None
        self._buttons: dict[View, KeyboardButton] = {}
        self._is_withdrawn = False
        self._can_be_pushed = False
        self._view: View | None = None
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)  # noqa: S101  there is a window
        news = (
            drawn,
            views.currentChanged,
            application.applicationStateChanged,
            application.screenAdded,
            application.screenRemoved,
        )
        for signal in news:
            signal.connect(self.look)
        window.close_requested.connect(self.put_away)
        self.look()

    @property
    def wants_keyboard(self) -> bool:
        """Whether the button was pressed, and what it asked for has not gone."""
        return self._room is not None and self._room.is_assumed

    @Slot()
    def put_away(self) -> None:
        """It shall not stay on the screen when the window has gone."""
        if self.wants_keyboard:
            self._assume(shown=False)
            self.keyboard_wanted.emit(False)  # noqa: FBT003  the signal says what

    def withdraw(self) -> None:
        """This system has no keyboard that a program may open: there is no button."""
        self._is_withdrawn = True
        self.look()

    @Slot()
    def keyboard_gone(self) -> None:
        """It was put away by its own key."""
        self._assume(shown=False)

    @Slot()
    def keyboard_failed(self) -> None:
        """It did not come. Said once, and the button stays."""
        if not self.wants_keyboard or QGuiApplication.inputMethod().isVisible():
            return
        self._assume(shown=False)
        button = None if self._view is None else self._buttons.get(self._view)
        if self._view is not None and button is not None and button.isVisible():
            button.set_failed(True)
            self._view.warned.emit(no_keyboard())

    @Slot()
    def look(self) -> None:
        """Follow the devices and what is shown."""
        has_touch_screen = any(
            device.type() is QInputDevice.DeviceType.TouchScreen for device in QInputDevice.devices()
        )
        if has_touch_screen and not self._can_be_pushed:
            self._can_be_pushed = True
            _let_push(self._window.ground)
        wanted = self._use is ScreenKeyboardUse.ON or (
            self._use is ScreenKeyboardUse.AUTO and self._is_kiosk and has_touch_screen
        )
        wanted = wanted and not self._is_withdrawn
        if wanted and self._room is None:
            self._room = KeyboardRoom(self._window)
        view = self._views.currentWidget()
        if isinstance(view, View):
            self._view = view
            self._offer(view, is_wanted=wanted and next(_fields(view), None) is not None)

    def _offer(self, view: "View", *, is_wanted: bool) -> None:
        button = self._buttons.get(view)
        if is_wanted and button is None:
            button = self._buttons[view] = _place_button(view)
            button.clicked.connect(self._press)
            button.setChecked(self.wants_keyboard)
        if button is not None:
            button.setVisible(is_wanted)
        if not is_wanted:
            self.put_away()

    def _press(self) -> None:
        shown = not self.wants_keyboard
        for button in self._buttons.values():
            button.set_failed(False)
        if shown and self._view is not None and not isinstance(self._window.focusWidget(), QLineEdit):
            # A key would go nowhere.
            field = next(_fields(self._view), None)
            if field is not None:
                field.setFocus()
        method = QGuiApplication.inputMethod()
        if shown:
            method.show()
        else:
            method.hide()
        self._assume(shown=shown)
        self.keyboard_wanted.emit(shown)

    def _assume(self, *, shown: bool) -> None:
        for button in self._buttons.values():
            button.setChecked(shown)
        if self._room is not None:
            self._room.assume(shown=shown)


def _fields(view: View) -> Iterator[QLineEdit]:
    """What is typed into, as far as it is shown."""
    return (field for field in view.findChildren(QLineEdit) if field.isVisibleTo(view))


def _place_button(view: View) -> KeyboardButton:
    """In the heading's row, at its far end."""
    place = view.form.indexOf(view.heading)
    view.form.removeWidget(view.heading)
    button = KeyboardButton(view.heading.parentWidget())
    row = QHBoxLayout()
    row.setSpacing(Space.SMALL)
    row.addWidget(view.heading, 1)
    row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    view.form.insertLayout(place, row)
    # Read before the fields, reached before them.
    before = next(_fields(view)).previousInFocusChain()
    while before is not None and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
        before = before.previousInFocusChain()
    if before is not None:
        view.setTabOrder(before, button)
    return button


def _let_push(ground: QScrollArea) -> None:
    """Have the page follow a finger, and go on for a moment when it lets go."""
    viewport = ground.viewport()
    QScroller.grabGesture(viewport, QScroller.ScrollerGestureType.TouchGesture)
    scroller = QScroller.scroller(viewport)
    properties = scroller.scrollerProperties()
    metric = QScrollerProperties.ScrollMetric
    never = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
    for of in (metric.HorizontalOvershootPolicy, metric.VerticalOvershootPolicy):
        properties.setScrollMetric(of, never)
    scroller.setScrollerProperties(properties)
