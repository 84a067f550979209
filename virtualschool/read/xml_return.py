"""The XML form of the SSDA903 return, as the modules of its CSV form.

A `CHILD` holds a `HEADER` and its `EPISODE`s. What stands in the header itself belongs to four modules (header, UASC, AD1, OC3);
every element with fields of its own is a record of the module of its name. CHILD, DOB and SEX are copied to each record.
A record's row counts the records of its module; the first is row 2, as below a line of headings.
Source: Expanded SSDA903 Return 2021, schema version 3.3.0.
"""

import pathlib

import pyarrow as pa
from lxml import etree

from virtualschool import tables
from virtualschool.errors import Unreadable

OF_HEADER = {
    "AD1": ("DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"),
    "OC3": ("IN_TOUCH", "ACTIV", "ACCOM"),
}
OPTIONAL = {
    "AD1": tables.ad1,
    "AD_PLACED": tables.placed_for_adoption,
    "AMISSING": tables.missing,
    "AREVIEW": tables.reviews,
    "OC2": tables.oc2,
    "OC3": tables.oc3,
    "PERMANENCE": tables.previous_permanence,
}
"""Modules whose elements may be left out of each child: they are known by their own name, whatever fields no child has."""
NOT_UNACCOMPANIED = ("", "0", "N", "NO", "FALSE")


def modules(path: pathlib.Path) -> dict[str, pa.Table]:
    """The records of each module of a return, as text under the headings of the CSV form, by the name of the element."""
    records: dict[str, list[dict[str, str | None]]] = {"HEADER": [], "EPISODE": []}
    try:
        with path.open("rb") as file:
            for _, child in etree.iterparse(
                file, tag="{*}CHILD", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
            ):
                if not any(isinstance(part.tag, str) and len(part) for part in child):
                    continue  # A field of that name, inside a child.
                _child(child, records)
                child.clear()
                while child.getprevious() is not None:
                    del child.getparent()[0]
    except etree.XMLSyntaxError as fault:
        raise Unreadable(path.name, "this is not XML that can be read.", "Export the return again.") from fault
    if not any(records.values()):
        raise Unreadable(path.name, "this XML is not an SSDA903 return.", "Give the return as CSV or as the Department's XML.")
    return {name: _table(name, rows) for name, rows in records.items() if rows}


def _child(child: etree._Element, records: dict[str, list[dict[str, str | None]]]) -> None:
    leaves: dict[str, str] = {}
    groups: list[tuple[str, dict[str, str]]] = []
    headers = [part for part in child if _name(part) == "HEADER"]
    for part in (*child, *(inner for header in headers for inner in header)):
        if not isinstance(part.tag, str) or _name(part) == "HEADER":
            continue
        if len(part) and any(isinstance(inner.tag, str) for inner in part):
            groups.append((_name(part), {_name(inner): inner.text or "" for inner in part if isinstance(inner.tag, str)}))
        else:
            leaves.setdefault(_name(part), part.text or "")
    who = leaves.pop("CHILDID", leaves.pop("CHILD", ""))
    own = {"CHILD": who, "DOB": leaves.get("DOB", "")}
    for module, fields in OF_HEADER.items():
        there = {field: leaves.pop(field) for field in fields if field in leaves}
        if any(text.strip() for text in there.values()):
            records.setdefault(module, []).append({**own, **there})
    ended = leaves.pop("DUC", "")
    if ended.strip() or leaves.get("UASC", "").strip().upper() not in NOT_UNACCOMPANIED:
        records.setdefault("UASC", []).append({"CHILD": who, "SEX": leaves.get("SEX", ""), "DOB": own["DOB"], "DUC": ended})
    records["HEADER"].append({"CHILD": who, **leaves})
    for module, own_fields in groups:
        # The element of the placement for adoption and others repeat; each is a record.
        records.setdefault(module, []).append({**({"CHILD": who} if module == "EPISODE" else own), **own_fields})


def _table(module: str, rows: list[dict[str, str | None]]) -> pa.Table:
    names = list(dict.fromkeys(name for row in rows for name in row))
    for column in OPTIONAL[module].columns if module in OPTIONAL else ():
        if column.name not in ("la", "year") and column.names and not set(column.names) & set(names):
            names.append(column.names[0])
    return pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names})


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname.upper()
