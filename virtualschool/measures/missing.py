"""Children looked after at any time in the year who were missing, or away from their placement without authorisation."""

from ibis import _

from virtualschool.measures.of_care import GUIDANCE, events, share

SOURCE = f"{GUIDANCE}, missing or away from placement without authorisation"
ACROSS_YEARS = "A spell that began before 1 April and ended after it counts in both years; that DfE counts it so was not found stated."
REPORTED = (
    "Some authorities report every spell as missing and none as away; DfE estimated in 2023 that up to 11% of spells missing may be such."
)

missing_once_or_more = share(
    "missing_once_or_more",
    "Missing once or more",
    "Children who went missing at least once in the year: not where they were expected to be, and nobody knew where they were.",
    _.missing_episodes > 0,
    cohort="year",
    source=SOURCE,
    uncertain=f"{ACROSS_YEARS} {REPORTED}",
)
missing_more_than_once = share(
    "missing_more_than_once",
    "Missing more than once",
    "Children who went missing more than once in the year, of all looked after in it.",
    _.missing_episodes > 1,
    cohort="year",
    source=SOURCE,
    uncertain=ACROSS_YEARS,
)
missing_episodes = events(
    "missing_episodes",
    "Spells missing of a child who went missing",
    "Spells missing in the year, on average over the children who went missing at least once.",
    _.missing_episodes,
    _.missing_episodes > 0,
    cohort="year",
    source=SOURCE,
    uncertain=ACROSS_YEARS,
)
away_once_or_more = share(
    "away_once_or_more",
    "Away without authorisation once or more",
    "Children who were away from their placement without authorisation at least once in the year: it was known where they were.",
    _.away_episodes > 0,
    cohort="year",
    source=SOURCE,
    uncertain=f"{ACROSS_YEARS} {REPORTED}",
)
away_episodes = events(
    "away_episodes",
    "Spells away of a child who was away",
    "Spells away from the placement without authorisation in the year, on average over the children who were away at least once.",
    _.away_episodes,
    _.away_episodes > 0,
    cohort="year",
    source=SOURCE,
    uncertain=ACROSS_YEARS,
)
