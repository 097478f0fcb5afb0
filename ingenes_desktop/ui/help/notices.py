"""What the application is made of, as ``resources/licences`` has it. No widget here."""

import json

from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.domain.value import Value

_BETWEEN = "\n" + "─" * 24 + "\n\n"


class Component(Value):
    """One part, and its licence."""

    name: str
    version: str
    """Empty where the running program knows it better, or there is none."""
    licence: str
    """An SPDX expression."""
    texts: tuple[str, ...]
    """Files of ``resources/licences``."""


def components() -> tuple[Component, ...]:
    """All of them, our own first; nothing where the list is not there."""
    try:
        listed = json.loads(resource_path("licences", "notices.json").read_text("utf-8"))
    except (OSError, ValueError):
        return ()
    return tuple(
        Component(each["name"], each["version"], each["licence"], tuple(each["texts"])) for each in listed
    )


def text_of(component: Component) -> str:
    """Its notices and licences, whole."""
    texts = []
    for place in component.texts:
        try:
            texts.append(resource_path("licences", *place.split("/")).read_text("utf-8"))
        except OSError:
            texts.append(f"{place}\n")
    return _BETWEEN.join(texts)
