"""Which pupil an identifier means: the PMR where any record ties it to one, else the canonical UPN.

A former UPN leads to the one that replaced it, along chains. It is no bridge where it is another pupil's own number, where
two different pupils claim it, or where a child who was adopted bore it: an adopted child has a new number on purpose, and the
two are never brought together (DfE, Unique pupil numbers: guide, 2019, sections 6.3, 6.5 and 6.6).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import ibis
from ibis import _

from virtualschool import tables

ADOPTED = ("E11", "E12")
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def identifier(column: ibis.Value) -> ibis.Value:
    """A return's UPN in one spelling: capitals, no spaces; null where it is blank or an unknown-UPN code.

    UN1 to UN5 are the codes; UN0 is in no list of DfE's, and is no number either. Nothing of three characters is one.
    """
    number = column.upper().replace(" ", "")
    return (number.length() > 3).ifelse(number, ibis.null("string"))


def told(seen: ibis.Table) -> ibis.Table:
    """The UPNs on records that give a former one or no reference: upn, former_upn, loose (without a reference), first_year."""
    said = seen.filter(seen.former_upn.notnull() | seen.pmr.isnull()).mutate(loose=_.pmr.isnull())
    return said.group_by("former_upn", "upn", "loose").aggregate(first_year=_.year.min())


def loose(told: ibis.Table) -> ibis.Table:
    """The UPNs on a record without a reference: upn. `told` as above."""
    return told.filter(told.loose & told.upn.notnull()).select("upn").distinct()


def tied(seen: ibis.Table, near: ibis.Table, loose: ibis.Table) -> ibis.Table:
    """How often records tie a UPN to a reference: upn, pmr, records, last_year.

    Only of those UPNs that somebody asks about: those that a return gives (`near` has their records), and those on a record
    without a reference. Eight million others would be written and never read.
    """
    ours = near.filter(near.upn.notnull() & near.pmr.notnull()).anti_join(loose, "upn")
    others = seen.semi_join(loose, "upn").filter(_.pmr.notnull())
    both = ibis.union(ours.select("upn", "pmr", "year"), others.select("upn", "pmr", "year"))
    return both.group_by("upn", "pmr").aggregate(records=_.count(), last_year=_.year.max())


def keys(tied: ibis.Table, chains: ibis.Table) -> ibis.Table:
    """One row for each identifier and kind that means another than itself: identifier, kind, pupil, note (what had to be chosen)."""
    counted = tied.group_by("upn").aggregate(first=_.pmr.min(), last=_.pmr.max())
    # Few UPNs have two references, so only those are put in order.
    disputed = tied.semi_join(counted.filter(_.first != _.last), "upn")
    order = ibis.window(group_by="upn", order_by=[_.records.desc(), _.last_year.desc(), _.pmr])
    chosen = disputed.mutate(place=ibis.row_number().over(order)).filter(_.place == 0).select("upn", "pmr")
    noted = ibis.literal("several PMRs bear it: the one on most records")
    meant = ibis.union(
        counted.filter(_.first == _.last).select(identifier="upn", pupil="first", note=ibis.null("string")),
        chosen.select(identifier="upn", pupil="pmr", note=noted),
    )
    columns = ("identifier", "kind", "pupil", "note")
    meant = meant.anti_join(chains.filter(chains.kind == "upn"), "identifier").mutate(kind=ibis.literal("upn")).select(*columns)
    followed = chains.mutate(note=ibis.null("string")).select(*columns)
    return ibis.union(meant, followed).filter(_.identifier != _.pupil)


def claims(told: ibis.Table) -> ibis.Table:
    """Which UPN says that it replaced which: former_upn, upn, first_year."""
    said = told.filter(told.former_upn.notnull() & told.upn.notnull() & (told.former_upn != told.upn))
    return said.group_by("former_upn", "upn").aggregate(first_year=_.first_year.min())


def bearers(concerned: ibis.Table, seen: ibis.Table) -> ibis.Table:
    """Who bears a UPN of `concerned`, and when: upn, pmr, dob, sex, source, year, term, records."""
    borne = seen.semi_join(concerned, "upn")
    return borne.group_by("upn", "pmr", "dob", "sex", "source", "year", "term").aggregate(records=_.count())


def sealed() -> ibis.Table:
    """The UPNs of children who were adopted: upn."""
    episodes, header = tables.episodes.ibis(), tables.header.ibis()
    adopted = episodes.filter(episodes.rec.isin(ADOPTED)).select("la", "child").distinct()
    return header.semi_join(adopted, ["la", "child"]).select(upn=identifier(header.upn)).filter(_.upn.notnull()).distinct()


def concerned(claims: Iterable[Mapping], asked: set[str]) -> list[dict]:
    """The claims that lead, step by step, to or from a UPN that somebody asks about."""
    by_number: dict[str, list[dict]] = defaultdict(list)
    for row in claims:
        by_number[row["former_upn"]].append(dict(row))
        by_number[row["upn"]].append(dict(row))
    found: dict[tuple, dict] = {}
    waiting = [number for number in by_number if number in asked]
    reached = set(waiting)
    while waiting:
        for row in by_number[waiting.pop()]:
            found[row["former_upn"], row["upn"]] = row
            fresh = {row["former_upn"], row["upn"]} - reached
            reached |= fresh
            waiting.extend(fresh)
    return list(found.values())


def on_roll_together(claims: Iterable[Mapping], bearers: Iterable[Mapping]) -> set[tuple[str, str]]:
    """Former and present UPNs that both stood on a roll at one census, and so are two pupils."""
    rolls: dict[str, set[tuple]] = defaultdict(set)
    for row in bearers:
        if row["source"] == "census":
            rolls[row["upn"]].add((row["year"], row["term"] or ""))
    return {(row["former_upn"], row["upn"]) for row in claims if rolls.get(row["former_upn"], set()) & rolls.get(row["upn"], set())}


def former_numbers(
    claims: Iterable[Mapping], bearers: Iterable[Mapping], together: set[tuple[str, str]], sealed: set[str]
) -> list[dict[str, str]]:
    """The identifiers that chains of former UPNs tie to a pupil: identifier, kind, pupil; in order.

    A loop rather than an expression: chains are as long as they are, and few UPNs have one.
    """
    people: dict[str, dict[str, set]] = defaultdict(lambda: {"pmr": set(), "dob": set(), "sex": set()})
    last_year: dict[str, int] = defaultdict(int)
    references: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for row in bearers:
        person = people[row["upn"]]
        for known in ("pmr", "dob", "sex"):
            if row[known] is not None:
                person[known].add(row[known])
        last_year[row["upn"]] = max(last_year[row["upn"]], row["year"])
        if row["pmr"]:
            records, last = references[row["upn"]].get(row["pmr"], (0, 0))
            references[row["upn"]][row["pmr"]] = (records + row["records"], max(last, row["year"]))

    def differ(one: str, other: str) -> bool:
        return any(
            people[one][known] and people[other][known] and not people[one][known] & people[other][known] for known in ("pmr", "dob", "sex")
        )

    def comparable(one: str, other: str) -> bool:
        return any(people[one][known] and people[other][known] for known in ("pmr", "dob"))

    claimants: dict[str, list[str]] = defaultdict(list)
    for row in sorted(claims, key=lambda row: (row["former_upn"], row["upn"])):
        former, present = row["former_upn"], row["upn"]
        borne_since = former in people and not comparable(former, present) and last_year[former] >= row["first_year"]
        if former not in sealed and (former, present) not in together and not borne_since and not differ(former, present):
            claimants[former].append(present)
    bridges = [
        (former, present)
        for former, presents in claimants.items()
        if not any(differ(one, other) for one in presents for other in presents)
        for present in presents
    ]
    replaced = {former for former, _ in bridges}
    made = []
    for group in _groups(bridges):
        matched: dict[str, tuple[int, int]] = {}
        for number in group:
            for pmr, (records, last) in references[number].items():
                before = matched.get(pmr, (0, 0))
                matched[pmr] = (before[0] + records, max(before[1], last))
        canonical = min(
            (number for number in group if number in people), key=lambda number: (number in replaced, -last_year[number], number)
        )
        pupil = min(matched, key=lambda pmr: (-matched[pmr][0], -matched[pmr][1], pmr)) if matched else canonical
        made += [{"identifier": number, "kind": "upn", "pupil": pupil} for number in group if number in people]
        made += [{"identifier": number, "kind": "former_upn", "pupil": pupil} for number in group if number in replaced]
    return sorted(made, key=lambda row: (row["identifier"], row["kind"]))


def check_letter(upn: str) -> str | None:
    """The letter that a UPN should begin with, or None where the rest of it has not the shape of a UPN.

    A failed letter is no reason to drop a record: public sample returns hold invented numbers.
    Source: DfE, Unique pupil numbers: guide, 2019.
    """
    rest = upn[1:].upper()
    digits, last = rest[:-1], rest[-1:]
    if len(upn) != 13 or not digits.isdigit() or not (last.isdigit() or last in LETTERS):
        return None
    values = [*map(int, digits), int(last) if last.isdigit() else LETTERS.index(last)]
    return LETTERS[sum(weight * value for weight, value in enumerate(values, start=2)) % len(LETTERS)]


def _groups(bridges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The identifiers that bridges join, each group sorted."""
    parent: dict[str, str] = {}

    def root(number: str) -> str:
        while parent.setdefault(number, number) != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for one, other in bridges:
        parent[root(one)] = root(other)
    groups = defaultdict(list)
    for number in sorted(parent):
        groups[root(number)].append(number)
    return sorted(groups.values())
