"""Published statistics come out as DfE printed them, whatever their layout, and every record is accounted for."""

import csv
import gzip
import io
import pathlib
from collections import Counter

import pyarrow as pa
import pytest

from virtualschool.read import headings, statistics
from virtualschool.read.kinds import Source

EXTRACTS = pathlib.Path(__file__).parent / "published"
KINDS = (statistics.open_data, statistics.sheet, statistics.turned, statistics.tool)
OPEN_DATA = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,la_name,new_la_code"
ENGLAND = "Reporting year,National,E92000001,England,,,,,"
KENT = "Reporting year,Local authority,E92000001,England,E12000008,South East,886,Kent,E10000016"


def read_text(text: str, name: str = "file.csv", root: str = ""):
    """The figures of a file as dictionaries, the source (with what was set aside), and how many records it has."""
    lines = list(csv.reader(io.StringIO(text)))
    at, names, kind = next((at, names, kind) for at, line in enumerate(lines) for kind in KINDS if kind.recognises(names := named(line)))
    body = [
        (number, [*record, *[""] * len(names)][: len(names)])
        for number, record in enumerate(lines[at + 1 :], at + 2)
        if any(map(str.strip, record))
    ]

    def batches():
        columns = list(zip(*(record for _, record in body), strict=True)) or [()] * len(names)
        yield (
            pa.array([number for number, _ in body], pa.int32()),
            pa.RecordBatch.from_arrays([pa.array(column, pa.string()) for column in columns], names=names),
        )

    source = Source(1, root, name, "", names, tuple(map(tuple, lines[:at])), batches)
    figures = [row for table in kind.reads(source) for row in table.to_pylist()]
    return figures, source, len(body)


def named(line: list[str]) -> tuple[str, ...]:
    seen: Counter = Counter()
    names = []
    for place, cell in enumerate(line, 1):
        name = cell.strip() or f"column {place}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def read_file(path: pathlib.Path, root: pathlib.Path):
    return read_text(text_of(path), path.name, str(root))


def text_of(path: pathlib.Path) -> str:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return data.decode("utf-8-sig")


def sourced() -> list[dict]:
    lines = (EXTRACTS / "figures.csv").read_text().splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@pytest.fixture(scope="module")
def extracts() -> dict[str, list[dict]]:
    return {path.name: read_file(path, EXTRACTS)[0] or [] for path in EXTRACTS.glob("*.csv") if path.name != "figures.csv"}


@pytest.mark.parametrize("figure", sourced(), ids=lambda row: f"{row['file']} {row['place']} {row['year']} {row['measure']} {row['part']}")
def test_a_sourced_figure_is_as_printed(extracts, figure):
    found = [
        row[figure["part"]]
        for row in extracts[figure["file"]]
        if (row["measure"], str(row["year"]), row["population"], row["breakdown"])
        == (figure["measure"], figure["year"], figure["population"], figure["breakdown"])
        and figure["place"] in ({"la": row["la"], "region": row["region_code"], "england": "England"}[row["level"]],)
    ]
    assert found == [figure["printed"]]


def test_no_other_kind_claims_a_published_file():
    for path in EXTRACTS.glob("*.csv"):
        lines = [named(line) for line in csv.reader(io.StringIO(text_of(path)))]
        claimed = next((kind for line in lines[:8] if (kind := headings.recognise(line))), None)
        assert claimed in KINDS or path.name == "figures.csv", path.name


def test_a_release_is_named_by_the_path_and_else_by_the_newest_year(extracts):
    assert {row["release"] for row in extracts["ks4__rel2023.csv"]} == {"2023"}
    assert {row["release"] for row in extracts["sfr20_2018_table3.csv"]} == {"2017"}
    assert {row["release"] for row in extracts["ks4_all_pupils.csv"]} == {"2023"}
    assert statistics.release_of("data/cla_release2024/national", "a.csv") == "2024"
    assert statistics.release_of("data", "relative2023.csv") is None


