"""What a person can wish for, as signals of the one window."""

from PySide6.QtCore import Signal

from ingenes_desktop.ui.top_window import TopWindow


class WishWindow(TopWindow):
    """Every view's wishes are signals here, under the same names.

    So they can be connected before there is a view; see ``View.WISHES``.
    """

    WISHES = (
        "sign_in_requested",
        "cancel_requested",
        "forgot_password_requested",
        "remember_toggled",
        "keep_toggled",
        "typing_started",
        "retry_requested",
        "use_password_requested",
        "answer_submitted",
        "confirmation_submitted",
        "start_over_requested",
        "code_requested",
        "resend_requested",
        "reset_submitted",
        "other_email_requested",
        "back_requested",
        "sign_out_requested",
        "sign_out_everywhere_requested",
        "switch_user_requested",
        "stay_requested",
        "change_password_requested",
        "password_change_submitted",
        "two_step_requested",
        "authenticator_requested",
        "authenticator_code_submitted",
        "authenticator_left",
        "authenticator_off_requested",
        "panel_left",
        "close_requested",
    )
    """The signals that somebody must answer, by name."""
    sign_in_requested = Signal(str, object, bool, bool)
    """Username, password (a Secret, or None where another first factor may be chosen), whether to remember,
    whether to stay signed in."""
    cancel_requested = Signal()
    forgot_password_requested = Signal(str)
    """With the username typed so far."""
    remember_toggled = Signal(bool)
    keep_toggled = Signal(bool)
    typing_started = Signal()
    retry_requested = Signal()
    use_password_requested = Signal()
    answer_submitted = Signal(object)
    """An Answer to what Cognito asks."""
    confirmation_submitted = Signal(str)
    """The code that verifies the account's email."""
    start_over_requested = Signal()
    code_requested = Signal(str)
    """With the email of the account."""
    resend_requested = Signal()
    reset_submitted = Signal(str, object)
    """The code, and the new password as a Secret."""
    other_email_requested = Signal()
    back_requested = Signal()
    sign_out_requested = Signal()
    sign_out_everywhere_requested = Signal()
    switch_user_requested = Signal()
    stay_requested = Signal()
    change_password_requested = Signal()
    password_change_submitted = Signal(object, object)
    """The current password and the new one, as Secrets."""
    two_step_requested = Signal()
    authenticator_requested = Signal()
    authenticator_code_submitted = Signal(str)
    authenticator_left = Signal()
    authenticator_off_requested = Signal()
    panel_left = Signal()
