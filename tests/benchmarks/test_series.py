"""Series by term and quarter: what counts where, and of how many."""

from virtualschool import tables
from virtualschool.benchmarks import series


def told(tallies: list[series.Tally]) -> list[tuple]:
    return [(one.at, one.count, one.of, one.children) for one in tallies]


def draw_children(store) -> None:
    store.add(
        tables.children,
        """
        la  | child | pupil | year | age | looked_after_12_months | on_roll_january
        ----+-------+-------+------+-----+------------------------+----------------
        301 | A     | P1    | 2025 |  12 | yes                    | yes
        301 | B     | P2    | 2025 |     | yes                    | yes
        301 | C     | P3    | 2025 |  16 | yes                    | no
        301 | D     | P4    | 2025 |  10 | no                     | yes
        302 | E     | P5    | 2025 |  10 | yes                    | yes
        301 | F     |       | 2025 |  10 | yes                    | yes
        """,
    )
    store.add(
        tables.pupil_keys,
        """
        identifier | kind | pupil
        -----------+------+------
        U2         | upn  | P2
        """,
    )


def test_attendance_is_of_the_main_school_in_each_term(store):
    draw_children(store)
    store.add(
        tables.absence,
        """
        year | pmr | upn | term   | sessions_possible | sessions_missed | sessions_authorised | sessions_unauthorised | main_enrolment
        -----+-----+-----+--------+-------------------+-----------------+---------------------+-----------------------+---------------
        2025 | P1  |     | autumn |               140 |              14 |                     |                       | yes
        2025 | P1  |     | autumn |               150 |             100 |                     |                       | no
        2025 | P1  |     | summer |               100 |                 |                   3 |                     2 | yes
        2025 |     | U2  | autumn |                60 |               0 |                     |                       |
        2025 | P1  |     | year   |               380 |             300 |                     |                       | yes
        2025 | P3  |     | autumn |               140 |             140 |                     |                       | yes
        2025 | P4  |     | autumn |               140 |             140 |                     |                       | yes
        2025 | P5  |     | autumn |               140 |              70 |                     |                       | yes
        2025 | P1  |     | spring |                 0 |               0 |                     |                       | yes
        """,
    )
    # 16 on 31 August, not looked after for twelve months, another authority's: none of them counts.
    assert told(series.attendance(store.engine, "301")) == [("Autumn 2024", 186, 200, 2), ("Summer 2025", 95, 100, 1)]
    assert told(series.attendance(store.engine, None))[0] == ("Autumn 2024", 256, 340, 3)


def test_suspensions_are_of_children_on_roll_in_january(store):
    draw_children(store)
    store.add(
        tables.exclusions,
        """
        year | pmr | upn | category   | start_date
        -----+-----+-----+------------+-----------
        2025 | P1  |     | suspension | 02/09/2024
        2025 | P1  |     | suspension | 31/03/2025
        2025 |     | U2  | suspension | 01/04/2025
        2025 | P1  |     | lunchtime  | 01/04/2025
        2025 | P1  |     | permanent  | 01/04/2025
        2025 | P3  |     | suspension | 01/04/2025
        2025 | P5  |     | suspension | 01/04/2025
        """,
    )
    assert told(series.suspensions(store.engine, "301")) == [("Autumn 2024", 1, 2, 2), ("Spring 2025", 1, 2, 2), ("Summer 2025", 1, 2, 2)]


def test_a_move_is_a_new_carer_within_a_period_of_care(store):
    store.add(
        tables.header,
        """
        la  | year | child
        ----+------+------
        301 | 2025 | A
        301 | 2025 | B
        """,
    )
    store.add(
        tables.episodes,
        """
        la  | year | child | decom      | rne | ls | place | pl_post | dec        | rec
        ----+------+-------+------------+-----+----+-------+---------+------------+----
        301 | 2025 | A     | 01/05/2024 | S   | C2 | U6    | AB1     | 30/06/2024 | X1
        301 | 2025 | A     | 30/06/2024 | P   | C2 | U6    | AB2     | 01/07/2024 | X1
        301 | 2025 | A     | 01/07/2024 | L   | C1 | U6    | AB2     | 01/09/2024 | X1
        301 | 2025 | A     | 01/09/2024 | T   | C1 | U4    | AB2     | 01/10/2024 | X1
        301 | 2025 | A     | 01/10/2024 | B   | C1 | K2    | AB3     |            |
        301 | 2025 | B     | 01/04/2024 | S   | V2 | U6    | AB1     | 01/06/2024 | E4A
        301 | 2025 | B     | 01/02/2025 | S   | V2 | U6    | AB4     |            |
        """,
    )
    # Coming back into care is no move; a legal change and a change with the same carer are none either.
    assert told(series.moves(store.engine, "301")) == [
        ("Apr-Jun 2024", 1, 2, 2),
        ("Jul-Sep 2024", 0, 1, 1),
        ("Oct-Dec 2024", 1, 1, 1),
        ("Jan-Mar 2025", 0, 2, 2),
    ]
