from types import SimpleNamespace

from virtualschool import tables
from virtualschool.reports import account
from virtualschool.reports.blocks import Table


def test_links_by_weight_are_one_line_of_a_report_whatever_agreed_in_each(store):
    children = "\n".join(f"V01 | {number} | 2024 | yes | yes" for number in range(20))
    store.add(tables.children, f"la | child | year | linked | looked_after_12_months\n{children}")
    made = "\n".join(f"V01 | {number} | P{number} | likely | weights | postcode {number}" for number in range(19))
    store.add(tables.links, f"la | child | pupil | method | rule | agreed\n{made}\nV01 | 19 | P19 | exact | U1 | UPN, birth date and sex")
    asked = SimpleNamespace(engine=store.engine, la="V01", la_name="Here", year=2024, audience="internal", source="snapshot 1")
    (table,) = (block for block in account.links(asked) if isinstance(block, Table))
    assert [row[1::2] for row in table.rows] == [
        ("likely: everything known was weighed", 19),
        ("U1: UPN, birth date and sex", 1),
        ("all of these", 20),
        ("all of these", 0),
    ]
