"""Education plans, what children said and premium of one invented authority: the one with the most children, so that it costs little.

Read out of the returns just written, as a Virtual School's own systems would hold them. Every word is invented; nothing of it is real.
"""

import csv
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

MOST, YEARS = 900, 2
"""Plans that are written at most, so that judging them costs a build a second or two, and the newest years they are of."""
DAY = timedelta(days=1)
TERMS = {"autumn": ((9, 2), (12, 19)), "spring": ((1, 5), (3, 27)), "summer": ((4, 14), (7, 18))}
"""First and last day of each term. Of the newest year there is no summer term: it lies after the return."""
OWN = (
    ("learning", "I get fractions now because Miss goes over it again with me."),
    ("progress", "My reading is better than last term, I can do the blue books."),
    ("achievements", "I am proud of my painting, it was in the hall."),
    ("hopes", "I want to be a vet one day and I would like to try riding."),
)
ADULT = (("learning", "Is happy with school."), ("hopes", "States that he would like a job."))
CARER = "We read together for ten minutes each night, and I will take her to the library on Saturdays and help with homework."
GOOD = (
    ("Read 40 of the 50 words of list 4 aloud without help", "18 of 50 words on 3 September", "40 of 50 words right", "{end}"),
    ("Come to school on 4 of 5 days without being late", "2 of 5 days last term", "4 of 5 days in each of 6 weeks", "{end}"),
    ("Write 3 paragraphs with full stops in the right place", "1 paragraph in September", "3 paragraphs, 9 of 10 stops right", "{end}"),
)
POOR = (("Improve maths", "", "", ""), ("Continue to engage in lessons", "", "", "ongoing"), ("Develop confidence", "", "", ""))
PURPOSES = ("academic_tuition", "literacy", "semh_therapeutic", "enrichment_culture", "technology_resources")
HEADINGS = {
    "plans": "plan,child,number,school_year,term,term_start,term_end,came_into_care_on,placement_started_on,started_on,available_on,"
    "meeting_on,completed_on,participation,participation_why,voice_method,told_child_on,grade",
    "targets": "plan,id,target,baseline,measure,due,owner,view,outcome",
    "views": "plan,id,by,topic,words,said_on,changed",
    "voice": "LA,child,said_on,source,age_group,topic,answered_on,changed",
    "premium": "LA,child,paid_on,amount,where,purpose,strand,effect",
}


def write(folder: Path, years: tuple[int, ...], seed: int) -> None:
    """Writes plans/LA: plans, targets, views, voice, premium. The same folder, years and seed give the same bytes."""
    care = folder / "care"
    sizes = {la.name: len(_rows(la / str(years[-1]) / "header.csv")) for la in sorted(care.iterdir()) if (la / str(years[-1])).is_dir()}
    if not sizes:
        return
    la = max(sizes, key=lambda name: (sizes[name], name))
    chance = random.Random(f"plans {seed} {la}")
    made: dict[str, list[list[Any]]] = {name: [] for name in HEADINGS}
    for year in reversed(years[-YEARS:]):
        stays = _stays(care / la / str(year))
        following = _stays(care / la / str(year + 1)) if year < years[-1] else {}
        for child in sorted(stays):
            if len(made["plans"]) >= MOST:
                break
            stays_on = following.get(child)
            left = stays_on[2] or date(year + 1, 3, 31) if stays_on else stays[child][2]
            terms = list(TERMS) if stays_on else ["autumn", "spring"]
            _child(made, la, child, *stays[child][:2], left, year, terms, chance)
    place = folder / "plans" / la
    place.mkdir(parents=True)
    for name, rows in made.items():
        with (place / f"{name}.csv").open("w", encoding="utf-8", newline="") as out:
            lines = csv.writer(out, lineterminator="\n")
            lines.writerow(HEADINGS[name].split(","))
            lines.writerows(rows)


