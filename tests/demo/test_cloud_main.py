"""The demo's command: what the application is pointed at, and when the demo refuses to open."""

import socket

import pytest

from ingenes_desktop.demo.__main__ import demo_environment, main, points_at_the_demo
from ingenes_desktop.demo.process import CloudDescription

DESCRIPTION = CloudDescription(
    environment={
        "INGENES_AWS_REGION": "us-east-1",
        "INGENES_COGNITO_USER_POOL_ID": "us-east-1_DemoClinica",
        "INGENES_COGNITO_CLIENT_ID": "democlinica000000000000000",
        "INGENES_COGNITO_IDENTITY_POOL_ID": "us-east-1:dc7291ab-3b14-5da3-ab08-25974db18ad9",
        "INGENES_FILEMAKER_SECRET_NAME": "Clinica/FileMaker/Credentials",
        "INGENES_ENDPOINT_COGNITO_IDP": "http://127.0.0.1:1",
        "INGENES_ENDPOINT_COGNITO_IDENTITY": "http://127.0.0.1:1",
        "INGENES_ENDPOINT_SECRETS_MANAGER": "http://127.0.0.1:1",
    },
    filemaker={},
    accounts=(),
    mailbox="http://127.0.0.1:1/mailbox",
)


def test_the_application_sees_the_clouds_variables_and_none_of_the_persons_own() -> None:
    own = {
        "INGENES_COGNITO_CLIENT_SECRET": "somebody's",
        "INGENES_COGNITO_CLIENT_ID": "somebody's",
        "INGENES_LANGUAGE": "en",
        "XDG_CONFIG_HOME": "/made/up",
    }
    seen = demo_environment(own, DESCRIPTION)
    assert seen == dict(DESCRIPTION.environment) | {"INGENES_LANGUAGE": "en", "XDG_CONFIG_HOME": "/made/up"}


@pytest.mark.parametrize("missing", [None, "INGENES_ENDPOINT_COGNITO_IDP", "INGENES_COGNITO_USER_POOL_ID"])
def test_it_opens_only_where_the_application_would_really_ask_the_demo(
    missing: str | None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    own = {"XDG_CONFIG_HOME": str(tmp_path_factory.mktemp("no settings")), "HOME": "/made/up"}
    environment = demo_environment(own, DESCRIPTION)
    if missing:  # as where the machine's policy goes before the environment
        del environment[missing]
    assert points_at_the_demo(environment, DESCRIPTION) is (missing is None)


def test_a_cloud_that_cannot_start_opens_no_window(capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["--port", str(port)]) == 2
    assert (
        capfd.readouterr().err
        == f"The demo cloud cannot start: port {port} for the AWS services is in use.\n"
    )
