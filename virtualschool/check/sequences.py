"""Rules about the episodes of a child one after another, and beside last year's return."""

import ibis

from virtualschool import tables
from virtualschool.check.dates import days_between, year_start
from virtualschool.check.episodes import SHORT_BREAKS, TEMPORARY
from virtualschool.check.rules import rule

episodes = tables.episodes

PLACE_DETAILS = ("place", "pl_post", "urn", "place_provider")


def in_turn(episodes):
    """Episodes of a return in turn, each with what stood before it (`before_…`) and comes after it (`next_…`)."""
    turn = ibis.window(group_by=["la", "year", "child"], order_by=["decom", "dec", "row"])
    seen = ("decom", "dec", "rec", "rne", "ls", "cin", *PLACE_DETAILS)
    return episodes.mutate(
        **{f"before_{name}": episodes[name].lag().over(turn) for name in seen},
        **{f"next_{name}": episodes[name].lead().over(turn) for name in ("decom", "rne", "place")},
    )


def goes_on(turn):
    """Whether the episode carries on from the one before it, by date and reason."""
    return (turn.before_dec == turn.decom) & (turn.before_rec == "X1")


def differs(turn, names):
    """Whether any of the details is another than before; nothing and nothing are the same."""
    changed = [~turn[name].identical_to(turn[f"before_{name}"]) for name in names]
    return ibis.or_(*changed)


@rule("142", "Every episode of a child except the last must have DEC and REC.", episodes, columns="dec rec")
def open_in_the_middle(episodes):
    turn = in_turn(episodes)
    return turn.filter(turn.next_decom.notnull() & (turn.dec.isnull() | turn.rec.isnull()))


@rule("388", "X1 means that another episode begins the same day, and nothing else does.", episodes, columns="rec")
def next_episode_and_reason_disagree(episodes):
    turn = in_turn(episodes)
    follows = (turn.next_decom == turn.dec).fill_null(False)
    return turn.filter(turn.dec.notnull() & (((turn.rec == "X1") & ~follows) | ((turn.rec != "X1") & follows)))


@rule("431", "RNE S does not go with an episode that begins on the day the one before ended.", episodes, columns="rne decom")
def starts_again_the_same_day(episodes):
    turn = in_turn(episodes)
    return turn.filter((turn.rne == "S") & (turn.before_dec == turn.decom))


@rule("432", "RNE must be S after an episode that ended care.", episodes, columns="rne")
def goes_on_after_the_end(episodes):
    turn = in_turn(episodes)
    return turn.filter((turn.before_rec != "X1") & turn.before_rec.notnull() & (turn.rne != "S"))


@rule("433", "An episode that carries on must begin on the day the one before ended.", episodes, columns="rne decom")
def gap_within_a_period(episodes):
    turn = in_turn(episodes)
    return turn.filter((turn.rne != "S") & turn.before_dec.notnull() & (turn.before_dec != turn.decom))


@rule("434", "RNE L: the legal status must change and the placement must not.", episodes, columns="rne ls place")
def legal_change_that_is_none(episodes):
    turn = in_turn(episodes)
    return turn.filter((turn.rne == "L") & goes_on(turn) & (turn.ls.identical_to(turn.before_ls) | differs(turn, PLACE_DETAILS)))


@rule("435", "RNE P or T: the placement must change and the legal status must not.", episodes, columns="rne ls place")
def placement_change_that_is_none(episodes):
    turn = in_turn(episodes)
    return turn.filter(turn.rne.isin(("P", "T")) & goes_on(turn) & (~turn.ls.identical_to(turn.before_ls) | ~differs(turn, PLACE_DETAILS)))


@rule("436", "RNE B or U: the legal status and the placement must both change.", episodes, columns="rne ls place")
def double_change_that_is_none(episodes):
    turn = in_turn(episodes)
    return turn.filter(turn.rne.isin(("B", "U")) & goes_on(turn) & (turn.ls.identical_to(turn.before_ls) | ~differs(turn, PLACE_DETAILS)))


@rule("437", "No episode may follow E2 or E15.", episodes, columns="rec")
def after_the_last(episodes):
    turn = in_turn(episodes)
    return turn.filter(turn.rec.isin(("E2", "E15")) & turn.next_decom.notnull())


@rule("501", "The episode begins before the one before it ended.", episodes, columns="decom")
def overlap(episodes):
    turn = in_turn(episodes)
    return turn.filter(turn.decom < turn.before_dec)


@rule("504", "CIN must stay the same through a period of care.", episodes, columns="cin")
def need_changes(episodes):
    turn = in_turn(episodes)
    return turn.filter(goes_on(turn) & ~turn.cin.identical_to(turn.before_cin))


@rule("225", "REASON_PLACE_CHANGE is needed when the next episode is a change of placement.", episodes, columns="reason_place_change")
def change_without_reason(episodes):
    turn = in_turn(episodes)
    temporary = turn.place.isin(TEMPORARY).fill_null(False) | turn.next_place.isin(TEMPORARY).fill_null(False)
    moved = turn.next_rne.isin(("P", "T", "B", "U")) & (turn.rec == "X1") & (turn.dec >= year_start(turn))
    return turn.filter(moved & turn.reason_place_change.isnull() & ~temporary)


