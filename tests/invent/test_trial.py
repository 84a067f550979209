import csv
import dataclasses
import time

import pyarrow.parquet as parquet
import pytest

from virtualschool import tables
from virtualschool.invent.trial import ERRORS, TRIALS, Errors, invent_trial, load
from virtualschool.invent.trial.rates import BIRTH, NUMBER, RATES
from virtualschool.link.keys import check_letter
from virtualschool.store import Store

pytestmark = pytest.mark.slow

CLEAN = ERRORS["clean"]


class Invented:
    """A trial written once, and asked in SQL."""

    def __init__(self, folder, trial) -> None:
        self.folder, self.trial = folder, trial
        began = time.process_time()
        invent_trial(trial, folder / "trial")
        self.seconds = time.process_time() - began
        self.context = Store(folder / "store").draft(threads=2)
        self.draft = self.context.__enter__()
        load(folder / "trial", self.draft)
        for name in ("truth", "forbidden"):
            self.draft.engine.run(
                f"CREATE VIEW {name} AS SELECT * FROM read_csv('{folder / 'trial' / name}.csv', all_varchar=true, header=true)"
            )

    def ask(self, query):
        return [tuple(row.values()) for row in self.draft.engine.rows(query)]

    def share(self, what, of):
        """Of the rows of children with their pupil (h, t, c), those for which something holds."""
        return self.ask(f"SELECT avg(CAST({what} AS INTEGER)) FROM {of}")[0][0]

    def close(self):
        self.context.__exit__(None, None, None)


PAIRED = "header h JOIN truth t USING (la, child) JOIN census c ON c.pmr = t.pupil AND c.year = h.year"


@pytest.fixture(scope="module")
def invented(tmp_path_factory):
    made = []

    def make(**changes):
        trial = dataclasses.replace(TRIALS["tiny"], **changes)
        made.append(Invented(tmp_path_factory.mktemp("trial"), trial))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture(scope="module")
def tiny(invented):
    return invented()


@pytest.fixture(scope="module")
def clean(invented):
    return invented(children=2_000, pupils=40_000, errors=CLEAN)


def test_a_tiny_trial_takes_about_a_second(tiny):
    assert tiny.seconds < 1.5  # Of the processor, which other work on the machine slows down less than the clock.


def test_tables_have_the_shape_of_ours(tiny):
    for file in sorted((tiny.folder / "trial").glob("*.parquet")):
        table = tables.ALL[file.stem.split("-")[0]]
        assert parquet.read_schema(file) == table.arrow, file.name
        held = parquet.read_table(file)
        assert all(held[column.name].null_count == 0 for column in table.columns if column.required), file.name


def test_the_same_trial_gives_the_same_bytes_and_another_seed_does_not(tmp_path):
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        invent_trial(dataclasses.replace(TRIALS["tiny"], children=100, pupils=4_000, seed=seed), tmp_path / name)
    for file in sorted((tmp_path / "one").iterdir()):
        assert file.read_bytes() == (tmp_path / "again" / file.name).read_bytes(), file.name
    assert (tmp_path / "one" / "header.parquet").read_bytes() != (tmp_path / "other" / "header.parquet").read_bytes()


def test_as_many_children_and_pupils_are_made_as_asked(clean):
    children = clean.ask("SELECT count(*) FROM (SELECT DISTINCT la, child FROM header)")[0][0]
    assert abs(children / 2_000 - 1) < 0.05
    for year, pupils in clean.ask("SELECT year, count(*) FROM census GROUP BY year"):
        assert abs(pupils / 40_000 - 1) < 0.06, year


def test_about_one_child_in_twelve_is_on_no_census(clean):
    true = clean.ask("SELECT count(*) FROM truth")[0][0]
    assert 0.87 < true / 2_000 < 0.94


def test_truth_names_children_of_the_returns_and_pupils_of_the_censuses(tiny):
    assert tiny.ask("SELECT count(*) FROM truth ANTI JOIN header USING (la, child)") == [(0,)]
    assert tiny.ask("SELECT count(*) FROM truth WHERE pupil NOT IN (SELECT pmr FROM census)") == [(0,)]
    assert tiny.ask("SELECT count(*) FROM (SELECT la, child FROM truth GROUP BY ALL HAVING count(*) > 1)") == [(0,)]


def test_without_errors_a_child_has_the_number_birth_date_and_sex_of_its_pupil(clean):
    known = "h.upn NOT IN ('UN1', 'UN2', 'UN3')"
    assert clean.share("h.upn = c.upn OR NOT " + known, PAIRED) == 1
    assert clean.share("h.dob = c.dob", PAIRED) == 1
    assert clean.share("(h.sex IN ('1', 'M')) = (c.sex = 'M')", PAIRED) == 1
    assert clean.share("h.ethnic = c.ethnicity", PAIRED) == 1


