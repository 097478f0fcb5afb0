"""AssociateSoftwareToken, VerifySoftwareToken and SetUserMFAPreference.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-totp.html
"""

from collections.abc import Callable
from dataclasses import replace

from ingenes_desktop.demo.aws_request import AwsError, JsonObject, Request
from ingenes_desktop.demo.challenge_sessions import Asked, ChallengeSessions
from ingenes_desktop.demo.one_time_codes import code_at, new_key, seconds_left, step_of
from ingenes_desktop.demo.person import EMAIL, SMS, SOFTWARE_TOKEN, Person
from ingenes_desktop.demo.second_factor_rules import SET_UP
from ingenes_desktop.demo.user_directory import UserDirectory

SETTINGS = {"SMSMfaSettings": SMS, "SoftwareTokenMfaSettings": SOFTWARE_TOKEN, "EmailMfaSettings": EMAIL}


class SoftwareTokenRules:
    """Authenticator apps: set up in a challenge or by somebody who is signed in.

    ``person_of`` tells whose access token one is, ``clock`` gives seconds since 1970. ``offered`` is a switch
    for tests: False, and the pool knows no authenticator apps.
    """

    def __init__(
        self,
        directory: UserDirectory,
        sessions: ChallengeSessions,
        person_of: Callable[[str], Person],
        clock: Callable[[], float],
    ) -> None:
        self._directory = directory
        self._sessions = sessions
        self._person_of = person_of
        self._clock = clock
        self.offered = True

    def associate(self, request: Request) -> JsonObject:
        """AssociateSoftwareToken: a new key, and with a Session a new one."""
        self._check_offered()
        key = new_key()
        if not request.optional_text("Session"):
            self._person_of(request.text("AccessToken")).factors.pending_key = key
            return {"SecretCode": key}
        asked = self._set_up(request)
        asked.progress.known.factors.pending_key = key
        asked.used = True
        session = self._sessions.open(replace(asked, key=key, verified=False, used=False, wrong=0))
        return {"SecretCode": key, "Session": session}

    def verify(self, request: Request) -> JsonObject:
        """VerifySoftwareToken: the app's first code."""
        self._check_offered()
        code = request.text("UserCode")
        if not request.optional_text("Session"):
            person = self._person_of(request.text("AccessToken"))
            if not person.factors.pending_key:
                _nothing_to_verify()
            self._check_code(person, person.factors.pending_key, code, None)
            return {"Status": "SUCCESS"}
        asked = self._set_up(request)
        if not asked.key:
            _nothing_to_verify()
        person = asked.progress.known
        self._check_code(person, asked.key, code, asked)
        person.turn_on(SOFTWARE_TOKEN)
        asked.used = True
        session = self._sessions.open(replace(asked, verified=True, used=False, wrong=0))
        return {"Status": "SUCCESS", "Session": session}

    def set_preference(self, request: Request) -> JsonObject:
        """SetUserMFAPreference: which factors are on, and which is asked for first."""
        person = self._person_of(request.text("AccessToken"))
        wanted = {
            factor: settings
            for name, factor in SETTINGS.items()
            if isinstance(settings := request.parameters.get(name), dict)
        }
        enabled, preferred = set(person.factors.enabled), person.factors.preferred
        for factor, settings in wanted.items():
            if settings.get("Enabled"):
                _check_ready(person, factor)
                enabled.add(factor)
                if settings.get("PreferredMfa"):
                    preferred = factor
                elif preferred == factor and "PreferredMfa" in settings:
                    preferred = ""
            else:
                enabled.discard(factor)
        if sum(bool(each.get("PreferredMfa")) for each in wanted.values()) > 1:
            raise AwsError("InvalidParameterException", "Only one MFA can be set as preferred.")
        if person.traits.requires_mfa and not enabled:
            raise AwsError(
                "InvalidParameterException", "User pool requires MFA: it cannot be turned off for a user."
            )
        person.factors.enabled = enabled
        person.factors.preferred = preferred if preferred in enabled else ""
        return {}

    def listing(self) -> list[dict[str, object]]:
        """What everybody's authenticator app shows now, newly set up ones included, as JSON objects."""
        now = self._clock()
        return [
            {
                "username": person.attribute("email"),
                "code": code_at(key, now),
                "seconds_left": seconds_left(now),
            }
            for person in self._directory.people
            if (key := person.factors.pending_key or person.factors.key)
        ]

    def _check_offered(self) -> None:
        if not self.offered:
            raise AwsError(
                "SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool"
            )

    def _set_up(self, request: Request) -> Asked:
        asked = self._sessions.find(request.text("Session"), None)
        if asked.challenge != SET_UP:
            raise AwsError("NotAuthorizedException", "Invalid session for the user.")
        return asked

    def _check_code(self, person: Person, key: str, code: str, asked: Asked | None) -> None:
        step = step_of(key, code, self._clock())
        if step is None:
            error = "EnableSoftwareTokenMFAException"
            words = "Code mismatch and fail enable Software Token MFA"
            if asked is not None:
                asked.missed(error, words)
            raise AwsError(error, words)
        factors = person.factors
        factors.key, factors.pending_key, factors.taken_steps = key, "", {step}


def _nothing_to_verify() -> None:
    raise AwsError("InvalidParameterException", "Software token has not been associated.")


def _check_ready(person: Person, factor: str) -> None:
    ready = {
        SOFTWARE_TOKEN: bool(person.factors.key),
        SMS: person.attribute("phone_number_verified") == "true",
        EMAIL: person.attribute("email_verified") == "true",
    }
    if not ready[factor]:
        raise AwsError(
            "InvalidParameterException", f"User does not have delivery config set to turn on {factor}"
        )
