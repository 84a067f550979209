from virtualschool import tables
from virtualschool.check import check, failures, rules


def test_every_rule_binds_to_the_tables_and_runs(store):
    for rule in rules():
        assert failures(store.engine, rule) == [], rule.code


def test_no_rule_is_clean_by_silence(store):
    store.add(
        tables.header,
        """
        la  | year | child | sex | ethnic | upn | dob        | file | row
        ----+------+-------+-----+--------+-----+------------+------+----
        301 | 2025 | A     | 1   | WBRI   | UN5 | 01/01/2010 | 1    | 2
        """,
    )
    checked = check(store.draft)
    states = {outcome.rule: (outcome.state, outcome.why) for outcome in checked.rules}
    assert states["101"] == ("failed", "")
    assert states["103"] == ("clean", "")
    assert states["143"] == ("could not run", "There is no episodes file in this return.")
    assert len(states) == len({rule.code for rule in rules() if rule.holds_in(2025)})


def test_a_finding_names_row_and_column_and_no_child(store):
    store.add(
        tables.header,
        """
        la  | year | child | sex | ethnic | upn | dob        | file | row
        ----+------+-------+-----+--------+-----+------------+------+----
        301 | 2025 | A77   | 1   | WBRI   | UN5 | 01/01/2010 | 1    | 2
        """,
    )
    (finding,) = check(store.draft).findings
    assert str(finding) == (
        "row 2, SEX: SEX must be one of the codes of the year: M, F or U. Correct it in the case system, and make the file again."
    )
    assert "A77" not in str(vars(finding))
    assert store.rows("SELECT * FROM findings", "rule", "la", "year", "row") == [("101", "301", 2025, 2)]


def test_a_rule_that_compares_with_last_year_could_not_run_without_it(store):
    store.add(
        tables.header,
        """
        la  | year | child | sex | ethnic | upn | dob        | file | row
        ----+------+-------+-----+--------+-----+------------+------+----
        301 | 2024 | A     | 1   | WBRI   | UN5 | 01/01/2010 | 1    | 2
        301 | 2025 | A     | M   | WIRI   | UN5 | 01/01/2010 | 2    | 2
        """,
    )
    states = {(outcome.rule, outcome.year): (outcome.state, outcome.why) for outcome in check(store.draft).rules}
    assert states["202", 2024] == ("could not run", "The return of the year before is not here.")
    assert states["202", 2025] == ("clean", "")
    assert states["204", 2025] == ("failed", "")