def test_without_errors_a_pupil_in_care_lives_where_the_return_says(clean):
    episodes = """
        (SELECT *, row_number() OVER (PARTITION BY la, child, year ORDER BY decom DESC) AS nth FROM episodes
         WHERE decom <= make_date(year, 1, 15) AND (dec IS NULL OR dec > make_date(year, 1, 21))) e
    """
    of = f"{episodes} JOIN truth t USING (la, child) JOIN census c ON c.pmr = t.pupil AND c.year = e.year WHERE e.nth = 1"
    assert clean.share("replace(e.pl_post, ' ', '') = c.postcode", of) > 0.99


def test_numbers_on_the_census_have_the_right_check_letter(clean):
    for (upn,) in clean.ask("SELECT DISTINCT upn FROM census WHERE year = 2023 LIMIT 2000"):
        assert check_letter(upn) == upn[0]


def test_no_two_pupils_have_the_same_number(clean):
    assert clean.ask("SELECT count(*) FROM (SELECT upn FROM census GROUP BY upn HAVING count(DISTINCT pmr) > 1)") == [(0,)]


def test_twins_have_numbers_one_after_the_other(clean):
    twins = clean.ask(
        """
        SELECT CAST(a.upn[11:] AS INTEGER) - CAST(b.upn[11:] AS INTEGER) FROM census a JOIN census b
        ON a.postcode = b.postcode AND a.dob = b.dob AND a.pmr < b.pmr AND a.upn[2:10] = b.upn[2:10] AND a.year = 2023 AND b.year = 2023
        WHERE a.upn[13:] BETWEEN '0' AND '9' AND b.upn[13:] BETWEEN '0' AND '9'
        """
    )
    assert len(twins) > 200
    assert sum(abs(apart) == 1 for (apart,) in twins) > 0.95 * len(twins)


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("upn_missing", "h.upn IS NULL"),
        ("upn_one_character", "h.upn NOT LIKE 'UN%' AND hamming(h.upn, c.upn) = 1"),
        ("upn_two_characters", "h.upn NOT LIKE 'UN%' AND hamming(h.upn, c.upn) = 2"),
        ("upn_neighbours_swapped", "length(h.upn) = 13 AND hamming(h.upn, c.upn) = 2 AND damerau_levenshtein(h.upn, c.upn) = 1"),
        ("upn_digit_dropped", "length(h.upn) = 12 AND levenshtein(h.upn, c.upn) = 1"),
        ("upn_of_anyone", "length(h.upn) = 13 AND h.upn <> c.upn"),
        ("upn_of_classmate", "length(h.upn) = 13 AND h.upn <> c.upn AND h.upn[2:10] = c.upn[2:10]"),
        ("upn_of_sibling", "length(h.upn) = 13 AND h.upn <> c.upn"),
        ("upn_temporary", "h.upn[13:] > '9' AND length(h.upn) = 13 AND h.upn <> c.upn"),
        ("upn_unknown_code", "length(h.upn) = 3"),
        ("dob_one_digit", "h.dob <> c.dob"),
        ("dob_year_off", "abs(year(h.dob) - year(c.dob)) = 1"),
        ("sex_wrong", "(h.sex IN ('1', 'M')) <> (c.sex = 'M')"),
        ("ethnicity_other", "h.ethnic <> c.ethnicity"),
        ("census_dob_wrong", "h.dob <> c.dob"),
        ("census_sex_wrong", "(h.sex IN ('1', 'M')) <> (c.sex = 'M')"),
        ("census_upn_missing", "c.upn IS NULL"),
        ("census_postcode_missing", "c.postcode IS NULL"),
        ("census_ethnicity_other", "h.ethnic <> c.ethnicity"),
    ],
)
def test_an_error_stands_in_as_many_records_as_asked(invented, name, what):
    made = invented(errors=dataclasses.replace(CLEAN, **{name: 0.3}), children=500, pupils=6_000, authorities=1)
    # Numbers of those who have none yet cannot be wrong.
    asked = "coalesce(h.upn, '') NOT IN ('UN1', 'UN2', 'UN3')" if name.startswith("upn") and "code" not in name else "true"
    found = made.share(f"coalesce({what}, false)", f"{PAIRED} WHERE {asked}")
    assert 0.25 < found < (0.45 if name == "upn_unknown_code" else 0.35)


def test_an_error_lasts_or_is_of_one_record_as_asked(invented):
    changes = {}
    for lasting in (1.0, 0.0):
        made = invented(errors=dataclasses.replace(CLEAN, dob_one_digit=0.2, lasting=lasting), children=500, pupils=6_000, authorities=1)
        changes[lasting] = made.ask(
            "SELECT avg(CAST(n > 1 AS INTEGER)) FROM (SELECT count(DISTINCT dob) n FROM header GROUP BY la, child HAVING count(*) > 1)"
        )[0][0]
    assert changes[1.0] == 0
    assert changes[0.0] > 0.3


