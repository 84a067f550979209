"""Control over many tests at once: Benjamini and Hochberg's.

Of forty measures that do not differ two would look as if they did. With this, of those that a page lists on average at most one in twenty
does not differ. It holds for tests that rise and fall together, as measures of the same children mostly do.
Source: Y. Benjamini and Y. Hochberg, Controlling the false discovery rate, Journal of the Royal Statistical Society B 57 (1995);
Y. Benjamini and D. Yekutieli, Annals of Statistics 29 (2001).
"""

from collections.abc import Sequence

FALSE_SHARE = 0.05


def adjusted(chances: Sequence[float]) -> list[float]:
    """For each chance the least share of false ones at which it would be listed."""
    order = sorted(range(len(chances)), key=lambda at: chances[at], reverse=True)
    found, least = [0.0] * len(chances), 1.0
    for place, at in enumerate(order):
        least = min(least, chances[at] * len(chances) / (len(chances) - place))
        found[at] = least
    return found