KS4 = f"{OPEN_DATA},social_care_group,version,t_pupils,t_att8,avg_att8\n"


def test_a_symbol_is_kept_as_printed_and_a_blank_figure_is_set_aside():
    text = (
        KS4
        + f"202324,{KENT},CLA 12 months at 31 March,Revised,c,c,c\n"
        + f"202223,{KENT},CLA 12 months at 31 March,Revised,0,z,z\n"
        + f"202122,{KENT},CLA 12 months at 31 March,Revised,12,,\n"
    )
    figures, source, records = read_text(text)
    assert [(row["year"], row["value"], row["denominator"]) for row in figures] == [(2024, "c", "c"), (2023, "z", "0")]
    assert source.aside == [(4, "No figure in this record.")]
    assert records == 3


def test_a_figure_about_another_level_or_without_a_year_is_set_aside_with_the_reason():
    text = (
        KS4
        + f"202324,{KENT},CLA 12 months at 31 March,Revised,9,100,11.1\n"
        + f"202324,{KENT.replace('Local authority', 'School')},CLA 12 months at 31 March,Revised,9,100,11.1\n"
        + f"2023 or so,{KENT},CLA 12 months at 31 March,Revised,9,100,11.1\n"
    )
    figures, source, _ = read_text(text)
    assert [row["row"] for row in figures] == [2]
    assert source.aside == [(3, "It is about a level other than England, region or authority."), (4, "Its year cannot be read.")]


def test_groups_of_social_care_are_populations_and_other_columns_break_down():
    text = (
        f"{OPEN_DATA},social_care_group,sen_provision,placement,version,pupil_count,attainment8_sum,attainment8_average\n"
        f"202425,{ENGLAND},CLA 12 months at 31 March,Total,Total,Revised,10,180,18\n"
        f"202425,{ENGLAND},CINO at 31 March,SEN support,Total,Revised,10,170,17\n"
        f"202425,{ENGLAND},All pupils,SEN support,Foster placements,Revised,10,460,46\n"
    )
    figures, _, _ = read_text(text)
    assert [(row["population"], row["breakdown"], row["value"]) for row in figures] == [
        ("12months", "total", "18"),
        ("cin", "sen=SEN support", "17"),
        ("all_pupils", "sen=SEN support;placement=Foster placements", "46"),
    ]


def test_a_denominator_may_stand_in_another_row_of_the_same_place_and_year():
    text = (
        f"{OPEN_DATA},age,accommodation_suitability,number,percentage\n"
        f"2024,{KENT},19 to 21 years,Total,50,100\n"
        f"2024,{KENT},17 to 18 years,Total,20,100\n"
        f"2024,{KENT},19 to 21 years,Accommodation considered suitable,45,90\n"
        f"2024,{KENT},17 to 18 years,Accommodation considered suitable,15,75\n"
        f"2023,{KENT},17 to 18 years,Accommodation considered suitable,15,75\n"
    )
    figures, source, _ = read_text(text)
    suitable = [row for row in figures if row["measure"] == "leavers_suitable"]
    assert [(row["year"], row["breakdown"], row["numerator"], row["denominator"], row["value"]) for row in suitable] == [
        (2024, "total", "45", "50", "90"),
        (2024, "age=17 to 18 years", "15", "20", "75"),
        (2023, "age=17 to 18 years", "15", None, "75"),
    ]
    assert source.aside == []


def test_a_record_of_no_named_measure_keeps_all_its_columns_as_breakdown():
    text = (
        f"{OPEN_DATA},cla_group,characteristic,number,percentage\n"
        f"2024,{KENT},Taken into care,All children taken into care,5,20\n"
        f"2024,{KENT},Gender,Female,9,36\n"
    )
    figures, _, _ = read_text(text)
    assert [(row["measure"], row["breakdown"], row["numerator"], row["value"]) for row in figures] == [
        ("started_by_characteristics", "cla_group=Taken into care;characteristic=All children taken into care", "5", "20"),
        ("started_by_characteristics", "cla_group=Gender;characteristic=Female", "9", "36"),
    ]


