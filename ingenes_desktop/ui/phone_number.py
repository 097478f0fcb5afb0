"""Telephone numbers as the clinics write them: Mexico's in its national form, others international.

Loads phonenumbers, Google's libphonenumber (https://github.com/daviddrysdale/python-phonenumbers), which
takes 15 to 25 ms: on a thread (``wiring.build_services``), and in no case before the first paint.
"""

import re

from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    format_number,
    is_valid_number,
    national_significant_number,
    parse,
)

from ingenes_desktop.domain.plain_text import plain_text

_HOME = "MX"
_HOME_CODE = 52
# Digits and what is written between them, and perhaps an extension; of anything else nothing may be lost.
_NUMBER = re.compile(r"[+\d\s().\u2010-\u2015/-]+(?:(?:ext\.?|x)\s*\d{1,7})?", re.IGNORECASE)
# Dialled before mobile and far numbers until August 2019; all numbers have ten digits since
# (https://www.commsupdate.com/articles/2019/07/18/mexico-to-introduce-10-digit-phone-numbers-on-3-august/).
_OLD_PREFIX = re.compile(r"(?:044|045|01|1)(?=\d{10}$)")


def phone_in_words(text: str) -> str:
    """``text`` in the local form; what is no telephone number comes back as it is, plain and bounded.

    A number without a country's code is taken for one of Mexico. Never raises.
    """
    plain = plain_text(text)
    if not _NUMBER.fullmatch(plain):
        return plain
    try:
        number = _without_old_prefix(parse(plain, _HOME))
    except NumberParseException:
        return plain
    if not is_valid_number(number):
        return plain
    if number.country_code == _HOME_CODE:
        return format_number(number, PhoneNumberFormat.NATIONAL)
    # ITU-T E.123: spaces alone between the parts of an international number.
    return format_number(number, PhoneNumberFormat.INTERNATIONAL).replace("-", " ")


def _without_old_prefix(number: PhoneNumber) -> PhoneNumber:
    digits = national_significant_number(number)
    if number.country_code != _HOME_CODE or not _OLD_PREFIX.match(digits):
        return number
    shorter = parse(_OLD_PREFIX.sub("", digits), _HOME)
    shorter.extension = number.extension
    return shorter
