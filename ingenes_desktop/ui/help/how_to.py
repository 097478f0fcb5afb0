"""How the few things are done that can be done here, in a few sentences."""

import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.ui.help.entries import Entry
from ingenes_desktop.ui.shortcuts import HELP, LANGUAGE, LEAVE

translate = QCoreApplication.translate


def how_to(machine: MachineKind) -> tuple[Entry, ...]:
    """The first entries of the help, on such a computer."""
    place = (translate("HowTo", "How to"),)
    return (
        Entry(
            place,
            (translate("HowTo", "Sign in"),),
            translate(
                "HowTo",
                "Type your email and your password and press Enter. The five steps say how far it is; "
                "Escape cancels. The eye in the field shows what you type, until you go on.",
            ),
        ),
        Entry(
            place,
            (translate("HowTo", "If you forgot your password"),),
            translate(
                "HowTo",
                "Choose “Forgot password?” below the password. A code is sent to your email or phone; type "
                "it together with a new password. Whoever has no access to either asks Support.",
            ),
        ),
        Entry(
            place,
            (translate("HowTo", "Two-step verification"),),
            translate(
                "HowTo",
                "Besides the password, a code from an app on your phone proves that it is you. You set it up "
                "from your profile, or while signing in if your account requires it: scan the picture with "
                "the app, or type the key, then the code that the app shows.",
            ),
        ),
        Entry(place, (translate("HowTo", "Use the keyboard"),), keys_in_words(machine)),
    )


def keys_in_words(machine: MachineKind, platform: str = sys.platform) -> str:
    """Every key that does something, as the keys are called on this computer."""
    words = [
        translate("HowTo", "Tab and Shift+Tab: from one control to the next, and back."),
        translate("HowTo", "Enter or Space: press the button that has the focus."),
        translate("HowTo", "Escape: cancel, go back, or close this help."),
        translate("HowTo", "{keys}: open this help.").format(keys=_in_words(HELP)),
        translate("HowTo", "{keys}: choose the language.").format(keys=_in_words(LANGUAGE)),
    ]
    if machine is not MachineKind.KIOSK:
        words.append(translate("HowTo", "{keys}: close the window.").format(keys=_in_words(LEAVE)))
    if platform != "darwin":
        words.append(
            translate(
                "HowTo",
                "Alt and a letter: what has that letter underlined. Hold Alt down to see the letters.",
            )
        )
    return "\n".join(words)


def _in_words(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
