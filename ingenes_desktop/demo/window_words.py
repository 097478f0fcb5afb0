"""The words of what the demo adds to the window, in the window's two languages."""

from PySide6.QtCore import QLocale

TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Demostración", "Demo"),
    "notice": (
        "Nada de lo que ve es real: los servidores están en este equipo y las personas son inventadas.",
        "Nothing here is real: the servers are on this machine and the people are made up.",
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
    "look-alike": ("Otra persona tiene una dirección parecida", "Somebody has a similar address"),
    "duplicate": ("Dirección registrada dos veces", "Address registered twice"),
    "unverified-email": ("Dirección sin verificar", "Unverified address"),
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


def words(key: str) -> str:
    """A text in the window's language: English, or else Spanish. An unknown key stays as it is."""
    spanish, english = TEXTS.get(key, (key, key))
    return english if QLocale().language() is QLocale.Language.English else spanish
