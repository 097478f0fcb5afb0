"""Who is signed in, as the profile shows it. A room of its own: the first paint needs no more."""

from datetime import date

from ingenes_desktop.domain.value import Value


class User(Value):
    """The person on the profile: Cognito's and FileMaker's facts, row by row."""

    user_id: str
    full_name: str
    email: str
    user_type: str
    company: str
    clinic: str
    username: str
    phone: str
    registered_on: date | None
    status: str