def test_fifteen_in_a_hundred_numbers_are_missing_or_wrong_in_the_world_of_that_name(invented):
    made = invented(errors=dataclasses.replace(ERRORS["fifteen"], upn_replaced=0.0), children=3_000, pupils=40_000)
    found = made.share("h.upn IS NULL OR h.upn <> c.upn", f"{PAIRED} WHERE coalesce(h.upn, '') NOT IN ('UN1', 'UN2', 'UN3')")
    assert 0.12 < found < 0.18


def test_an_adopted_child_has_a_new_number_since_the_order_and_the_old_one_no_more(invented):
    made = invented(children=1_500, pupils=20_000)
    assert made.ask("SELECT count(*) > 10 FROM forbidden") == [(True,)]
    adopted = "(SELECT la, child, max(dec) AS dec FROM episodes WHERE rec IN ('E11', 'E12') GROUP BY ALL) e"
    joined = f"JOIN {adopted} USING (la, child) JOIN census c USING (pupil)".replace(
        "census c", "(SELECT year, pmr AS pupil FROM census) c"
    )
    assert made.ask(f"SELECT count(*) FROM forbidden ANTI JOIN {adopted} USING (la, child)") == [(0,)]
    assert made.ask(f"SELECT count(*) FROM truth {joined} WHERE make_date(c.year, 1, 23) > e.dec + 7") == [(0,)]
    assert made.ask(f"SELECT count(*) FROM forbidden {joined} WHERE make_date(c.year, 1, 13) < e.dec - 7") == [(0,)]
    assert made.ask("SELECT count(*) FROM forbidden f JOIN truth t USING (pupil)") == [(0,)]


def test_a_child_who_moves_to_another_authority_is_one_pupil_in_two_returns(invented):
    made = invented(children=1_500, pupils=20_000)
    twice = made.ask("SELECT count(DISTINCT la) FROM truth GROUP BY pupil HAVING count(*) > 1")
    assert twice and all(las == 2 for (las,) in twice)


def test_unaccompanied_children_are_on_no_census_before_they_came(tiny):
    came = "(SELECT la, child, min(decom) AS day FROM episodes GROUP BY ALL)"
    assert tiny.ask("SELECT count(*) > 3 FROM (SELECT DISTINCT la, child FROM header WHERE uasc = '1')") == [(True,)]
    assert tiny.ask(
        f"SELECT count(*) FROM header h JOIN truth t USING (la, child) JOIN {came} f USING (la, child) JOIN census c ON c.pmr = t.pupil "
        "WHERE h.uasc = '1' AND make_date(c.year, 1, 23) < f.day AND f.day <= make_date(2023, 1, 1)"
    ) == [(0,)]  # fmt: skip


@pytest.mark.parametrize(("postcodes", "care", "census"), [("none", 0, 0), ("care", 1, 0), ("census", 0, 1), ("sector", 1, 1)])
def test_postcodes_are_there_as_asked(invented, postcodes, care, census):
    made = invented(postcodes=postcodes, children=100, pupils=4_000)
    assert made.ask("SELECT count(pl_post) > 0, count(home_post) > 0 FROM episodes") == [(bool(care),) * 2]
    assert made.ask("SELECT count(postcode) > 0 FROM census") == [(bool(census),)]
    if postcodes == "sector":
        assert made.ask("SELECT count(*) FROM census WHERE postcode NOT SIMILAR TO '[QVX][A-Z][0-9]{2,3}'") == [(0,)]


def test_other_evidence_is_left_out_when_asked(invented):
    made = invented(entry_dates=False, former_upn=False, pmr=False, school_postcodes=False, children=100, pupils=4_000)
    assert made.ask("SELECT count(entry_date), count(former_upn), count(pmr) FROM census") == [(0, 0, 0)]
    assert made.ask("SELECT count(postcode) FROM schools") == [(0,)]
    assert made.ask("SELECT count(*) FROM truth WHERE pupil NOT IN (SELECT upn FROM census WHERE upn IS NOT NULL)")[0][0] <= 1


def test_only_as_many_authorities_make_returns_as_asked(invented):
    made = invented(returning=1)
    assert made.ask("SELECT count(DISTINCT la) FROM header") == [(1,)]


def test_every_error_has_a_rate_and_every_world_is_of_rates():
    assert set(NUMBER + BIRTH) < set(RATES)
    for world in ERRORS.values():
        assert isinstance(world, Errors) and all(0 <= getattr(world, name) <= 1 for name in RATES)


def test_truth_is_a_file_that_the_command_links_reads(tiny):
    with (tiny.folder / "trial" / "truth.csv").open(encoding="utf-8", newline="") as opened:
        assert next(csv.reader(opened)) == ["la", "child", "pupil", "also"]
