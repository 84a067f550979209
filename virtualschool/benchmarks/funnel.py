"""Funnel plots: each authority's figure against the number of its children, with the limits that chance alone keeps to.

The centre is England's own figure, never a mean of the authorities: DfE hides percentages that few children reach, so the rows it
shows are not like those it hides.

Limits
    proportions    exact, from the binomial distribution; beyond one lies what chance makes in fewer than 2.5% (0.1%) of authorities
    means, ratios  centre ± z × s ÷ √pupils, with s the standard deviation of one pupil over England
    progress       the same with DfE's national standard deviation

Overdispersion: authorities differ more than their children by chance. φ is the mean of squared z-scores, each clipped at the tenth
and ninetieth centile so that a few odd authorities do not make it, and divided by what clipping leaves of chance alone (0.68),
so that 1 is chance. Above 1, τ² is what each authority's variance is short of, and the wide limits add it.

Sources: D. J. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005); the same, Handling
over-dispersion of performance indicators, Quality and Safety in Health Care 14 (2005).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

from virtualschool import intervals
from virtualschool.benchmarks.estimate import Estimate, spread_of_share
from virtualschool.measures import Measure

TAILS = {"95": 0.025, "99.8": 0.001}
CLIPPED = 0.1
FEWEST = 10
"""With fewer authorities than this nothing is said of overdispersion."""
MOST_HIDDEN = 0.1
"""With more of the authorities hidden than this, nothing is said of how far proportions differ beyond chance."""
NORMAL = NormalDist()


@dataclass(frozen=True)
class Limits:
    """What is inside 95% and 99.8% at one number of pupils, in the unit that is published."""

    low95: float
    high95: float
    low998: float
    high998: float

    def standing(self, value: float) -> str:
        """`within` both, or `above` or `below` 95% or 99.8%."""
        for name, low, high in (("99.8%", self.low998, self.high998), ("95%", self.low95, self.high95)):
            if value > high + 1e-9:
                return f"above {name}"
            if value < low - 1e-9:
                return f"below {name}"
        return "within"


@dataclass(frozen=True)
class Dispersion:
    """How far authorities differ beyond chance: `phi` (1 is chance), `tau` (a standard deviation in the unit that is published)."""

    authorities: int
    phi: float | None
    tau: float
    selected: bool = False
    """Whether so many are hidden for what they reached that those shown say nothing of how far authorities differ."""

    @property
    def in_words(self) -> str:
        if self.selected:
            return "So many are hidden for what they reached that nothing can be said of how far authorities differ beyond chance."
        if self.phi is None:
            return f"With {self.authorities} authorities nothing can be said of how far they differ beyond chance."
        if not self.tau:
            return "The authorities differ no more than chance would make them."
        return "The authorities differ more than chance would make them, and the wide limits allow for it."


@dataclass(frozen=True)
class Spot:
    """One authority on the plot. `more` children reaching it would bring it to another verdict up, or down if below nought."""

    estimate: Estimate
    chance: Limits
    wide: Limits
    stands_by_chance: str
    stands: str
    more_up: int | None = None
    more_down: int | None = None


@dataclass(frozen=True)
class Funnel:
    measure: Measure
    year: int
    centre: float
    spread: float
    spread_from: str
    dispersion: Dispersion
    spots: tuple[Spot, ...]

    def limits(self, pupils: int, *, wide: bool = False) -> Limits:
        return limits(self.measure, pupils, self.centre, self.spread, self.dispersion.tau if wide else 0.0)

    def sizes(self, most: int = 60) -> list[int]:
        """Numbers of pupils at which to draw the limits, from the fewest to the most that an authority has."""
        counts = [int(spot.estimate.telling) for spot in self.spots]
        first, last = max(min(counts, default=1), 1), max(counts, default=1)
        step = (last / first) ** (1 / (most - 1)) if last > first else 1.0
        return sorted({first, last, *(int(first * step**at) for at in range(most))})


def funnel(
    found: Sequence[Estimate], centre: Estimate, spread: float | None = None, spread_from: str = "", hidden: int = 0
) -> Funnel | None:
    """The funnel of authorities around a centre; None where no standard deviation of one pupil is known.

    `spread` is used where neither England's pupils nor DfE tell one. `hidden` is how many authorities are hidden besides: of
    proportions those that few reached, so that where they are many the others are no sample of all.
    """
    measure = centre.measure
    if measure.interval == "wilson":
        spread, spread_from = spread_of_share(centre.amount / 100) * 100, "England's share"
    elif centre.spread is not None:
        spread, spread_from = centre.spread, "DfE's national one" if measure.interval == "dfe_progress" else "England's pupils"
    if spread is None:
        return None
    counted = sorted((one for one in found if one.pupils), key=lambda one: one.place.code)
    selected = measure.interval == "wilson" and hidden > MOST_HIDDEN * (hidden + len(counted))
    spread_out = Dispersion(len(counted), None, 0.0, True) if selected else dispersion(counted, centre.amount, spread)
    made = Funnel(measure, centre.year, centre.amount, spread, spread_from, spread_out, ())
    return replace(made, spots=tuple(spot(made, one) for one in counted))


def spot(made: Funnel, one: Estimate) -> Spot:
    chance, wide = made.limits(int(one.telling)), made.limits(int(one.telling), wide=True)
    more_up, more_down = tipping(made, one, wide)
    return Spot(one, chance, wide, chance.standing(one.amount), wide.standing(one.amount), more_up, more_down)


def limits(measure: Measure, pupils: int, centre: float, spread: float, tau: float = 0.0) -> Limits:
    error = spread / math.sqrt(pupils)
    # The exact limits are stretched by what the variance grows, so that they keep their lean to one side.
    stretch = math.hypot(error, tau) / error if error else 1.0
    ends = []
    for tail in TAILS.values():
        if measure.interval == "wilson":
            low, high = (100 * end for end in intervals.exact_limits(pupils, centre / 100, tail))
            # Nothing lies below nought; a limit that is cut there is not known to be farther.
            ends += [max(centre + (low - centre) * stretch, 0.0), min(centre + (high - centre) * stretch, 100.0)]
        else:
            half = NORMAL.inv_cdf(1 - tail) * error * stretch
            ends += [centre - half, centre + half]
    if measure.unit in ("percent", "points", "number"):
        ends = [max(end, 0.0) for end in ends]
    return Limits(*ends)


def dispersion(found: Sequence[Estimate], centre: float, spread: float) -> Dispersion:
    """φ and τ of authorities around a centre, with the standard errors that they would have there."""
    errors = [spread / math.sqrt(one.telling) for one in found]
    if len(found) < FEWEST or not spread:
        return Dispersion(len(found), None, 0.0)
    scores = clipped([(one.amount - centre) / error for one, error in zip(found, errors, strict=True)])
    phi = sum(score * score for score in scores) / len(scores) / left_by_clipping(CLIPPED)
    weights = [1 / (error * error) for error in errors]
    total = sum(weights)
    over = len(scores) * phi - (len(scores) - 1)
    square = over / (total - sum(weight * weight for weight in weights) / total) if over > 0 and is_beyond_chance(phi, len(scores)) else 0.0
    return Dispersion(len(scores), phi, math.sqrt(square))


def is_beyond_chance(phi: float, authorities: int) -> bool:
    """Whether φ is farther above 1 than it lies by chance in all but one case of forty: 1 + 2 × √(2 ÷ authorities)."""
    return phi > 1 + 2 * math.sqrt(2 / authorities)


def clipped(scores: Sequence[float], share: float = CLIPPED) -> list[float]:
    """The scores, the lowest and highest tenth of them drawn in to the last that stays."""
    in_order = sorted(scores)
    out = int(share * len(in_order))
    low, high = in_order[out], in_order[len(in_order) - 1 - out]
    return [min(max(score, low), high) for score in scores]


def left_by_clipping(share: float) -> float:
    """The mean square of standard normal scores clipped at their `share` centile and its mirror."""
    at = NORMAL.inv_cdf(1 - share)
    return 1 - 2 * share - 2 * at * NORMAL.pdf(at) + 2 * share * at * at


def tipping(made: Funnel, one: Estimate, wide: Limits) -> tuple[int | None, int | None]:
    """How many more children reaching it, and how many fewer, would move an authority over the next 95% limit.

    Of one within the limits: over the upper and under the lower. Of one beyond: back within. None where no number would, for what
    is not a proportion of pupils, and for years put together.
    """
    if made.measure.interval != "wilson" or made.measure.counts != "pupils" or one.reached is None or not one.pupils or one.pupils_telling:
        return None, None
    reached, side = int(one.reached), wide.standing(one.amount).partition(" ")[0]
    up = next((to - reached for to in range(reached + 1, one.pupils + 1) if side_of(wide, to, one.pupils) != side), None)
    down = next((to - reached for to in range(reached - 1, -1, -1) if side_of(wide, to, one.pupils) != side), None)
    return up, down


def side_of(wide: Limits, reached: int, pupils: int) -> str:
    return wide.standing(100 * reached / pupils).partition(" ")[0]
