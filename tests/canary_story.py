"""The canary's session: its far ends, and what the person does, state by state."""

import signal
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from ingenes_desktop.adapters.qr_code import symbol_of
from ingenes_desktop.demo import seeds
from ingenes_desktop.demo.one_time_codes import STEP_SECONDS, code_at
from ingenes_desktop.demo.servers import Cloud
from tests import canary_channels
from tests.atspi.accessible import Accessible, Role, State
from tests.atspi.desktop import Program
from tests.atspi.waiting import wait_until
from tests.canary_stage import PROGRAM, Player, Stage
from tests.recording_proxy import recording_proxy
from tests.stub_logind import StubLogind

EMAIL = "ana@clinica.example"
NAME = "Ana Lucía Ortega Prado"
# Letters that stand in no word of the program's: one of them alone would be noticed.
PASSWORD, WRONG, NEW_PASSWORD = "Ж7λ-Canario-β9Ωq", "Ю3ξ-Equivocado-δ1Q", "Щ5φ-Nuevo-canario-ψ8Z"
CHANGED_PASSWORD = "Ф4σ-Cambiado-canario-ω6X"


(NEWCOMER,) = (account for account in seeds.ACCOUNTS if account.kind == "first-sign-in")
SETTINGS_FILE = "settings.toml"
CLIENT_SECRET = "canario1secreto2del3cliente4de5cognito6con7cifras89"


TALKATIVE = {
    "INGENES_LANGUAGE": "en",
    "INGENES_LOG_LEVEL": "DEBUG",
    "QT_LOGGING_RULES": "qt.text.font.cmap.debug=true;qt.qpa.input*.debug=true",
    "PYTHONASYNCIODEBUG": "1",
    "PYTHONFAULTHANDLER": "1",
}
"""Everything says as much as it can."""


@dataclass(frozen=True, slots=True)
class FarEnds:
    """The demo cloud behind proxies that take note of every secret."""

    cloud: Cloud
    environment: dict[str, str]