def test_an_authority_is_known_by_its_ons_code_where_the_short_one_is_missing():
    text = KS4.replace("old_la_code,", "") + f"202324,{KENT.replace('886,', '')},CLA 12 months at 31 March,Revised,9,100,11.1\n"
    figures, _, _ = read_text(text)
    assert [(row["la"], row["region_code"], row["place"]) for row in figures] == [("886", "E12000008", "Kent")]


def test_invented_authorities_keep_their_codes():
    invented = KENT.replace("886,Kent,E10000016", "V01,Fernshire,V01").replace("E12000008,South East", "R01,Vale")
    figures, _, _ = read_text(KS4 + f"202324,{invented},CLA 12 months at 31 March,Revised,9,100,11.1\n")
    assert [(row["la"], row["region_code"], row["place"]) for row in figures] == [("V01", "R01", "Fernshire")]


SHEET = """Back to index,,,,,,,,,,
Table LA5:  Absence1 from school of children who have been looked after continuously for at least twelve months2,,,,,,,,,,
Years: 2015 - 2016,,,,,,,,,,
,,,,,,,,,,
LA code,,,,2015,,,,2016,,
,,,,Number of looked after children matched to absence data4,Percentage of sessions missed due to5:,,,{matched},{missed},
,,,,,Overall absence,Authorised absence,,,Overall absence,Authorised absence
,,,,,,,,,,
,,ENGLAND,,"27,780",3.9,2.9,,"29,030",4.0,x
,,,,,,,,,,
,,NORTH EAST,,"1,790",3.2,2.4,,"1,860",3.4,2.4
E06000005,841,Darlington,,75,4.8,2.1,,75,5.7,2.6
1. Children looked after continuously for at least twelve months.,,,,,,,,,,
""".format(matched="Number of looked after children matched to absence data4", missed="Percentage of sessions missed due to5:")


def test_a_sheet_with_years_across_is_read_by_its_heading_of_several_lines():
    figures, source, records = read_text(SHEET)
    assert [
        (row["measure"], row["year"], row["level"], row["la"], row["region_code"], row["pupils"], row["value"])
        for row in sorted(figures, key=lambda row: (row["measure"], row["row"], row["year"]))
    ] == [
        ("absence_rate", 2015, "england", None, None, "27,780", "3.9"),
        ("absence_rate", 2016, "england", None, None, "29,030", "4.0"),
        ("absence_rate", 2015, "region", None, "E12000001", "1,790", "3.2"),
        ("absence_rate", 2016, "region", None, "E12000001", "1,860", "3.4"),
        ("absence_rate", 2015, "la", "841", "E12000001", "75", "4.8"),
        ("absence_rate", 2016, "la", "841", "E12000001", "75", "5.7"),
        ("authorised_absence", 2015, "england", None, None, "27,780", "2.9"),
        ("authorised_absence", 2016, "england", None, None, "29,030", "x"),
        ("authorised_absence", 2015, "region", None, "E12000001", "1,790", "2.4"),
        ("authorised_absence", 2016, "region", None, "E12000001", "1,860", "2.4"),
        ("authorised_absence", 2015, "la", "841", "E12000001", "75", "2.1"),
        ("authorised_absence", 2016, "la", "841", "E12000001", "75", "2.6"),
    ]
    assert [reason for _, reason in source.aside] == ["A line of the sheet's heading."] * 2 + ["A note of the sheet."]
    assert records == 6


def test_a_sheet_that_is_not_listed_is_set_aside_with_a_finding():
    figures, source, records = read_text(SHEET.replace("Table LA5:  Absence1", "Table LA9: Wishes"))
    assert figures == [] and len(source.aside) == records
    assert str(source.findings[0]) == (
        "file.csv: no figure of this sheet of DfE's is known to us. Add its title to codes/published_datasets.csv."
    )


