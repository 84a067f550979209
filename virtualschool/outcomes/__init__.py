"""What one pupil achieved and attended in a year: one row a pupil and year, for all pupils that the store holds.

year            one year's outcomes, each source staged in turn, then laid side by side by assembly
who             whose row an education row is
points          what a result means; attainment_8 fills the slots, ebacc the pillars, key_stage_4 puts DfE's figures beside ours
prior           the key stage 2 average; own_cohort and progress_8 the estimates and the score
early_years, phonics, key_stage_1, multiplication, key_stage_2, post_16, absence, exclusions, characteristics, schools: the rest
score           the same for one file of results, without a store
"""

from virtualschool import tables
from virtualschool.outcomes.national import years_held
from virtualschool.outcomes.staging import Stage
from virtualschool.outcomes.year import code_lists, pupils_of_year
from virtualschool.store import Draft


def outcomes(draft: Draft) -> list[str]:
    """Notes on what could not be worked out and on where estimates come from; writes the table `pupils`, a part a year."""
    stage = Stage(draft.engine, draft.scratch)
    code_lists(stage)
    notes: list[str] = []
    name, written = tables.pupils.name, []
    for year in years_held(draft.engine):
        draft.write(name, pupils_of_year(stage, year, notes), order_by=("pupil",))
        written += draft.tables[name]
    if written:
        draft.tables[name] = written
        draft.engine.view(name, [draft.store.path / "objects" / sha for sha in written])
    return notes
