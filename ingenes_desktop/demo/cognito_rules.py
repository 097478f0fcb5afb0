"""All rules of one user pool together: which answers which operation, and what they remember."""

from collections.abc import Callable, Mapping

from moto.cognitoidp.models import CognitoIdpUserPool

from ingenes_desktop.demo.account_rules import AccountRules
from ingenes_desktop.demo.aws_request import Rule
from ingenes_desktop.demo.challenge_sessions import ChallengeSessions
from ingenes_desktop.demo.device_rules import DeviceRules
from ingenes_desktop.demo.first_factor_rules import FirstFactorRules
from ingenes_desktop.demo.lockout import Lockout
from ingenes_desktop.demo.mailbox import Mailbox
from ingenes_desktop.demo.new_password_rules import NewPasswordRules
from ingenes_desktop.demo.password_proof_rules import PasswordProofRules
from ingenes_desktop.demo.reset_rules import ResetRules
from ingenes_desktop.demo.second_factor_rules import SecondFactorRules
from ingenes_desktop.demo.sign_in_rules import SignInRules
from ingenes_desktop.demo.software_token_rules import SoftwareTokenRules
from ingenes_desktop.demo.token_issuer import TokenIssuer
from ingenes_desktop.demo.token_rules import TokenRules
from ingenes_desktop.demo.user_directory import UserDirectory


class CognitoRules:
    """One pool as Cognito would keep it. Call it under the front's lock; ``clock`` gives seconds since 1970.

    ``devices`` and ``software_tokens`` have switches for tests.
    """

    def __init__(
        self, pool: CognitoIdpUserPool, tokens: TokenIssuer, mailbox: Mailbox, clock: Callable[[], float]
    ) -> None:
        region, _, pool_name = pool.id.partition("_")
        directory = UserDirectory(pool)
        self._sessions = sessions = ChallengeSessions(clock)
        self._lockout = lockout = Lockout(clock)
        self._token = TokenRules(directory, tokens)
        self._resets = ResetRules(directory, mailbox, clock)
        self._accounts = AccountRules(directory, mailbox, self._token.person_of, clock)
        self.devices = DeviceRules(region, sessions, self._token.person_of, clock)
        self.software_tokens = SoftwareTokenRules(directory, sessions, self._token.person_of, clock)
        second_factors = SecondFactorRules(directory, sessions, mailbox, clock)
        proofs = PasswordProofRules(pool_name, sessions, lockout, clock)
        self._sign_in = SignInRules(
            directory,
            tokens,
            self._token,
            sessions,
            first_factors=FirstFactorRules(
                directory, sessions, lockout, proofs, second_factors, self.devices
            ),
            proofs=proofs,
            second_factors=second_factors,
            devices=self.devices,
            new_passwords=NewPasswordRules(directory, sessions, clock),
        )

    @property
    def by_operation(self) -> Mapping[tuple[str, str], Rule]:
        """What answers each operation of cognito-idp."""
        rules: dict[str, Rule] = {
            "InitiateAuth": self._sign_in.initiate_auth,
            "RespondToAuthChallenge": self._sign_in.respond_to_auth_challenge,
            "ForgotPassword": self._resets.forgot_password,
            "ConfirmForgotPassword": self._resets.confirm_forgot_password,
            "ResendConfirmationCode": self._accounts.resend_confirmation_code,
            "ConfirmSignUp": self._accounts.confirm_sign_up,
            "ChangePassword": self._accounts.change_password,
            "AssociateSoftwareToken": self.software_tokens.associate,
            "VerifySoftwareToken": self.software_tokens.verify,
            "SetUserMFAPreference": self.software_tokens.set_preference,
            "ConfirmDevice": self.devices.confirm,
            "GetUser": self._token.get_user,
            "GlobalSignOut": self._token.global_sign_out,
            "RevokeToken": self._token.revoke_token,
            "GetTokensFromRefreshToken": self._token.get_tokens_from_refresh_token,
        }
        return {("cognito-idp", operation): rule for operation, rule in rules.items()}

    def clear(self) -> None:
        """Forget every lock, code, guess and sign-in under way; the switches are as at the start."""
        self._sessions.clear()
        self._lockout.clear()
        self._resets.clear()
        self._accounts.clear()
        self.devices.tracked = False
        self.software_tokens.offered = True