def _stays(folder: Path) -> dict[str, tuple[date, date, date | None]]:
    """Of each child of an age for a plan in a year's return: day of birth, first day of the newest stay as far as it tells, and its end."""
    born = {row["CHILD"]: _day(row["DOB"]) for row in _rows(folder / "header.csv")}
    found: dict[str, tuple[date, date, date | None]] = {}
    for row in sorted(_rows(folder / "episodes.csv"), key=lambda row: (row["CHILD"], _day(row["DECOM"]) or date.min)):
        child, began, ended = row["CHILD"], _day(row["DECOM"]), _day(row["DEC"])
        dob = born.get(child)
        if dob is None or began is None or row["LS"] in ("V3", "V4"):
            continue
        before = found.get(child)
        first = began if row["RNE"] == "S" or before is None else before[1]
        found[child] = (dob, first, ended)
    return found


def _child(
    made: dict[str, list[list[Any]]], la: str, child: str, born: date, came: date, left: date | None, year: int, terms: list[str], chance
) -> None:
    numbered = False
    for term in terms:
        starts, ends = TERMS[term]
        first, last = (date(year - (term == "autumn"), *part) for part in (starts, ends))
        age = (first - born).days // 365
        if not 3 <= age < 18 or came > last - 20 * DAY or (left is not None and left < last) or chance.random() < 0.04:
            continue
        is_first = not numbered and came >= first - 30 * DAY
        numbered = True
        met = max(first, came) + chance.randint(4, 12) * DAY if is_first else first + chance.randint(14, 75) * DAY
        met = min(met, last)
        ready = met + (chance.randint(1, 16) if is_first else chance.randint(2, 12)) * DAY
        plan, good = f"{la}-{child}-{year}-{term}", chance.random()
        grade = "green" if good > 0.4 else "amber" if good > 0.12 else "red"
        common = [year, term, first, last, came, came if is_first else ""]
        how = ["sent_views", "Asked by the key adult the week before.", "form"]
        told = met + 3 * DAY if good > 0.5 else ""
        begun = met - 4 * DAY if is_first else met
        days = [begun, ready, met, ready]
        made["plans"].append([plan, child, 1 if is_first else "", *common, *days, *how, told, grade if chance.random() < 0.8 else ""])
        linked = good > 0.5
        for number in range(1, 3):
            text, baseline, measure, due = chance.choice(GOOD if chance.random() < 0.35 + good / 2 else POOR)
            ended = chance.choice(("met", "met", "partly", "not_met")) if chance.random() < 0.7 else ""
            row = [plan, f"T{number}", text, baseline, measure, due.format(end=f"{last:%d/%m/%Y}"), "Invented Teacher"]
            made["targets"].append([*row, "v1" if linked and number == 1 else "", ended])
        said = OWN if good > 0.25 else ADULT if good > 0.1 else ()
        made["views"] += [[plan, f"v{number}", "child", topic, words, met, ""] for number, (topic, words) in enumerate(said, 1)]
        if chance.random() < 0.6:
            made["views"].append([plan, "c1", "carer", "home", CARER, met, ""])
    _besides(made, la, child, born, year, chance)


def _besides(made: dict[str, list[list[Any]]], la: str, child: str, born: date, year: int, chance) -> None:
    """What the child said outside plans, and money spent on the child, within the care year."""
    age = (date(year, 3, 31) - born).days // 365
    if chance.random() < 0.3 and 5 <= age < 18:
        said = date(year - 1, 9, 10) + chance.randint(0, 190) * DAY
        group = "primary" if age < 11 else "secondary" if age < 16 else "over_16"
        answered = said + chance.randint(3, 20) * DAY if chance.random() < 0.7 else ""
        changed = "yes" if answered and chance.random() < 0.6 else "no"
        made["voice"].append([la, child, said, chance.choice(("said", "talk", "survey")), group, "learning", answered, changed])
    if 4 <= age < 17:
        for _ in range(chance.choice((0, 1, 2, 2, 3))):
            pence = chance.randint(12_000, 140_000)
            where = chance.choice(("devolved", "devolved", "central"))
            paid = date(year - 1, 4, 1) + chance.randint(0, 360) * DAY
            effect = "yes" if chance.random() < 0.6 else "no"
            amount = f"{pence // 100}.{pence % 100:02d}"
            made["premium"].append([la, child, paid, amount, where, chance.choice(PURPOSES), "looked_after", effect])


def _rows(file: Path) -> list[dict[str, str]]:
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def _day(text: str) -> date | None:
    if not text:
        return None
    day, month, year = (int(part) for part in text.split("/"))
    return date(year, month, day)