@contextmanager
def far_ends(cloud: Cloud, stage: Stage) -> Iterator[FarEnds]:
    """A client with a secret and with rotation; Ana has the canary's password."""
    know = stage.sweep.know
    client = cloud.add_client(
        secret=True,
        config={"RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 10}},
    )
    (ana,) = (account for account in seeds.ACCOUNTS if account.username == EMAIL)
    know("password", NEWCOMER.password)
    cloud.add_user(EMAIL, PASSWORD, attributes=ana.attributes)
    know("password", PASSWORD, WRONG, NEW_PASSWORD, CHANGED_PASSWORD)
    cloud.rules.devices.tracked = True
    # moto's own has dashes, which Cognito's have not.
    client.secret = CLIENT_SECRET
    know("client secret", CLIENT_SECRET)
    with ExitStack() as stack:
        aws = stack.enter_context(recording_proxy(cloud.url, know))
        base_url = urlsplit(cloud.default_secret["baseUrl"])
        filemaker = stack.enter_context(recording_proxy(f"http://{base_url.netloc}", know))
        cloud.put_secret(dict(cloud.default_secret) | {"baseUrl": filemaker + base_url.path})
        environment = {
            name: aws if name.startswith("INGENES_ENDPOINT_") else value
            for name, value in cloud.environment(client).items()
        }
        # The administrator's own file instead of the environment.
        del environment["INGENES_COGNITO_CLIENT_SECRET"]
        settings = stage.desktop.home / "config" / "ingenes-desktop" / SETTINGS_FILE
        settings.parent.mkdir(mode=0o700)
        settings.write_text(f'cognito_client_secret = "{CLIENT_SECRET}"\n', "utf-8")
        yield FarEnds(cloud, environment | TALKATIVE)


class Story:
    """Five starts of the program. After each step everything is collected, under the step's name."""

    def __init__(self, stage: Stage, far: FarEnds, logind: StubLogind) -> None:
        self.stage = stage
        self._far = far
        self._logind = logind
        self._player: Player | None = None
        self.bugs: list[str] = []
        """What was said of each bug that was ordered."""
        self.states: list[str] = []
        """In which everything was collected."""
        self.cores: list[str] = []
        """What the crash left."""
        self.limits: list[str] = []
        """Of the process, as the system has them."""
        self.written: set[Path] = set()
        """Every path that Python has opened for writing."""

    def sign_in_and_be_kept(self) -> None:
        """Refused, in, renewed, offline, locked, with bugs; the window is closed and the session kept."""
        with self._start():
            self._type(Role.TEXT, "Email", EMAIL)
            self._type_password(WRONG)
            self._label("Incorrect email or password.")
            self._look("refused")
            self._root.find(Role.CHECK_BOX, "Keep me signed in").act("Toggle")
            self._root.find(Role.CHECK_BOX, "Remember me").act("Toggle")
            self._type(Role.PASSWORD_TEXT, "Password", PASSWORD)
            self._root.find(Role.BUTTON, "Show password").act()
            self._look("password in sight")
            self._press("F1")
            self._type(Role.TEXT, "Search", "password")
            self._look("help over the password")
            self._press("Escape")
            self._root.find(Role.PASSWORD_TEXT, "Password").focus()
            # By the letter that Alt leads to the button by: it is held down over the password.
            self._press("Alt+s")
            self._label(NAME)
            wait_until(self._vault_files, "the vault")
            self._click("Copy email")
            wait_until(lambda: EMAIL in self.stage.selections.read_text("utf-8"), "the copy")
            self._look("signed in")
            for _ in range(3):
                self._sleep_and_wake()
            self._far.cloud.faults.refuse("GetTokensFromRefreshToken", "InternalErrorException", status=500)
            self._far.cloud.faults.refuse("InitiateAuth", "InternalErrorException", status=500)
            self._sleep_and_wake()
            self._label("Reconnecting…")
            self._look("reconnecting")
            self._far.cloud.faults.clear()
            self._sleep_and_wake()
            self._logind.hint(locked=True)
            self._label("This screen is protected.")
            self._look("locked")
            self._logind.hint(locked=False)
            self._label(NAME)
            for bug in ("slot", "thread", "worker", "event loop", "destructor", "libraries"):
                self.bugs.append(self._order(bug))
            self._look("after bugs")
            self.bugs.append(self._order("at exit"))
            self._close()
        self._look("closed")

    def restore_and_reset(self) -> None:
        """Taken up again, out, in with a new password, with a refresh that is refused."""
        with self._start():
            self._label(NAME)
            self._look("restored")
            self._click("Sign out")
            self._root.find(Role.BUTTON, "Forgot password?")
            wait_until(lambda: not self._vault_files(), "the vault to be gone")
            self._look("signed out")
            self._click("Forgot password?")
            self._click("Send code")
            code = self._code()
            self._type(Role.TEXT, "Verification code", code)
            self._look("code typed")
            self._type(Role.PASSWORD_TEXT, "New password", NEW_PASSWORD)
            self._type(Role.PASSWORD_TEXT, "Confirm password", NEW_PASSWORD)
            self._click("Reset password")
            self._label("Your password was changed")
            self._look("code used")
            self._click("Back to sign in")
            self._type_password(NEW_PASSWORD)
            self._label(NAME)
            self._look("in again")
            self._far.cloud.tokens.sign_out(self._username())
            self._logind.sleep()
            self._logind.wake()
            self._root.find(Role.PASSWORD_TEXT, "Password")
            self._look("refresh refused")
            self._close()

    def change_and_verify(self) -> None:
        """The password changed, an authenticator app set up, and used to sign in."""
        with self._start():
            self._root.find(Role.TEXT, "Email").wait_text(EMAIL)
            self._type_password(NEW_PASSWORD)
            self._label(NAME)
            self._click("Change password")
            self._type(Role.PASSWORD_TEXT, "Current password", NEW_PASSWORD)
            self._type(Role.PASSWORD_TEXT, "New password", CHANGED_PASSWORD)
            self._type(Role.PASSWORD_TEXT, "Confirm password", CHANGED_PASSWORD)
            self._look("passwords typed")
            self._click("Change password")
            self._label("Your password was changed")
            self._look("password changed")
            self._click("Back to profile")
            self._click("Two-step verification")
            self._click("Set up an app")
            self._root.find(Role.TEXT, "Verification code")
            key = self._authenticator_key()
            self._look("key shown")
            self._type_code(key)
            self._look("first code typed")
            self._press("Return")
            self._label("It is on.")
            self._look("two-step verification on")
            self._click("Back to profile")
            self._sign_out("signed out again")
            # The device that Cognito tracks stands for the second step, as long as the program runs.
            self._type_password(CHANGED_PASSWORD)
            self._label(NAME)
            self._look("in by the device")
            self._sign_out("signed out once more")
            self._close()
        with self._start():
            self._root.find(Role.TEXT, "Email").wait_text(EMAIL)
            self._type_password(CHANGED_PASSWORD)
            self._label("Open your authenticator app.")
            self._look("second step asked for")
            # The code of the next step: that of this one may have been handed in above.
            self._type_code(key, later=STEP_SECONDS)
            self._look("second code typed")
            self._press("Return")
            self._label(NAME)
            self._look("in with two steps")
            self._close()

    def crash(self) -> None:
        """Somebody's first sign-in, then killed as by a fault in a library: no core may be left."""
        with self._start():
            self._root.find(Role.TEXT, "Email").wait_text(EMAIL)
            self._type(Role.TEXT, "Email", NEWCOMER.username)
            self._type_password(NEWCOMER.password)
            self._type(Role.PASSWORD_TEXT, "New password", NEW_PASSWORD)
            self._look("new password asked for")
            self._type(Role.PASSWORD_TEXT, "Confirm password", NEW_PASSWORD)
            self._press("Return")
            self._label(f"{NEWCOMER.first_name} {NEWCOMER.last_name}")
            self._look("before the crash")
            process = self._running.process
            self.limits = Path(f"/proc/{process.pid}/limits").read_text("ascii").splitlines()
            process.send_signal(signal.SIGSEGV)
            process.wait(30)
        for core in self.stage.desktop.home.glob("*core*"):
            # The whole memory: that it is there says enough.
            self.cores.append(core.name)
            core.unlink()
        self._look("crashed")

    # -- the person

    @contextmanager
    def _start(self) -> Iterator[None]:
        with self.stage.program(PROGRAM, self._far.environment) as self._player:
            yield
            self.written |= self._player.written()
        self._player = None

    @property
    def _running(self) -> Program:
        assert self._player is not None
        return self._player.running

    @property
    def _root(self) -> Accessible:
        return self._running.root

    def _type(self, role: Role, name: str, text: str) -> None:
        element = self._root.find(role, name)
        element.click(self.stage.desktop.input)
        element.wait_state(State.FOCUSED)
        self._press("Ctrl+a")
        self.stage.desktop.input.type(text)
        element.wait_count(len(text))

    def _type_password(self, password: str) -> None:
        self._type(Role.PASSWORD_TEXT, "Password", password)
        self._press("Return")

    def _press(self, key: str) -> None:
        self.stage.desktop.input.press(key)

    def _click(self, name: str) -> None:
        self._root.find(Role.BUTTON, name).act()

    def _label(self, beginning: str) -> None:
        def find() -> bool:
            return any(one.name().startswith(beginning) for one in self._root.find_all(Role.LABEL))

        try:
            wait_until(find, f"a label {beginning!r}")
        except TimeoutError as error:
            raise TimeoutError(f"{error}; on screen is\n{self._root.describe()}") from None

    def _sign_out(self, state: str) -> None:
        self._click("Sign out")
        self._root.find(Role.BUTTON, "Forgot password?")
        self._look(state)

    def _order(self, bug: str) -> str:
        assert self._player is not None
        return self._player.order(bug)

    def _sleep_and_wake(self) -> None:
        """The computer sleeps; nothing is shown before new tokens are here, or could not be had."""
        asked = len(self._far.cloud.journal.operations)
        self._logind.sleep()
        self._label("This screen is protected.")
        self._look("asleep")
        self._logind.wake()
        self._label(NAME)
        assert "GetTokensFromRefreshToken" in self._far.cloud.journal.operations[asked:]

    def _close(self) -> None:
        process = self._running.process
        process.terminate()
        assert process.wait(5) == 0

    # -- what is around

    def _look(self, state: str) -> None:
        self.states.append(state)
        player = self._player
        if player is None or player.running.process.poll() is not None:
            self.stage.look(state)
        else:
            self.stage.look(state, player.running.root, player.running.process.pid)
        for secret in self.stage.keyring.items().values():
            if b"@" not in secret:  # the remembered name
                self.stage.sweep.know("vault key", secret.decode("ascii"), b64decode(secret))
        for vault in self._vault_files():
            self.stage.sweep.know("vault file", vault.read_bytes())

    def _vault_files(self) -> list[Path]:
        return list(self.stage.state_folder.glob("*.vault"))

    def _code(self) -> str:
        mailbox = self._far.cloud.mailbox
        wait_until(mailbox.listing, "the code")
        code = str(mailbox.listing()[-1]["code"])
        self.stage.sweep.know("reset code", code)
        return code

    def _authenticator_key(self) -> str:
        """The key that is shown, by which its QR symbol is known, too."""
        (key,) = self.stage.sweep.secrets["authenticator key"]
        assert isinstance(key, str)
        # As it is shown: in groups of four.
        grouped = " ".join(key[start : start + 4] for start in range(0, len(key), 4))
        told = canary_channels.tree(self._root).values()
        assert any(grouped in each for each in told)
        self.stage.sweep.know("authenticator key", grouped)
        address = f"otpauth://totp/Ingenes:{quote(EMAIL, safe='')}?secret={key}&issuer=Ingenes"
        rows = symbol_of(address).reveal().split()
        # A row in its middle: those at its edges are in every symbol.
        self.stage.sweep.know("QR symbol", rows[len(rows) // 2])
        return key

    def _type_code(self, key: str, *, later: float = 0.0) -> None:
        code = code_at(key, time.time() + later)
        self.stage.sweep.know("authenticator code", code)
        self._type(Role.TEXT, "Verification code", code)

    def _username(self) -> str:
        (user,) = [
            user for user in self._far.cloud.pool.users.values() if user.attribute_lookup["email"] == EMAIL
        ]
        return str(user.username)
