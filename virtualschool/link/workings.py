"""What a step works out for itself on the way: laid by in the draft's scratch folder, gone when the build ends."""

import ibis
import pyarrow as pa

from virtualschool.store import Draft


def lay_by(draft: Draft, name: str, made: "ibis.Table | pa.Table") -> ibis.Table:
    """The same rows as an unbound table of that name, worked out once; replaces what bore the name before."""
    if isinstance(made, pa.Table):
        draft.engine.register(name, made)
        return ibis.table(ibis.Schema.from_pyarrow(made.schema), name=name)
    draft.engine.lay_by(name, made, draft.scratch)
    return ibis.table(made.schema(), name=name)


def define(draft: Draft, name: str, made: ibis.Table) -> ibis.Table:
    """The same rows as an unbound table of that name, worked out wherever it is used, of what is used there."""
    draft.engine.define(name, made)
    return ibis.table(made.schema(), name=name)
