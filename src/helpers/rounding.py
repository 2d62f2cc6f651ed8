"""One number in two forms: 1,523 told as 1,500, "about 1,524" as 1,523, "24 to 99" as 99."""
import math
from functools import lru_cache

from helpers import likeness
from helpers.likeness import point

ROUNDED = 0.1   # a rounded number may lie this far from the old one, as a share of it
ABOUT = 0.05    # so much of a number does "about" cover, where its digits say that it was rounded
SLACK = 0.005   # and so much in any case: a unit in a thousand and a half is the sum's own


def same(old, new) -> bool:
    """Whether two numbered tellings give one number, as far as the words and digits of each allow.

    It is one if the new number is the old one rounded, or lies within the old one's "about"; of a range, if it is one of
    its ends or, told as about so many, lies within.
    """
    if likeness.bound(old) == "range" and likeness.bound(new) == "range":
        return (old.low, old.high) == (new.low, new.high)
    if likeness.bound(old) == "range":
        return point(new) in (old.low, old.high) or likeness.bound(new) == "about" and old.low <= point(new) <= old.high
    if likeness.bound(new) == "range":
        return new.low <= point(old) <= new.high
    x, y = point(old), point(new)
    return x == y or rounds(x, y, likeness.bound(new)) or "about" in likeness.bound(old) and (
        abs(x - y) <= SLACK * abs(x) or abs(x - y) <= ABOUT * abs(x) and rounds(y, x))


def rounds(number: float, to: float, bound: str = "") -> bool:
    """Whether `to` is `number` rounded to the digits that `to` has: 1,523 to 1,500. Under "more than" rounded down, under
    "up to" rounded up will do. Nothing is rounded by more than a tenth."""
    if not (math.isfinite(number) and math.isfinite(to)) or not to or abs(number - to) > ROUNDED * abs(number):
        return False
    unit = _unit(to)
    if unit <= _unit(number):
        return False  # it has more digits than the number: it is none of its roundings
    steps = {"floor": math.floor, "ceiling": math.ceil}.get(bound, round)(number / unit)
    return math.isclose(steps * unit, to) or math.isclose(math.floor(number / unit + 0.5) * unit, to)


@lru_cache(65536)
def _unit(number: float) -> float:
    """The place of a number's last digit that is not nought: 100 of 1,500, 0.1 of 2.5."""
    digits = f"{abs(number):.12e}"
    whole, exponent = digits.split("e")
    return 10.0 ** (int(exponent) - len(whole.rstrip("0").rstrip(".").replace(".", "")) + 1)
