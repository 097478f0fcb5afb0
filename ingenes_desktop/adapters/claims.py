"""Claims and attributes that Cognito gives now as JSON values, now as texts."""


def as_boolean(value: object) -> bool | None:
    """None where nothing is said; True for true and "true"; False for everything else."""
    if value is None:
        return None
    return value is True or (isinstance(value, str) and value.lower() == "true")
