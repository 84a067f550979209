import pytest

from virtualschool.link import plan


def test_the_definitions_that_are_kept_compiled_are_those_of_this_code():
    for dialect in plan.DIALECTS:
        kept = (plan.FOLDER / dialect / "fingerprint").read_text().strip()
        assert kept == plan.fingerprint(), "run `make compiled`"
        assert {file.stem for file in (plan.FOLDER / dialect).glob("*.sql")} == set(plan.STEPS)


@pytest.mark.parametrize("name", plan.STEPS)
def test_a_definition_is_made_from_tables_that_are_given_read_or_defined_before_it(name):
    order = list(plan.STEPS)
    for need in plan.STEPS[name].needs:
        assert need in plan.GIVEN or need in plan.tables.ALL or order.index(need) < order.index(name), need
