"""What a figure is made of: exact sums over the children who count, which add up over disjoint groups."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a figure is made of, exact: pupils who count, and sums over them. Sums of disjoint groups add up."""

    pupils: int = 0
    numerator: Decimal = NONE
    denominator: Decimal = NONE
    squares: Decimal = NONE
    products: Decimal = NONE
    below: Decimal = NONE
    origins: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.pupils + other.pupils,
            self.numerator + other.numerator,
            self.denominator + other.denominator,
            self.squares + other.squares,
            self.products + other.products,
            self.below + other.below,
            self.origins | other.origins,
            self.reasons | other.reasons,
        )

    def less(self, other: "Sums") -> "Sums":
        """The sums of those who are not in a part of the group; without squares, which nobody asks of them."""
        return Sums(self.pupils - other.pupils, self.numerator - other.numerator, self.denominator - other.denominator)

    @classmethod
    def pooled(cls, parts: Sequence["Sums"]) -> "Sums":
        """The sums of disjoint groups together."""
        return cls(
            sum(part.pupils for part in parts),
            sum((part.numerator for part in parts), NONE),
            sum((part.denominator for part in parts), NONE),
            sum((part.squares for part in parts), NONE),
            sum((part.products for part in parts), NONE),
            sum((part.below for part in parts), NONE),
            frozenset().union(*(part.origins for part in parts)),
            frozenset().union(*(part.reasons for part in parts)),
        )


class Listed(dict[tuple, Sums]):
    """The sums of each (measure, year, la, group), one by one."""

    def pooled(self, name: str, year: int, las: Sequence[str], group: tuple) -> Sums:
        """The sums of a group over all of some authorities."""
        found = (self.get((name, year, la, group)) for la in las)
        return Sums.pooled([part for part in found if part])

    def held(self) -> Iterator[tuple[str, int, str, tuple]]:
        """Each measure, year, authority and group in which someone counts."""
        return (key for key, sums in self.items() if sums.pupils)
