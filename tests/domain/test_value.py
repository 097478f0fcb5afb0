"""A Value is what a frozen dataclass is."""

import copy
import pickle

import pytest

from ingenes_desktop.domain.value import Value, replace


class Point(Value):
    """Two numbers."""

    x: int
    y: int = 0

    @property
    def total(self) -> int:
        """No field."""
        return self.x + self.y


class OtherPoint(Value):
    """The same fields."""

    x: int
    y: int = 0


class Nothing(Value):
    """No field at all."""


def test_fields_are_given_by_place_and_by_name() -> None:
    assert (Point(1).x, Point(1).y, Point(1, 2).y, Point(y=2, x=1).y) == (1, 0, 2, 2)
    assert Point(1, 2).total == 3


@pytest.mark.parametrize(
    ("positional", "named"),
    [
        ((), {}),
        ((), {"y": 1}),
        ((1, 2, 3), {}),
        ((1,), {"x": 1}),
        ((1,), {"z": 1}),
        ((), {"x": 1, "total": 1}),
    ],
)
def test_wrong_fields(positional: tuple[int, ...], named: dict[str, int]) -> None:
    with pytest.raises(TypeError, match=r"^Point takes x, y$"):
        Point(*positional, **named)


def test_no_fields() -> None:
    assert Nothing() == Nothing()
    assert repr(Nothing()) == "Nothing()"
    with pytest.raises(TypeError, match=r"^Nothing takes no fields$"):
        Nothing(1)


def test_equal_by_class_and_fields() -> None:
    assert Point(1, 2) == Point(y=2, x=1)
    assert hash(Point(1, 2)) == hash(Point(y=2, x=1))
    assert Point(1, 2) != Point(1, 3)
    assert Point(1, 2) != OtherPoint(1, 2)
    assert len({Point(1), Point(1, 0), Point(2), OtherPoint(1)}) == 3


def test_nothing_can_be_changed() -> None:
    point = Point(1)
    for name in ("x", "y", "z"):
        with pytest.raises(AttributeError, match=f"^Point.{name} is frozen$"):
            setattr(point, name, 5)
        with pytest.raises(AttributeError, match=f"^Point.{name} is frozen$"):
            delattr(point, name)
    assert vars(point) == {"x": 1, "y": 0}


def test_shown_and_matched_by_its_fields() -> None:
    assert repr(Point(1, 2)) == "Point(x=1, y=2)"
    match Point(1, 2):
        case Point(x, y=2):
            assert x == 1
        case _:
            pytest.fail("no match")


def test_replaced() -> None:
    point = Point(1, 2)
    assert replace(point, y=5) == Point(1, 5)
    assert point == Point(1, 2)
    with pytest.raises(TypeError):
        replace(point, z=1)


def test_copied_and_pickled() -> None:
    point = Point(1, 2)
    assert copy.copy(point) == copy.deepcopy(point) == pickle.loads(pickle.dumps(point)) == point  # noqa: S301  our own
