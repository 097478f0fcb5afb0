"""The names of the report are a promise: who changes one of them changes the schema's number."""

from ingenes_desktop.adapters.service_probes import Known
from ingenes_desktop.adapters.settings_review import Why
from ingenes_desktop.diagnosis.findings import Check, Section, Verdict
from ingenes_desktop.diagnosis.json_report import SCHEMA

CHECKS = """
setting settings_file setting_ignored setting_refused variables_dropped version log_folder keyring proxy
name_lookup connection tls answer clock user_pool client auth_flow identity_pool secret filemaker
password id_token identity credentials filemaker_account filemaker_product filemaker_session find
duration escaping
record users_layout login_layout base_table filemaker_session_ended tokens_revoked
"""


def test_the_names_of_the_first_schema() -> None:
    assert SCHEMA == "ingenes-desktop-check/1"
    assert [check.value for check in Check] == CHECKS.split()
    assert [section.value for section in Section] == ["settings", "computer", "hosts", "services", "sign_in"]
    assert [verdict.value for verdict in Verdict] == ["ok", "note", "warning", "failure"]
    assert {known.value for known in Known} == {
        "exists",
        "unknown",
        "secret_missing",
        "secret_refused",
        "secret_superfluous",
        "not_linked",
        "not_offered",
        "unsettled",
    }
    assert {why.value for why in Why} == {
        "administrator_only",
        "clinic_machine",
        "overruled",
        "empty",
        "unknown_variable",
    }
