"""Education plans, views and premium in the year of a child: both sides of every edge on drawn tables, and a second time by plain loops."""

import datetime
from decimal import Decimal

import pytest
from conftest import DrawnStore
from drawn_cohorts import unoptimised

from virtualschool import measures, tables
from virtualschool.cohort import cohort, education_plans
from virtualschool.plans import limits, marks
from virtualschool.plans.calendars import WORKING_DAYS
from virtualschool.plans.rules import defaults
from virtualschool.store import Store

# 2026 is 1 April 2025 to 31 March 2026, and the school year from September 2025.
EPISODES = """
la  | year | child     | decom      | dec        | rne | rec | ls | place
----+------+-----------+------------+------------+-----+-----+----+------
301 | 2026 | all year  | 01/05/2020 |            | S   |     | C2 | U6
301 | 2026 | one term  | 01/05/2020 |            | S   |     | C2 | U6
301 | 2026 | in autumn | 02/09/2025 |            | S   |     | C2 | U6
301 | 2026 | baby      | 01/05/2025 |            | S   |     | C2 | U6
301 | 2026 | quick     | 03/11/2025 |            | S   |     | C2 | U6
301 | 2026 | slow      | 03/11/2025 |            | S   |     | C2 | U6
301 | 2026 | late      | 03/11/2025 |            | S   |     | C2 | U6
301 | 2026 | short     | 03/11/2025 | 28/11/2025 | S   | E4A | C2 | U6
301 | 2026 | too new   | 02/03/2026 |            | S   |     | C2 | U6
302 | 2026 | no plans  | 01/05/2020 |            | S   |     | C2 | U6
"""
HEADER = """
la  | year | child     | dob        | sex
----+------+-----------+------------+----
301 | 2026 | all year  | 01/01/2015 | F
301 | 2026 | one term  | 01/01/2015 | F
301 | 2026 | in autumn | 01/01/2015 | F
301 | 2026 | baby      | 02/09/2023 | F
301 | 2026 | quick     | 01/01/2015 | F
301 | 2026 | slow      | 01/01/2015 | F
301 | 2026 | late      | 01/01/2015 | F
301 | 2026 | short     | 01/01/2015 | F
301 | 2026 | too new   | 01/01/2015 | F
302 | 2026 | no plans  | 01/01/2015 | F
"""
# Ten working days after Monday 3 November 2025 are 17 November, twenty are 1 December. Terms: autumn from 1 September, spring to 27 March.
PLANS = """
la  | plan | child     | school_year | term   | term_start | term_end   | started_on | meeting_on | available_on | completed_on | grade
----+------+-----------+-------------+--------+------------+------------+------------+------------+--------------+--------------+------
301 | P1   | all year  | 2026        | autumn | 01/09/2025 | 19/12/2025 | 10/09/2025 | 01/10/2025 |              | 05/10/2025   | Green
301 | P2   | all year  | 2026        | spring | 05/01/2026 | 27/03/2026 | 10/01/2026 | 01/02/2026 |              | 05/02/2026   | red
301 | P3   | one term  | 2026        | autumn | 01/09/2025 | 19/12/2025 | 10/09/2025 | 01/10/2025 |              | 05/10/2025   |
301 | P4   | one term  | 2026        | spring | 05/01/2026 | 27/03/2026 | 10/01/2026 |            |              |              |
301 | P5   | in autumn | 2026        | spring | 05/01/2026 | 27/03/2026 | 10/01/2026 | 01/02/2026 |              | 05/02/2026   |
301 | P6   | quick     | 2026        | autumn | 01/09/2025 | 19/12/2025 | 17/11/2025 | 20/11/2025 | 01/12/2025   | 05/12/2025   | gold
301 | P7   | slow      | 2026        | autumn | 01/09/2025 | 19/12/2025 | 18/11/2025 | 20/11/2025 | 02/12/2025   |              |
301 | P8   | short     | 2026        | autumn | 01/09/2025 | 19/12/2025 | 04/11/2025 | 20/11/2025 | 21/11/2025   | 21/11/2025   |
301 | P9   | all year  | 2026        | summer | 13/04/2026 | 20/07/2026 | 14/04/2026 | 15/04/2026 |              |              |
"""
VIEWS = """
la  | plan | id | by    | topic    | words      | changed
----+------+----+-------+----------+------------+--------
301 | P1   | v1 | child | learning | I like art |
301 | P3   | v1 | child | learning | I like it  |
301 | P5   | v1 | carer | home     | She reads  | T1
301 | P6   | v1 | child | hopes    | I hope     | T1
"""
TARGETS = """
la  | plan | id | target                                              | baseline | measure | due        | view | outcome
----+------+----+-----------------------------------------------------+----------+---------+------------+------+--------
301 | P1   | T1 | Read 40 words from list 3 aloud without help         | 20 words | 40 of 45 words right | 01/10/2025 | v1   | met
301 | P1   | T2 | Get better at maths                                 |          |         | 01/12/2025 |      |
301 | P2   | T1 | Improve                                             |          |         | 01/02/2026 |      | not_met
"""
SAID = """
la  | child    | said_on    | source | changed
----+----------+------------+--------+--------
301 | slow     | 31/08/2025 | panel  | yes
301 | late     | 01/09/2025 | said   | no
302 | no plans | 01/12/2025 | said   | yes
"""
PARTS = """
la  | child    | paid_on    | pence | spent_where | strand       | effect
----+----------+------------+-------+-------------+--------------+-------
301 | all year | 01/04/2025 | 50050 | devolved    |              | yes
301 | all year | 31/03/2026 | 10000 | central     | looked_after | no
301 | all year | 01/02/2026 | -5000 | central     | looked_after |
301 | all year | 01/05/2025 | 99900 | central     | post_16      | yes
301 | all year | 01/04/2026 | 70000 | devolved    |              | yes
301 | baby     | 01/06/2025 | 4000  | central     |              | no
"""
DRAWN = {
    "episodes": EPISODES,
    "header": HEADER,
    "plans": PLANS,
    "plan_views": VIEWS,
    "plan_targets": TARGETS,
    "views_said": SAID,
    "premium_parts": PARTS,
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    with Store(tmp_path_factory.mktemp("plans") / "store").draft(threads=1) as draft:
        draft.rest_empty()
        store = DrawnStore(draft)
        for name, text in DRAWN.items():
            store.add(tables.ALL[name], text)
        marks.marks(draft)
        limits.limits(draft)
        with unoptimised(store):
            cohort(draft)
            measures.facts(draft)
        yield draft


@pytest.fixture(scope="module")
def rows(built):
    return {row["child"]: row for row in built.engine.rows("SELECT * FROM children WHERE year = 2026")}


def told(rows, *columns, **children):
    return {child: tuple(rows[child.replace("_", " ")][name] for name in columns) for child in children} == children


def test_terms_count_in_which_the_child_was_in_care_throughout_and_that_are_over(rows):
    # Summer is not over by the newest day, and the return does not know it. Who came on 2 September was not there through autumn.
    assert told(rows, "pep_terms", "pep_terms_met", "pep_in_place", all_year=(2, 2, True), one_term=(2, 1, False), in_autumn=(1, 1, True))


def test_a_plan_is_due_from_the_second_birthday_before_the_term(rows):
    assert told(rows, "pep_terms", "pep_terms_met", baby=(1, 0))


def test_an_authority_without_plans_has_no_figure_and_not_nought(rows):
    assert told(rows, "pep_terms", "pep_plans", "pep_started_in_10", "premium_lines", no_plans=(None, None, None, None))


def test_ten_and_twenty_working_days_are_both_kept_to_the_day(rows):
    columns = ("pep_started_in_10", "pep_ready_in_20")
    assert told(rows, *columns, quick=(True, True), slow=(False, False), late=(False, False))


def test_who_left_before_the_limit_is_not_judged_and_who_came_within_what_plans_tell_is(rows):
    columns = ("pep_started_in_10", "pep_ready_in_20")
    assert told(rows, *columns, short=(None, None), too_new=(False, False), all_year=(None, None))


def test_graded_plans_are_good_by_the_words_of_profiles_in_any_case(rows):
    assert told(rows, "pep_plans", "pep_graded", "pep_good", all_year=(3, 2, 1), quick=(1, 1, 1), one_term=(1, 0, 0), late=(0, 0, 0))


def test_targets_are_precise_or_not_and_one_that_is_due_without_an_outcome_was_not_met(rows):
    names = ("pep_targets", "pep_targets_precise", "pep_targets_due", "pep_targets_met")
    assert told(rows, *names, all_year=(3, 1, 2, 1))


def test_a_view_changed_something_where_it_says_so_or_a_target_names_it(rows):
    columns = ("views_recorded", "views_changed")
    # The view of 31 August is of the school year before; a carer's words are not the child's.
    assert told(rows, *columns, all_year=(True, True), one_term=(True, False), quick=(True, True), late=(True, False))
    assert told(rows, *columns, slow=(False, None), in_autumn=(False, None), no_plans=(True, True))


def test_premium_is_of_the_financial_year_and_its_own_strand_and_money_back_is_no_payment(rows):
    names = ("premium_spent", "premium_devolved", "premium_lines", "premium_lines_known")
    assert told(rows, *names, all_year=(Decimal("550.50"), Decimal("500.50"), 2, 1), baby=(Decimal(40), 0, 1, 0), late=(0, 0, 0, 0))
    assert rows["all year"]["premium_rate"] == 2630 and rows["baby"]["premium_rate"] is None


def test_the_age_from_which_plans_are_due_is_that_of_the_rules():
    assert defaults().age_from_years == education_plans.AGE_FROM


# --- A second time, by plain loops ---


def day(text):
    return datetime.date(*reversed([int(part) for part in text.split("/")])) if text else None


def lines(text):
    head, _, *rest = text.strip().splitlines()
    names = [name.strip() for name in head.split("|")]
    return [dict(zip(names, (cell.strip() for cell in row.split("|")), strict=True)) for row in rest]


def slowly() -> dict[str, tuple[int, int]]:
    """Numerator and denominator of the measures in all of authority 301, from the text of the tables."""
    born = {row["child"]: day(row["dob"]) for row in lines(HEADER)}
    plans = lines(PLANS)
    newest = max(day(row["completed_on"]) or day(row["meeting_on"]) or datetime.date.min for row in plans)
    terms = {row["term"]: (day(row["term_start"]), day(row["term_end"])) for row in plans}
    sums: dict[str, list[int]] = {}

    def add(name, reached, of=1):
        held = sums.setdefault(name, [0, 0])
        held[0] += int(reached)
        held[1] += of

    for stay in (row for row in lines(EPISODES) if row["la"] == "301"):
        child, came, left = stay["child"], day(stay["decom"]), day(stay["dec"]) or datetime.date(2026, 4, 1)
        mine = [row for row in plans if row["child"] == child]
        held = []
        for name, (starts, ends) in terms.items():
            if ends <= newest and came <= starts and left >= ends and 2 <= (starts - born[child]).days / 365.25 < 18:
                held.append(any(row["term"] == name and row["meeting_on"] for row in mine))
        if held:
            add("pep_reviewed_each_term", all(held))
            add("pep_in_place", held[-1])
        limit = WORKING_DAYS.after(came, 20)
        first = min(day(row["started_on"]) for row in plans)
        if first <= came <= datetime.date(2026, 3, 31) and limit <= newest and left >= min(limit, datetime.date(2026, 3, 31)):
            begun = [day(row["started_on"]) for row in mine]
            ready = [found for row in mine if (found := day(row["available_on"]) or day(row["completed_on"]))]
            add("pep_started_in_10_days", any(one <= WORKING_DAYS.after(came, 10) for one in begun))
            add("pep_in_time", any(one <= limit for one in ready))
        for row in mine:
            if row["grade"]:
                add("pep_quality", row["grade"].lower() in ("green", "gold"))
    return {name: tuple(held) for name, held in sums.items()}


def test_a_slow_loop_over_the_same_rows_comes_to_the_same_figures(built):
    found = {}
    for name in slowly():
        row = built.engine.rows(f"SELECT sum({name}__n) AS n, sum({name}__d) AS d FROM facts WHERE la = '301' AND in_year")[0]
        found[name] = (int(row["n"]), int(row["d"]))
    assert found == slowly()


def test_every_measure_of_plans_has_a_figure_of_these_rows(built):
    from virtualschool.measures import plans as module

    names = [one.name for one in vars(module).values() if isinstance(one, measures.Measure)]
    assert len(names) == 14
    for name in names:
        assert built.engine.value(f"SELECT sum({name}__d) FROM facts") is not None, name
