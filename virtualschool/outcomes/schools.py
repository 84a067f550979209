"""The school a pupil is at: its type, authority, phase and inspection from the register of schools, else from DfE's type codes."""

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from virtualschool import codes, tables

TYPES = ibis.table({"code": "string", "group": "string"}, name="school_type_codes")


def type_codes() -> pa.Table:
    """The rows of TYPES."""
    rows = codes.load("school_types")
    return pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in ("code", "group")})


def with_school(pupils: ir.Table) -> ir.Table:
    """The pupils with school, school_la, school_type, school_phase, school_inspection and state_funded.

    From school_urn, laestab and nftype (DfE's type code, as the key stage files give it) and on_census. A school in the register
    is found by its URN, else by its LAESTAB. Only independent schools are not state-funded; a pupil on the school census is at
    a state-funded school unless the register says otherwise.
    """
    named, numbered = registered("school_urn", "urn"), registered("laestab", "est")
    found = pupils.left_join(named, [("school_urn", "urn_school_urn")])
    sought = ibis.ifelse(found.urn_school_urn.isnull(), found.laestab, ibis.null("string"))
    found = found.mutate(sought=sought)
    found = found.left_join(numbered, [("sought", "est_laestab")])
    types = TYPES.select(type_code="code", coded_type="group")
    found = found.left_join(types, [("nftype", "type_code")])

    def of(name: str) -> ir.Value:
        return ibis.coalesce(found[f"urn_{name}"], found[f"est_{name}"])

    school_type = ibis.coalesce(of("type_group"), found.coded_type)
    return found.mutate(
        school=ibis.coalesce(of("school_urn"), found.school_urn),
        school_la=ibis.coalesce(of("la"), ibis.ifelse(found.laestab.length() == 7, found.laestab.substr(0, 3), ibis.null("string"))),
        school_type=school_type,
        school_phase=of("phase"),
        school_inspection=of("inspection_outcome"),
        state_funded=ibis.cases(
            (school_type == "independent", False), (school_type.notnull(), True), (found.on_census.fill_null(False), True)
        ),
    )


def registered(key: str, prefix: str) -> ir.Table:
    """The register with one row for each value of `key`, its columns prefixed. The first in the files wins."""
    register = tables.schools.ibis().filter(_[key].notnull())
    order = ibis.window(group_by=register[key], order_by=[register.file, register.row])
    first = register.mutate(nth=ibis.row_number().over(order)).filter(_.nth == 0)
    return first.select(**{f"{prefix}_{name}": first[name] for name in REGISTERED})


REGISTERED = ("school_urn", "laestab", "type_group", "la", "phase", "inspection_outcome")