@rule(
    "226",
    "REASON_PLACE_CHANGE must be empty on a temporary placement and on the episode before it.",
    episodes,
    columns="reason_place_change",
)
def reason_of_a_temporary_change(episodes):
    turn = in_turn(episodes)
    temporary = turn.place.isin(TEMPORARY).fill_null(False) | turn.next_place.isin(TEMPORARY).fill_null(False)
    return turn.filter(turn.reason_place_change.notnull() & temporary)


@rule("380", "A period of care may not begin in a temporary placement.", episodes, columns="place rne")
def starts_temporary(episodes):
    return episodes.filter((episodes.rne == "S") & episodes.place.isin(TEMPORARY))


@rule("381", "A period of care may not end in a temporary placement.", episodes, columns="place rec")
def ends_temporary(episodes):
    return episodes.filter(episodes.place.isin(TEMPORARY) & (episodes.rec != "X1"))


@rule("366", "The placement may not change inside a short break (V3): RNE must be S.", episodes, columns="rne ls")
def move_inside_a_short_break(episodes):
    return episodes.filter((episodes.ls == "V3") & (episodes.rne != "S"))


@rule("367", "Short breaks (V3) may not come to more than 75 days in the year.", episodes, columns="ls decom dec")
def short_breaks_too_many(episodes):
    breaks = episodes.filter(episodes.ls == "V3")
    begun = ibis.greatest(breaks.decom, year_start(breaks))
    ended = ibis.coalesce(breaks.dec, ibis.date(breaks.year, 3, 31))
    spent = breaks.mutate(days=days_between(begun, ended)).group_by("la", "year", "child").agg(days=lambda t: t.days.sum())
    return breaks.semi_join(spent.filter(spent.days > 75), ["la", "year", "child"])


@rule("426", "V3 and V4 may not both be used in one year.", episodes, columns="ls")
def both_kinds_of_short_break(episodes):
    kinds = episodes.filter(episodes.ls.isin(SHORT_BREAKS)).group_by("la", "year", "child").agg(kinds=lambda t: t.ls.nunique())
    return episodes.filter(episodes.ls.isin(SHORT_BREAKS)).semi_join(kinds.filter(kinds.kinds > 1), ["la", "year", "child"])


@rule("377", "A child may not have more than two T3 placements.", episodes, columns="place")
def carers_holiday_too_often(episodes):
    stays = episodes.filter(episodes.place == "T3")
    counted = stays.group_by("la", "year", "child").agg(stays=lambda t: t.count())
    return stays.semi_join(counted.filter(counted.stays > 2), ["la", "year", "child"])


# --- Beside last year's return. A return without the year before it in the store gives no failures here. ---


def carried_over(episodes):
    """First episodes of a return that began before the year, each with last year's open episode (`last_…`)."""
    turn = ibis.window(group_by=["la", "year", "child"], order_by=["decom", "dec", "row"])
    first = episodes.mutate(turn=ibis.row_number().over(turn)).filter(lambda t: (t.turn == 0) & (t.decom < year_start(t))).drop("turn")
    # An open episode of last year's return is known by having no end, not by its date, so that a changed date is seen.
    last = episodes.filter(episodes.dec.isnull())
    seen = ("decom", "rne", "ls", "cin", "place", "place_provider", "urn")
    renamed = last.select("la", "child", year=(last.year + 1).cast("int32"), **{f"last_{name}": last[name] for name in seen})
    return first.join(renamed, ["la", "year", "child"])


@rule(
    "502", "Last year's open episode and this year's first one begin on different days.", episodes, columns="decom", beside_last_year=True
)
def another_start_than_last_year(episodes):
    both = carried_over(episodes)
    return both.filter(both.decom != both.last_decom)


def another_than_last_year(name: str, same: tuple[tuple[str, str], ...] = ()):
    def failing(episodes):
        both = carried_over(episodes)
        renamed = ibis.or_(ibis.literal(False), *((both[f"last_{name}"] == old) & both[name].startswith(new) for old, new in same))
        return both.filter((both.decom == both.last_decom) & ~both[name].identical_to(both[f"last_{name}"]) & ~renamed.fill_null(False))

    return failing


WORDS = "is another than in last year's return for the same episode."
other_rne = rule("503A", f"RNE {WORDS}", episodes, columns="rne", beside_last_year=True)(another_than_last_year("rne"))
other_ls = rule("503B", f"LS {WORDS}", episodes, columns="ls", beside_last_year=True)(another_than_last_year("ls"))
other_cin = rule("503C", f"CIN {WORDS}", episodes, columns="cin", beside_last_year=True)(another_than_last_year("cin"))
# H5 became K3 in 2025 and Z1 became Z11 to Z14 in 2026: a change of name, not of placement.
other_place = rule("503D", f"PLACE {WORDS}", episodes, columns="place", beside_last_year=True)(
    another_than_last_year("place", (("H5", "K3"), ("Z1", "Z1")))
)
other_provider = rule("503E", f"PLACE_PROVIDER {WORDS}", episodes, columns="place_provider", beside_last_year=True)(
    another_than_last_year("place_provider")
)
other_urn = rule("503F", f"URN {WORDS}", episodes, columns="urn", beside_last_year=True)(another_than_last_year("urn"))
