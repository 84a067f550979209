"""What a step works out for itself on the way: laid by in the draft's scratch folder, gone when the build ends."""

import ibis
import pyarrow as pa

from virtualschool.store import Draft, quote, sql


def lay_by(draft: Draft, name: str, made: "ibis.Table | pa.Table") -> ibis.Table:
    """The same rows as an unbound table of that name, worked out once; replaces what bore the name before."""
    if isinstance(made, pa.Table):
        draft.engine.register(name, made)
        return ibis.table(ibis.Schema.from_pyarrow(made.schema), name=name)
    place = draft.scratch / f"{name}.parquet"
    draft.engine.run(f"COPY ({sql(made)}) TO {quote(str(place))} (FORMAT parquet)")
    draft.engine.view(name, [place])
    return ibis.table(made.schema(), name=name)
