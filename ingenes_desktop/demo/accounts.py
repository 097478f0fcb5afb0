"""The people who can be tried, all made up: each shows something else.

Their FileMaker records are in the data file of the FileMaker server.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from moto.cognitoidp.models import UserStatus

from ingenes_desktop.demo.person import EMAIL, SMS, SOFTWARE_TOKEN, Traits

PASSWORD = "Demo-Clinica-2026"  # noqa: S105  of made-up people, shown in the demo's own window
TEMPORARY_PASSWORD = "Temporal-2026!"  # noqa: S105  likewise
TOTP_KEY = "DEMOCLINICADOSPASOSDEMOCLINICADOSPASOSDEMOCLINICADOS"
OTHER_TOTP_KEY = "ELIGECOMOVERIFICARELIGECOMOVERIFICARELIGECOMOVERIFIC"
FIRST_SIGN_IN = UserStatus.FORCE_CHANGE_PASSWORD


@dataclass(frozen=True, slots=True)
class Account:
    """One person. ``kind`` says what makes the account worth trying.

    ``auth_flow`` names the flow that shows it, where it is not any; ``age`` is the time since the invitation.
    """

    kind: str
    username: str
    password: str
    first_name: str
    last_name: str
    customer_id: str = "2"
    verified: bool = True
    status: UserStatus = UserStatus.CONFIRMED
    enabled: bool = True
    phone: str = ""
    factors: tuple[str, ...] = ()
    preferred: str = ""
    totp_key: str = ""
    traits: Traits = field(default_factory=Traits)
    age: timedelta = timedelta()
    auth_flow: str = ""

    @property
    def attributes(self) -> dict[str, str]:
        """The person's user pool attributes; one without a value is "" ."""
        record_id = uuid5(NAMESPACE_URL, f"clinica.example/{self.username}").int % 9000 + 1000
        return {
            "email": self.username,
            "email_verified": "true" if self.verified else "false",
            "phone_number": self.phone,
            "phone_number_verified": "true" if self.phone else "",
            "custom:firstName": self.first_name,
            "custom:lastName": self.last_name,
            "custom:storeName": "Clínica Ejemplo Centro",
            "custom:customerId": self.customer_id,
            "custom:locationStatus": "active",
            "custom:recordId": str(record_id),
        }

    @property
    def description(self) -> dict[str, str]:
        """What a program must know to sign in as this person."""
        told = {"kind": self.kind, "username": self.username, "password": self.password}
        more = {"totp_key": self.totp_key, "answer": self.traits.answer, "auth_flow": self.auth_flow}
        return told | {name: value for name, value in more.items() if value}


ACCOUNTS = (
    Account("administrator", "ana@clinica.example", PASSWORD, "Ana Lucía", "Ortega Prado"),
    Account("user", "luis@clinica.example", PASSWORD, "Luis Fernando", "Sabina Ríos"),
    Account(
        "first-sign-in",
        "nueva@clinica.example",
        TEMPORARY_PASSWORD,
        "Nadia",
        "Vela Cantú",
        status=FIRST_SIGN_IN,
    ),
    Account("no-record", "sinficha@clinica.example", PASSWORD, "Simón", "Campos Rey"),
    Account("other-company", "otra@clinica.example", PASSWORD, "Octavio", "Trejo Alba"),
    Account("look-alike", "maria@clinica.example", PASSWORD, "María Paz", "Quintero Luna"),
    Account("duplicate", "doble@clinica.example", PASSWORD, "Dolores", "Blanco Pineda"),
    Account("unverified-email", "noverificada@clinica.example", PASSWORD, "Nora", "Prieto", verified=False),
    Account(
        "two-step-app",
        "dospasos@clinica.example",
        PASSWORD,
        "Delia",
        "Pasos Serna",
        factors=(SOFTWARE_TOKEN,),
        preferred=SOFTWARE_TOKEN,
        totp_key=TOTP_KEY,
    ),
    Account(
        "two-step-sms",
        "sms@clinica.example",
        PASSWORD,
        "Samuel",
        "Montes Silva",
        phone="+525550100113",
        factors=(SMS,),
    ),
    Account(
        "two-step-email", "codigo@clinica.example", PASSWORD, "Consuelo", "Digna Rojas", factors=(EMAIL,)
    ),
    Account(
        "two-step-choice",
        "elige@clinica.example",
        PASSWORD,
        "Elías",
        "Gijón Cano",
        phone="+525550100115",
        factors=(SMS, SOFTWARE_TOKEN, EMAIL),
        totp_key=OTHER_TOTP_KEY,
    ),
    Account(
        "two-step-required",
        "configura@clinica.example",
        PASSWORD,
        "Fabiola",
        "Conde Figueroa",
        traits=Traits(requires_mfa=True),
    ),
    Account(
        "not-confirmed",
        "sinconfirmar@clinica.example",
        PASSWORD,
        "Sara",
        "Confín Marín",
        verified=False,
        status=UserStatus.UNCONFIRMED,
    ),
    Account(
        "reset-required",
        "restablecer@clinica.example",
        PASSWORD,
        "Renato",
        "Estable Cerda",
        status=UserStatus.RESET_REQUIRED,
    ),
    Account("disabled", "baja@clinica.example", PASSWORD, "Bárbara", "Jalón Ayala", enabled=False),
    Account(
        "missing-attribute",
        "faltadato@clinica.example",
        TEMPORARY_PASSWORD,
        "Fausto",
        "Tada Ortiz",
        status=FIRST_SIGN_IN,
        traits=Traits(required_attributes=("phone_number",)),
    ),
    Account(
        "expired-temporary",
        "vencida@clinica.example",
        TEMPORARY_PASSWORD,
        "Verónica",
        "Cid Aranda",
        status=FIRST_SIGN_IN,
        age=timedelta(days=8),
    ),
    Account(
        "trigger",
        "aviso@clinica.example",
        PASSWORD,
        "Agustín",
        "Visorio Peña",
        traits=Traits(trigger_error="Su clínica abre a las 8:00. Intente más tarde"),
    ),
    Account(
        "remembered-device",
        "equipo@clinica.example",
        PASSWORD,
        "Emma",
        "Quiroz Polanco",
        factors=(EMAIL,),
        traits=Traits(tracks_devices=True),
    ),
    Account(
        "custom-question",
        "pregunta@clinica.example",
        PASSWORD,
        "Prudencio",
        "Guntín Tamayo",
        traits=Traits(question="¿De qué color es la puerta de su clínica?", answer="azul"),
        auth_flow="CUSTOM_AUTH",
    ),
    Account(
        "passkey",
        "llave@clinica.example",
        PASSWORD,
        "Yolanda",
        "Llave Vera",
        traits=Traits(first_factors=("WEB_AUTHN",)),
        auth_flow="USER_AUTH",
    ),
)