def test_a_sheet_turned_on_its_side_gives_groups_across():
    text = (
        ",All_CLA_2016,Boys_CLA_2016,All_non_CLA_2016\n"
        "Elig_KS2_read_total,2820,1499,589367\n"
        "Exp_KS2_stand_read_total,1157,560,390000\n"
        "Something_else,1,2,3\n"
    )
    figures, source, _ = read_text(text)
    assert [(row["population"], row["breakdown"], row["numerator"], row["denominator"], row["year"]) for row in figures] == [
        ("12months", "sex=Boys", "560", "1499", 2016),
        ("not_looked_after", "total", "390000", "589367", 2016),
    ]
    assert source.aside == [(4, "No figure in this record.")]


def test_the_interactive_tool_is_read_with_its_own_names_where_we_have_none():
    text = (
        "measure_short,year,area,old_la_code,region,value\n"
        "LAC_KS4_AVG_Attain8,2024,Kent,886,South East,16.6\n"
        "Total_ Pup_FixedEx,2022/23,London (Inner),987,NA,3.1\n"
        "ReRegCPR,2016,England,970,NA,-\n"
        "ReRegCPR,2016,Atlantis,999,NA,5\n"
    )
    figures, source, _ = read_text(text)
    names = ("measure", "year", "level", "la", "region_code", "population", "value")
    assert [tuple(row[name] for name in names) for row in figures] == [
        ("attainment_8", 2024, "la", "886", "E12000008", "12months", "16.6"),
        ("suspended_once_or_more", 2023, "region", None, "E13000001", "all_pupils", "3.1"),
        ("lait_reregcpr", 2016, "england", None, None, "as_printed", "-"),
    ]
    assert source.aside == [(5, "No figure in this record, or its year or place cannot be read.")]


def test_every_dataset_has_figures_and_no_two_figures_of_one_share_measure_rows_and_breakdown():
    every = [dataset for layout in ("open data", "sheet", "turned") for dataset in statistics.datasets(layout)]
    assert len({dataset.name for dataset in every}) == len(every)
    for dataset in every:
        assert dataset.figures or dataset.rest, dataset.name
        keys = [(figure.measure, tuple(figure.where.items()), figure.population, figure.breakdown) for figure in dataset.figures]
        assert len(keys) == len(set(keys)), dataset.name


# --- The real files, cell by cell against a plain reading of them. ---

