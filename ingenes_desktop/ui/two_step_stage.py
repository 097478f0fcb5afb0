"""Where a person is in the two-step panel, and what is said there."""

from enum import Enum, unique

from PySide6.QtCore import QCoreApplication

from ingenes_desktop.domain.account_panel import TwoStep
from ingenes_desktop.ui.two_step_words import factors_in_words, turning_off_in_words

translate = QCoreApplication.translate


@unique
class Stage(Enum):
    """What the panel is about just now."""

    READING = "reading"
    UNREAD = "unread"
    """Reading came to nothing."""
    KNOWN = "known"
    TURNING_OFF = "turning_off"
    """The second, deliberate step before an app is turned off."""
    SETTING_UP = "setting_up"


def stage_of(panel: TwoStep, *, is_turning_off: bool) -> Stage:
    """Where ``panel`` is; ``is_turning_off`` says that the person thinks of turning an app off."""
    if panel.key is not None:
        return Stage.SETTING_UP
    if panel.factors is None:
        return Stage.READING if panel.busy else Stage.UNREAD
    return Stage.TURNING_OFF if is_turning_off else Stage.KNOWN


def heading_in_words(stage: Stage) -> str:
    """What the panel is about, in short."""
    if stage is Stage.SETTING_UP:
        return translate("TwoStepView", "Set up two-step verification")
    return translate("TwoStepView", "Two-step verification")


def status_in_words(panel: TwoStep, stage: Stage) -> str:
    """What there is to know or to do; "" where what went wrong says it all."""
    match stage:
        case Stage.UNREAD:
            return ""
        case Stage.SETTING_UP:
            return translate("TwoStepView", "Scan this code with your authenticator app, or type the key.")
        case Stage.KNOWN if panel.factors is not None:
            return factors_in_words(panel.factors)
        case Stage.TURNING_OFF if panel.factors is not None:
            return turning_off_in_words(panel.factors)
        case _:
            return translate("TwoStepView", "Reading your settings…")


def has_app(panel: TwoStep) -> bool:
    """Whether an authenticator app is on."""
    return panel.factors is not None and panel.factors.has_authenticator
