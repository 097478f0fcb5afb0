"""Frozen values of named fields, as a frozen dataclass is, at a tenth of its price.

``dataclasses`` writes source code for each class and compiles it, half a millisecond every time, and
fifteen such classes stand before the first paint.
"""

from typing import Any, ClassVar, Never, TypeVar, dataclass_transform


@dataclass_transform(frozen_default=True)
class Value:
    """What a subclass annotates are its fields, in that order; a field's default is immutable, too.

    Made, matched, compared, hashed and shown by its fields. Values of two classes are never equal.
    """

    _fields: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        cls._fields = tuple(cls.__annotations__)
        cls._defaults = {name: vars(cls)[name] for name in cls._fields if name in vars(cls)}
        # Not by a plain assignment: mypy keeps this name for itself.
        type.__setattr__(cls, "__match_args__", cls._fields)

    def __init__(self, *positional: Any, **named: Any) -> None:
        names = self._fields
        given = dict(zip(names, positional, strict=False))
        values = {**self._defaults, **given, **named}
        # Too many, twice the same, an unknown one, or one without a value.
        if len(given) < len(positional) or given.keys() & named.keys() or values.keys() != set(names):
            raise TypeError(f"{type(self).__name__} takes {', '.join(names) or 'no fields'}")
        self.__dict__.update({name: values[name] for name in names})

    def __setattr__(self, name: str, _value: Any) -> Never:
        raise AttributeError(f"{type(self).__name__}.{name} is frozen")

    def __delattr__(self, name: str) -> Never:
        raise AttributeError(f"{type(self).__name__}.{name} is frozen")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({fields})"


AnyValue = TypeVar("AnyValue", bound=Value)


def replace(value: AnyValue, **changes: Any) -> AnyValue:
    """A copy of ``value`` with some fields changed. Raises TypeError for a field that it has not."""
    return type(value)(**{**vars(value), **changes})
