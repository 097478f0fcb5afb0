"""The words of what the demo adds to the window, in the window's two languages."""

from PySide6.QtCore import QLocale

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Demostración", "Demo"),
    "notice": (
        "Nada es real: servidores en este equipo, personas inventadas. Un clic en una llena el formulario.",
        "Nothing is real: servers on this machine, people made up. A click on one fills the form.",
    ),
    "password": ("Contraseña", "Password"),
    "mailbox": ("Buzón de demostración", "Demo mailbox"),
    "faults": ("Fallas", "Faults"),
    "end": ("Terminar la demostración", "End the demo"),
    "no-mail": ("Todavía no ha llegado ningún código.", "No code has arrived yet."),
    "administrator": ("Administradora", "Administrator"),
    "user": ("Usuario", "User"),
    "first-sign-in": ("Primer inicio, contraseña temporal", "First sign-in, temporary password"),
    "no-record": ("Sin registro en FileMaker", "No FileMaker record"),
    "other-company": ("Registro de otra empresa", "Record of another company"),
    "look-alike": ("Dirección parecida a otra", "Address similar to another"),
    "duplicate": ("Dirección registrada dos veces", "Address registered twice"),
    "unverified-email": ("Dirección sin verificar", "Unverified address"),
    "two-step-app": ("Código de una aplicación", "Code from an app"),
    "two-step-sms": ("Código por SMS", "Code by SMS"),
    "two-step-email": ("Código por correo", "Code by email"),
    "two-step-choice": ("Elige entre los tres", "Chooses one of the three"),
    "two-step-required": ("Debe configurarla primero", "Has to set it up first"),
    "remembered-device": ("Código por correo, la primera vez", "Email code, once for each device"),
    "not-confirmed": ("Cuenta sin confirmar", "Account not confirmed"),
    "reset-required": ("Debe restablecer su contraseña", "Has to reset the password"),
    "disabled": ("Cuenta desactivada", "Account disabled"),
    "missing-attribute": ("Contraseña temporal, falta un dato", "Temporary password, data missing"),
    "expired-temporary": ("Contraseña temporal vencida", "Temporary password expired"),
    "trigger": ("La clínica lo rechaza y dice por qué", "Refused in the clinic's words"),
    "custom-question": ("Una pregunta de la clínica", "A question of the clinic"),
    "passkey": ("Solo con llave de acceso", "Only with a passkey"),
    "group-profiles": ("Hasta el perfil o FileMaker", "Up to profile or FileMaker"),
    "group-two-step": ("Verificación en dos pasos", "Two-step verification"),
    "group-accounts": ("Cuentas que necesitan algo", "Accounts that need something"),
    "group-flows": ("Otras formas de iniciar sesión", "Other ways to sign in"),
    "group-others": ("Otras", "Others"),
    "authenticator": ("Aplicación de autenticación", "Authenticator app"),
    "seconds-left": ("cambia en {seconds} s", "changes in {seconds} s"),
    "answer": ("Respuesta", "Answer"),
    "with-flow": ("con --auth-flow {flow}", "with --auth-flow {flow}"),
    "email": ("Correo", "Email"),
    "sms": ("SMS", "SMS"),
    "reset": ("para restablecer la contraseña", "to reset the password"),
    "confirm": ("para confirmar la cuenta", "to confirm the account"),
    "second-factor": ("segundo paso", "second step"),
    "first-factor": ("en lugar de la contraseña", "instead of the password"),
    "all-well": ("Todo funciona", "Everything works"),
    "aws-down": ("Los servicios de AWS no funcionan", "The AWS services are down"),
    "aws-slow": ("AWS tarda 3 segundos en cada respuesta", "AWS takes 3 seconds for each answer"),
    "too-many": ("Cognito: demasiados intentos", "Cognito: too many attempts"),
    "filemaker-down": ("FileMaker no funciona", "FileMaker is down"),
    "filemaker-silent": ("FileMaker no responde", "FileMaker does not answer"),
    "filemaker-full": ("FileMaker está lleno", "FileMaker is full"),
    "filemaker-account": ("FileMaker rechaza la cuenta", "FileMaker refuses the account"),
    "filemaker-half": ("FileMaker responde a medias", "FileMaker sends half an answer"),
    "filemaker-nobody": ("FileMaker no encuentra a nadie", "FileMaker finds nobody"),
    "filemaker-twice": ("FileMaker encuentra a dos personas", "FileMaker finds two people"),
}

GROUPS: dict[str, tuple[str, ...]] = {
    "group-profiles": (
        "administrator",
        "user",
        "first-sign-in",
        "no-record",
        "other-company",
        "look-alike",
        "duplicate",
        "unverified-email",
    ),
    "group-two-step": (
        "two-step-app",
        "two-step-sms",
        "two-step-email",
        "two-step-choice",
        "two-step-required",
        "remembered-device",
    ),
    "group-accounts": (
        "not-confirmed",
        "reset-required",
        "disabled",
        "missing-attribute",
        "expired-temporary",
        "trigger",
    ),
    "group-flows": ("custom-question", "passkey"),
}
"""The accounts' kinds, as they stand together."""


def words(key: str) -> str:
    """A text in the window's language: English, or else Spanish. An unknown key stays as it is."""
    spanish, english = TEXTS.get(key, (key, key))
    return english if QLocale().language() is QLocale.Language.English else spanish
