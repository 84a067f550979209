"""Files that are known and not used: each record is set aside with the reason, so that the account of the file is true."""

from collections.abc import Callable, Iterable, Iterator

import pyarrow as pa

from virtualschool import tables
from virtualschool.read.headings import fold
from virtualschool.read.kinds import Reshape, Source
from virtualschool.tables import Table

NOTHING = Table("unused", "No table: what such a file says has no place in ours.", (), family="none")


def unused(name: str, reason: str, *needs: str | tuple[str, ...], forbids: Iterable[str] = (), source: str = "") -> Reshape:
    """A kind that is recognised by `needs` (of those in brackets, one) without `forbids`, and gives no rows.

    A need that ends in * is the beginning of a heading.
    """

    def reads(file: Source) -> Iterator[pa.Table]:
        for rows, _ in file.batches():
            for row in rows.to_pylist():
                file.set_aside(row, reason)
        yield from ()

    return Reshape(name, NOTHING, _recognises([need if isinstance(need, tuple) else (need,) for need in needs], forbids), reads, source)


def _recognises(needs: list[tuple[str, ...]], forbids: Iterable[str]) -> Callable[[tuple[str, ...]], bool]:
    forbidden = {fold(heading) for heading in forbids}

    def recognises(headings: tuple[str, ...]) -> bool:
        there = {fold(heading) for heading in headings} | {heading.strip().casefold() for heading in headings}
        return not there & forbidden and all(any(_is_there(need, there) for need in either) for either in needs)

    return recognises


def _is_there(need: str, there: set[str]) -> bool:
    if need.endswith("*"):
        return any(heading.startswith(need[:-1].casefold()) for heading in there)
    return fold(need) in there


NOT_JOINED = "the pupil is named by STUD_ID, which no other file has; add a column UPN"

ccis = unused(
    "unused.ccis",
    "destinations after 16 are not measured here",
    "YoungPersonsID",
    ("ActivityCode", "CohortStatus"),
    source="Department for Education, client caseload information system (NCCIS)",
)
characteristics = unused(
    "unused.characteristics",
    "characteristics after 16 are not measured here; those of pupils come from the census",
    "CharacteristicCode",
    "UniquePupilNumber",
    forbids=("YoungPersonsID",),
)
key_stage_2_levels = unused(
    "unused.key_stage_2_levels",
    "levels ended in 2015, and what is measured here from key stage 2 uses scaled scores",
    "UPN",
    ("KS2 English PS", "KS2 Maths PS"),
    "KS2 Prior Band",
    forbids=("Pupil Inclusion Status Flag", "Forvus index number", "Attainment 8 score"),
)
schools_without_urn = unused(
    "unused.schools_without_urn",
    "a school is known by its URN; give a register with the columns URN, LAESTAB, Name, Type, Phase",
    ("LAEstab (anon)", "LAESTAB", "DfE number"),
    ("School Name", "EstablishmentName"),
    ("Type", "Status"),
    forbids=("URN", "School URN", "UPN"),
)
template_attendance = unused("unused.template_attendance", NOT_JOINED, "STUD_ID", "POSSIBLE_SESSIONS", forbids=("UPN",))
template_census = unused("unused.template_census", NOT_JOINED, "STUD_ID", "FSME_ON_CENSUS_DAY", forbids=("UPN",))
template_exclusions = unused("unused.template_exclusions", NOT_JOINED, "STUD_ID", "EVER_SUSPENDED", forbids=("UPN",))
template_ks4 = unused("unused.template_ks4", NOT_JOINED, "STUD_ID", ("KS4_ATT8", "KS4_ACADYR"), forbids=("UPN", "KS4_UPN"))
template_nccis = unused("unused.template_nccis", "destinations after 16 are not measured here", "STUD_ID", "NCCIS_CODE")

USED = ("KS1_READ_OUTCOME", "KS2_ACADYR", "KS2_READSCORE", "KS4_ACADYR", "KS4_ATT8", "KS4_GRADE")
"""An extract that has these as well is read for them."""

eyfsp = unused(
    "unused.eyfsp",
    "the early years profile of before 2013 is not measured here",
    "FSP_*",
    forbids=(*USED, *(name for column in tables.early_years.columns for name in column.names if name.startswith("FSP_"))),
)
pupil_premium = unused("unused.pupil_premium", "pupil premium of schools is not measured here", "PupilPremiumFTE", "PupilPremiumCashAmount")
key_stage_3 = unused("unused.key_stage_3", "key stage 3 is not measured here", "KS3_*", forbids=USED)
key_stage_5 = unused(
    "unused.key_stage_5",
    "it holds no flag of level 3 or of retention, and nothing else of key stage 5 is measured here",
    "KS5_*",
    forbids=(*USED, *(name for column in tables.post_16.columns for name in column.names if name.startswith("KS5_"))),
)
children_in_need = unused(
    "unused.children_in_need",
    "it does not say which pupil a child is, or not whether the child is in need or on a protection plan",
    "CIN_*",
    forbids=(*USED, "CIN_CINAt31March", "CIN_CINReferralDate", "CIN_CPPstartDate", "CIN_OpenCaseInformation"),
)
looked_after_children = unused(
    "unused.looked_after_children",
    "care comes from the SSDA903 return, episode by episode",
    ("cla_CHILD_ID", "cla_CHILD_LA_CODE", "cla_POC_START", "cla_PupilMatchingRefAnonymous"),
    forbids=USED,
)
early_years_census = unused("unused.early_years_census", "the early years census is not measured here", "EYC_*", forbids=USED)
year_7 = unused("unused.year_7", "the progress tests of year 7 ended and are not measured here", "Y7_*", forbids=USED)
post_16 = unused(
    "unused.post_16",
    "learning after 16 is not measured here",
    ("ISP_*", "YPMAD_*", "pl_ACADYR", "pl_PupilMatchingRefAnonymous"),
    forbids=USED,
)
nccis = unused("unused.nccis", "destinations after 16 are not measured here", "NCCIS_*", forbids=USED)
collect_other = unused(
    "unused.collect",
    "this table of the school census holds nothing that is measured here",
    "NativeId",
    "sourceid",
    (
        "learningaimsonrolltableid",
        "learningaimsoffrolltableid",
        "programmeaimsonrolltableid",
        "programmeaimsoffrolltableid",
        "workplaceentityonrolltableid",
        "workplaceentityoffrolltableid",
        "nationalitiesonrolltableid",
        "nationalitiesoffrolltableid",
        "approvisiondetailonrolltableid",
        "approvisiondetailoffrolltableid",
        "learnerfamonrolltableid",
        "learnerfamoffrolltableid",
        "learnersupportonrolltableid",
        "learnersupportoffrolltableid",
        "schoolarrangedapdetailonrolltableid",
        "schoolarrangedapdetailoffrolltableid",
        "annualsessiondetailsonrolltableid",
        "annualsessiondetailsoffrolltableid",
        "fundingbasisitemstableid",
        "levelstableid",
        "childcaretableid",
        "classestableid",
        "provisionstableid",
        "schooltableid",
    ),
    source="DfE, COLLECT: school census tables",
)