SIMPLE = {
    "ks4_la": {
        "attainment_8": ("avg_att8", "t_att8", "t_pupils"),
        "english_maths_95": ("pt_l2basics_95", "t_l2basics_95", "t_pupils"),
        "english_maths_94": ("pt_l2basics_94", "t_l2basics_94", "t_pupils"),
        "ebacc_entered": ("pt_ebacc_e_ptq_ee", "t_ebacc_e_ptq_ee", "t_pupils"),
        "ebacc_aps": ("avg_ebaccaps", "t_ebaccaps", "t_pupils"),
        "progress_8": ("avg_p8score", "t_p8score", "t_inp8calc", "p8score_CI_low", "p8score_CI_upp"),
    },
    "ks2_la": {
        **{
            f"ks2_{name}": (f"pt_{key}_met_expected_standard", f"t_{key}_met_expected_standard", f"t_{key}_eligible_pupils")
            for name, key in {"reading": "read", "writing": "writta", "maths": "mat", "rwm": "rwm", "gps": "gps"}.items()
        },
        **{
            f"ks2_{name}_progress": (
                f"avg_{key}_progress_score",
                f"t_{key}_progress_score",
                f"t_{key}_progress_eligible_pupils",
                f"avg_{key}_progress_score_lower_CI",
                f"avg_{key}_progress_score_upper_CI",
            )
            for name, key in {"reading": "read", "writing": "writta", "maths": "mat"}.items()
        },
    },
    "absence_la": {
        "absence_rate": ("pt_overall", "t_sess_overall", "t_sess_possible"),
        "authorised_absence": ("pt_sess_authorised", "t_sess_authorised", "t_sess_possible"),
        "unauthorised_absence": ("pt_sess_unauthorised", "t_sess_unauthorised", "t_sess_possible"),
        "persistent_absence": ("pt_pupils_pa_10_exact", "t_pupils_pa_10_exact", "t_pupils"),
        "severe_absence": ("pt_pupils_pa_50_exact", "t_pupils_pa_50_exact", "t_pupils"),
    },
    "exclusions_la": {
        "suspended_once_or_more": ("pt_one_plus_sus", "t_one_plus_sus", "t_pupils"),
        "permanent_exclusion_rate": ("pt_perm_excl", "t_perm_excl", "t_pupils"),
    },
    "sen_la": {
        "sen_support": ("pt_SEN_support", "t_SEN_support", "t_pupils"),
        "ehcp": ("pt_statement_or_EHC_plan", "t_statement_or_EHC_plan", "t_pupils"),
        "sen_none": ("pt_no_identified_SEN", "t_no_identified_SEN", "t_pupils"),
    },
}
GROUPS = {"CLA 12 months at 31 March": "12months", "CINO at 31 March": "cin", "CPPO at 31 March": "cpp"}
PARTS = ("value", "numerator", "denominator", "low", "high")
OUTCOMES = {
    "2022": ("exclusions_la", "sen_la"),
    "2023": ("ks4_la", "ks2_la", "absence_la"),
    "2024": ("ks4_la", "ks2_la", "absence_la"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", [f"{table}__rel{release}" for release, names in OUTCOMES.items() for table in names])
def test_every_cell_of_the_outcomes_files_is_in_the_figures(real_data, name):
    path = real_data / "published" / "ees_outcomes" / f"{name}.csv.gz"
    columns = SIMPLE[name.partition("__")[0]]
    found = figures_by_row(path)
    records = list(csv.DictReader(io.StringIO(text_of(path))))
    for number, record in enumerate(records, 2):
        school_type = record.get("school_type") or record.get("phase_type_grouping") or "Total"
        where = (
            int(record["time_period"][:4]) + 1,
            record["old_la_code"] or None,
            record["region_code"] or None,
            record["la_name"] or record["region_name"] or record["country_name"],
            GROUPS[record["social_care_group"]],
            "total" if school_type == "Total" else f"school_type={school_type}",
            name[-4:],
        )
        for measure, cells in columns.items():
            printed = tuple(record[cell] for cell in cells) + (None,) * (5 - len(cells))
            assert found[measure, number] == (*where, *printed)


def figures_by_row(path: pathlib.Path) -> dict[tuple[str, int], tuple]:
    lines = list(csv.reader(io.StringIO(text_of(path))))
    names = named(lines[0])
    batch = pa.RecordBatch.from_arrays([pa.array(column, pa.string()) for column in zip(*lines[1:], strict=True)], names=names)
    rows = pa.array(range(2, len(lines) + 1), pa.int32())
    source = Source(1, str(path.parent), path.name, "", names, (), lambda: iter([(rows, batch)]))
    found = {}
    for table in statistics.open_data.reads(source):
        order = ("year", "la", "region_code", "place", "population", "breakdown", "release", *PARTS)
        cells = zip(*(table[column].to_pylist() for column in order), strict=True)
        found.update(zip(zip(table["measure"].to_pylist(), table["row"].to_pylist(), strict=True), cells, strict=True))
    assert source.aside == []
    return found


def test_every_real_file_is_accounted_for(real_data):
    folder = real_data / "published" / "sfr"
    for path in sorted(folder.glob("*.csv")):
        figures, source, records = read_file(path, folder)
        used = {row["row"] for row in figures}
        aside = {row for row, _ in source.aside}
        assert len(aside) == len(source.aside) and not used & aside, path.name
        # A line of a sheet turned on its side can be part of a figure that bears another line's number.
        assert len(used | aside) == records or "UD_national" in path.name, path.name
        assert used, path.name
