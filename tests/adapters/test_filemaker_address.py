"""The address in the secret: the few forms that are taken, and the many that are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingenes_desktop.adapters.filemaker_address import FileMakerAddressRules, checked_base_url
from ingenes_desktop.domain.errors import AuthError, ErrorCode

PATH = "/fmi/data/v1/databases/Clinica"
ANY_HOST = FileMakerAddressRules()

TAKEN = {
    f"https://fm.clinica.example{PATH}": f"https://fm.clinica.example{PATH}",
    f"https://FM.Clinica.Example{PATH}/": f"https://fm.clinica.example{PATH}",
    f"  https://fm.clinica.example{PATH}  ": f"https://fm.clinica.example{PATH}",
    f"https://fm.clinica.example:8443{PATH}": f"https://fm.clinica.example:8443{PATH}",
    "https://fm.clinica.example/fmi/data/v2/databases/X": "https://fm.clinica.example/fmi/data/v2/databases/X",
    "https://fm.clinica.example/fmi/data/vLatest/databases/X": (
        "https://fm.clinica.example/fmi/data/vLatest/databases/X"
    ),
    "https://fm.clinica.example/fmi/data/v1/databases/Clínica Roma": (
        "https://fm.clinica.example/fmi/data/v1/databases/Cl%C3%ADnica%20Roma"
    ),
    "https://fm.clinica.example/fmi/data/v1/databases/Cl%C3%ADnica%20Roma": (
        "https://fm.clinica.example/fmi/data/v1/databases/Cl%C3%ADnica%20Roma"
    ),
}

REFUSED = (
    f"http://fm.clinica.example{PATH}",
    f"HTTPS://fm.clinica.example{PATH}\n",
    f"ftp://fm.clinica.example{PATH}",
    f"//fm.clinica.example{PATH}",
    f"fm.clinica.example{PATH}",
    f"https:/fm.clinica.example{PATH}",
    f"https:fm.clinica.example{PATH}",
    f"https:\\\\fm.clinica.example{PATH}",
    f"https://user@fm.clinica.example{PATH}",
    f"https://user:pw@fm.clinica.example{PATH}",
    f"https://evil.example\\@fm.clinica.example{PATH}",
    f"https://evil.example#@fm.clinica.example{PATH}",
    f"https://evil.example?@fm.clinica.example{PATH}",
    f"https://fm.clinica.example\t.evil.example{PATH}",
    f"https://fm.clinica.example\r\nHost: evil.example{PATH}",
    f"https://fm.clinica.example%00.evil.example{PATH}",
    f"https://fm.clinica.example%2eevil.example{PATH}",
    f"https://fm。clinica。example{PATH}",
    f"https://fm.clínica.example{PATH}",
    f"https://fm_clinica.example{PATH}",
    f"https://-fm.clinica.example{PATH}",
    f"https://fm..clinica.example{PATH}",
    f"https://.clinica.example{PATH}",
    f"https://{'a' * 64}.example{PATH}",
    f"https://{'a.' * 130}example{PATH}",
    f"https://192.0.2.7{PATH}",
    f"https://192.0.2.7.{PATH}",
    f"https://127.1{PATH}",
    f"https://2130706433{PATH}",
    f"https://0x7f000001{PATH}",
    f"https://0x7f.1{PATH}",
    f"https://0177.0.0.1{PATH}",
    f"https://169.254.169.254{PATH}",
    f"https://[::1]{PATH}",
    f"https://[fe80::1%25eth0]{PATH}",
    f"https://localhost{PATH}",
    f"https://fm{PATH}",
    f"https://fm.clinica.example:{PATH}",
    f"https://fm.clinica.example:0{PATH}",
    f"https://fm.clinica.example:65536{PATH}",
    f"https://fm.clinica.example:443x{PATH}",
    f"https://fm.clinica.example:-1{PATH}",
    f"https://fm.clinica.example{PATH}?x=1",
    f"https://fm.clinica.example{PATH}#x",
    f"https://fm.clinica.example{PATH}//",
    f"https://fm.clinica.example{PATH}/layouts",
    f"https://fm.clinica.example/x{PATH}",
    "https://fm.clinica.example",
    "https://fm.clinica.example/",
    "https://fm.clinica.example/fmi/data/v3/databases/X",
    "https://fm.clinica.example/fmi/data/v1/databases/",
    "https://fm.clinica.example/fmi/data/v1/databases/..%2f..%2fadmin",
    "https://fm.clinica.example/fmi/data/v1/databases/a%5cb",
    "https://fm.clinica.example/fmi/data/v1/databases/a%00b",
    "https://fm.clinica.example/fmi/data/v1/databases/a%ff",
    "https://fm.clinica.example/fmi/data/v1/databases/a%2",
    "https://fm.clinica.example/fmi/data/v1/databases/..",
    "https://fm.clinica.example/fmi/data/v1/databases/.",
    "https://fm.clinica.example/fmi/data/v1/databases/%2e%2e",
    "https://fm.clinica.example/fmi/data/v1/databases/a\\b",
    "https://fm.clinica.example/fmi/data/v1/databases/" + "a" * 400,
    "https://fm.clinica.example/fmi/data/v1/databases/\ud800",
    "javascript:alert(1)",
    "",
    " ",
)


def refused(text: str, rules: FileMakerAddressRules) -> None:
    with pytest.raises(AuthError) as caught:
        checked_base_url(text, rules)
    assert (caught.value.code, caught.value.detail) == (ErrorCode.CONFIGURATION, "SECRET-BASEURL")


@pytest.mark.parametrize(("text", "rebuilt"), TAKEN.items())
def test_the_forms_that_are_taken(text: str, rebuilt: str) -> None:
    assert checked_base_url(text, ANY_HOST) == rebuilt


@pytest.mark.parametrize("text", REFUSED)
def test_the_forms_that_are_not(text: str) -> None:
    refused(text, ANY_HOST)


@pytest.mark.parametrize(
    "text", [text for text in REFUSED if "localhost" not in text and "//fm/" not in text]
)
def test_a_server_in_the_house_opens_no_other_door(text: str) -> None:
    refused(text, FileMakerAddressRules(on_premises=True))


def test_a_server_in_the_house_may_have_a_short_name() -> None:
    rules = FileMakerAddressRules(on_premises=True)
    assert checked_base_url(f"https://fm{PATH}", rules) == f"https://fm{PATH}"


def test_the_policy_s_hosts() -> None:
    rules = FileMakerAddressRules(host_suffixes=(".clinica.example", "Otra.example"))
    for host in ("fm.clinica.example", "clinica.example", "otra.example", "a.otra.example"):
        assert checked_base_url(f"https://{host}{PATH}", rules).startswith(f"https://{host}/")
    for host in (
        "evilclinica.example",
        "clinica.example.evil.example",
        "fm.clinica.example.",
        "otra.example.mx",
    ):
        refused(f"https://{host}{PATH}", rules)


def test_the_policy_s_ports() -> None:
    assert checked_base_url(f"https://fm.clinica.example{PATH}", FileMakerAddressRules(ports=(443,)))
    refused(f"https://fm.clinica.example:8443{PATH}", FileMakerAddressRules(ports=(443,)))
    refused(f"https://fm.clinica.example{PATH}", FileMakerAddressRules(ports=(8443,)))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_http_to_this_machine_only_for_a_cloud_on_this_machine(host: str) -> None:
    address = f"http://{host}:8080{PATH}"
    assert checked_base_url(address, FileMakerAddressRules(allow_loopback=True)) == address
    refused(address, ANY_HOST)
    refused(f"http://fm.clinica.example{PATH}", FileMakerAddressRules(allow_loopback=True))


@given(text=st.text(max_size=120) | st.from_regex(r"https?://[^/]{0,40}/fmi/data/v1/databases/[^/]{0,40}/?"))
def test_any_text_is_rebuilt_or_refused(text: str) -> None:
    try:
        rebuilt = checked_base_url(text, ANY_HOST)
    except AuthError:
        refused(text, ANY_HOST)
    else:
        assert rebuilt.isascii()
        assert rebuilt.startswith("https://")
        assert rebuilt.count("/") == 7
        assert checked_base_url(rebuilt, ANY_HOST) == rebuilt
