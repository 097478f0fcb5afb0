"""What two-step verification is like for an account, in the person's language."""

from PySide6.QtCore import QCoreApplication

from ingenes_desktop.domain.account_panel import TwoStepFactors
from ingenes_desktop.ui.factor_words import factor_in_words

translate = QCoreApplication.translate


def factors_in_words(factors: TwoStepFactors) -> str:
    """Whether it is on, and where the codes come from; a line for each."""
    if not factors.active:
        return translate("TwoStep", "It is off. To sign in, your password is enough.")
    lines = [translate("TwoStep", "It is on. To sign in, you also need a code:")]
    for factor in factors.active:
        name = factor_in_words(factor)
        if factor is factors.preferred and len(factors.active) > 1:
            name = translate("TwoStep", "{factor} (asked for first)").format(factor=name)
        lines.append(f"• {name}")
    return "\n".join(lines)


def turning_off_in_words(factors: TwoStepFactors) -> str:
    """What is asked before the authenticator app is turned off."""
    if len(factors.active) > 1:
        return translate("TwoStep", "Turn off the codes of your authenticator app? The other codes stay on.")
    return translate(
        "TwoStep",
        "Turn off the codes of your authenticator app? Then your password will be enough to sign in.",
    )
