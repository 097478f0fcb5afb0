"""CUSTOM_CHALLENGE: a question of the clinic's own, in the flow CUSTOM_AUTH.

What a pool's three triggers would do: they ask those who have a question, three times at most.
https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-challenge.html
"""

import hmac
from collections.abc import Mapping

from ingenes_desktop.demo.aws_request import JsonObject, required_text
from ingenes_desktop.demo.challenge_sessions import Asked, ChallengeSessions, Progress
from ingenes_desktop.demo.lockout import wrong_password

CUSTOM = "CUSTOM_CHALLENGE"
ANSWERS = 3


class CustomQuestionRules:
    """Asks, and asks again after a wrong answer with a Session that is another."""

    def __init__(self, sessions: ChallengeSessions) -> None:
        self._sessions = sessions

    def ask(self, progress: Progress) -> JsonObject:
        """The person's question."""
        person = progress.known
        parameters = {"USERNAME": person.username, "question": person.traits.question}
        return self._sessions.ask(Asked(progress, CUSTOM), parameters)

    def answer(self, asked: Asked, responses: Mapping[str, str]) -> JsonObject | None:
        """The question once more after a wrong answer. Raises AwsError after the third."""
        progress = asked.progress
        given = required_text(responses, "ANSWER").strip().casefold()
        asked.used = True
        progress.answers += 1
        if hmac.compare_digest(given.encode(), progress.known.traits.answer.casefold().encode()):
            progress.answered = True
            return None
        if progress.answers >= ANSWERS:
            wrong_password()
        return self.ask(progress)
