"""The rules of the check list."""

import pytest

from ingenes_desktop.domain.password_policy import SYMBOLS, PasswordPolicy, PasswordRule

EVERY_RULE = (
    PasswordRule.LENGTH,
    PasswordRule.UPPERCASE,
    PasswordRule.LOWERCASE,
    PasswordRule.NUMBER,
    PasswordRule.SYMBOL,
)


@pytest.mark.parametrize(
    ("password", "unmet"),
    [
        ("", EVERY_RULE),
        ("Clinica-2026", ()),
        ("Cl-2026", (PasswordRule.LENGTH,)),
        ("clinica-2026", (PasswordRule.UPPERCASE,)),
        ("CLINICA-2026", (PasswordRule.LOWERCASE,)),
        ("Clinica-abcd", (PasswordRule.NUMBER,)),
        ("Clinica2026", (PasswordRule.SYMBOL,)),
        ("Clinica 2026", ()),
        ("Clinica2026 ", (PasswordRule.SYMBOL, PasswordRule.NO_OUTER_SPACE)),
        (" Clinica-2026", (PasswordRule.NO_OUTER_SPACE,)),
        ("ÑÑÑÑÑ-ñññ1", (PasswordRule.UPPERCASE, PasswordRule.LOWERCASE)),
        ("Clinica£2026", (PasswordRule.SYMBOL,)),
    ],
)
def test_what_a_password_lacks(password: str, unmet: tuple[PasswordRule, ...]) -> None:
    assert PasswordPolicy().unmet(password) == unmet


@pytest.mark.parametrize("symbol", sorted(SYMBOLS))
def test_each_of_cognitos_symbols_counts(symbol: str) -> None:
    assert PasswordPolicy().unmet(f"Clinica{symbol}2026") == ()


def test_a_policy_asks_only_for_what_it_names() -> None:
    lenient = PasswordPolicy(minimum_length=6, uppercase=False, number=False, symbol=False)
    assert lenient.rules() == (PasswordRule.LENGTH, PasswordRule.LOWERCASE)
    assert lenient.unmet("clinica") == ()
