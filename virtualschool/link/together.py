"""Children who cannot be the same pupil, because they were in care at the same time."""

import ibis

OVERLAP = 60
"""Days for which two authorities may both hold a child after a transfer, as returns have it."""


def clashes(pairs: ibis.Table, others: ibis.Table, stays: ibis.Table) -> ibis.Table:
    """Pairs that cannot both be links: la, child, pupil, other_la, other.

    A pair of `pairs` and one of `others` (la, child, pupil) with one pupil and two children in care at the same time: within an
    authority by a day, between two by more than a transfer takes.
    """
    second = others.select(other_la="la", other="child", other_pupil="pupil")
    twice = pairs.inner_join(
        second, [pairs.pupil == second.other_pupil, (pairs.la != second.other_la) | (pairs.child != second.other)]
    ).select("la", "child", "pupil", "other_la", "other")
    theirs = stays.select(other_la="la", other="child", their_since="since", their_until="until")
    met = twice.inner_join(stays, ["la", "child"]).inner_join(theirs, ["other_la", "other"])
    both = (met.since < met.their_until) & (met.their_since < met["until"])
    long = ibis.least(met["until"], met.their_until) > ibis.greatest(met.since, met.their_since) + ibis.interval(days=OVERLAP)
    return met.filter(both & ((met.la == met.other_la) | long)).select("la", "child", "pupil", "other_la", "other").distinct()
