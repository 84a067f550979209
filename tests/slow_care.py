"""What children's care records say, worked out a second time by plain loops over the rows of a store: slow, and written from the
definitions rather than from the expressions."""

import datetime
from collections import defaultdict

DAY = datetime.timedelta(days=1)
TEMPORARY = ("T0", "T1", "T2", "T3", "T4")
UNPLANNED = ("ALLEG", "APPRR", "CHILD", "CLOSE", "CREQB", "CREQO", "STAND")
LASTING = ("A3", "A4", "A5", "A6", "U1", "U4", "P1")


def first_day(year: int) -> datetime.date:
    return datetime.date(year - 1, 4, 1)


def last_day(year: int) -> datetime.date:
    return datetime.date(year, 3, 31)


def months_on(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last of that month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return datetime.date(year, month, last)
        except ValueError:
            continue
    raise ValueError(day)


class Care:
    """The rows of a store's care tables, by child."""

    def __init__(self, rows) -> None:
        """`rows` gives the rows of a table by its name."""
        self.rows = rows
        self.reviewed = {(row["la"], row["year"]) for row in rows("reviews")}
        self.births = {(row["la"], row["child"]): row["dob"] for row in sorted(rows("header"), key=lambda row: row["year"])}
        self.episodes = self._episodes()
        self.periods = {child: self._periods(found) for child, found in self.episodes.items()}

    def of(self, table: str, la: str, child: str, year: int | None = None) -> list[dict]:
        if table not in self.__dict__:
            self.__dict__[table] = defaultdict(list)
            for row in self.rows(table):
                self.__dict__[table][row["la"], row["child"]].append(row)
        return [row for row in self.__dict__[table][la, child] if year is None or row["year"] == year]

    def _episodes(self) -> dict:
        """The episodes of each child once, as the newest return has them, in order; `end` is None while one is open."""
        found: dict = defaultdict(dict)
        for row in sorted(self.rows("episodes"), key=lambda row: (row["year"], row["dec"] is None, row["dec"] or row["decom"])):
            found[row["la"], row["child"]][row["decom"]] = row
        lists = {}
        for child, by_day in found.items():
            returned = self._years_of(child)
            kept = [row for row in by_day.values() if row["dec"] is not None or row["year"] + 1 not in returned]
            kept = [row for row in kept if row["dec"] is None or row["dec"] > row["decom"]]
            made = [{**row, "open": row["dec"] is None, "until": row["dec"] or last_day(row["year"]) + DAY} for row in kept]
            lists[child] = sorted((row for row in made if row["until"] > row["decom"]), key=lambda row: row["decom"])
        return lists

    def _years_of(self, child) -> set[int]:
        if "_years" not in self.__dict__:
            self._years: dict = defaultdict(set)
            for row in self.rows("episodes"):
                self._years[row["la"], row["child"]].add(row["year"])
        return self._years[child]

    @staticmethod
    def _periods(episodes: list[dict]) -> list[list[dict]]:
        """The child's periods of care, short breaks out, each a list of episodes with the placement and stay they belong to."""
        periods: list[list[dict]] = []
        placement = stay = 0
        lasting = before = None
        for row in (row for row in episodes if row["ls"] not in ("V3", "V4")):
            reached = max(one["until"] for one in periods[-1]) if periods else None
            fresh = reached is None or reached < row["decom"] or (row["decom"] == reached and row["rne"] == "S" and before["rec"] != "X1")
            if fresh:
                periods.append([])
            row = {**row, "moved": False, "why": None, "placement": None, "stay": None}
            if row["place"] not in TEMPORARY:
                new = lasting is None or lasting["period"] != len(periods)
                came_back = before is not None and before["place"] in TEMPORARY
                where = ("place", "pl_post", "urn")
                if row["place"] in ("A3", "A5"):
                    moved = False
                elif came_back or row["rne"] is None:
                    moved = lasting is None or any(row[name] != lasting[name] for name in where)
                else:
                    moved = row["rne"] in ("S", "P", "B")
                placement += new or moved
                stay += new or moved or (row["place"] in ("U2", "U5") and row["place"] != lasting["place"])
                row |= {"moved": moved and not new, "placement": placement, "stay": stay}
                if row["moved"]:
                    row["why"] = before["reason_place_change"] or lasting["reason_place_change"]
                lasting = {**row, "period": len(periods)}
            periods[-1].append(row)
            before = row
        return periods

    # --- What is said of a child and year ---

    def touching(self, la: str, child: str, year: int, since: datetime.date | None = None) -> list[dict]:
        since = since or first_day(year)
        rows = [row for period in self.periods.get((la, child), []) for row in period]
        return [row for row in rows if touches(row, since, last_day(year))]

    def moves(self, la: str, child: str, year: int) -> dict:
        rows = self.touching(la, child, year)
        two = self.touching(la, child, year, first_day(year - 1))
        moved = [row for row in rows if row["moved"] and row["decom"] >= first_day(year)]
        return {
            "placements_in_year": len({row["placement"] for row in rows} - {None}),
            "placements_in_2_years": len({row["placement"] for row in two} - {None}),
            "placement_moves": len(moved),
            "placement_moves_explained": sum(row["why"] is not None for row in moved),
            "unplanned_moves": sum(row["why"] in UNPLANNED for row in moved),
        }

    def stability(self, la: str, child: str, year: int) -> dict | None:
        """Of who is looked after on 31 March; None for others."""
        end = last_day(year)
        for period in self.periods.get((la, child), []):
            since, until = period[0]["decom"], max(row["until"] for row in period)
            if not since <= end < until:
                continue
            so_far = [row for row in period if row["decom"] <= end and row["stay"]]
            began = None
            if so_far:
                stay = so_far[-1]["stay"]
                stays = {stay, stay - 1} if so_far[-1]["place"] in ("A3", "A4", "A5", "A6") else {stay}
                began = min(row["decom"] for row in period if row["stay"] in stays)
            breaks = {row["until"] for row in self.episodes[la, child] if row["ls"] in ("V3", "V4")}
            return {
                "in_care_long_term": since <= datetime.date(year - 3, 9, 30) and since not in breaks,
                "same_carer_2_years": began is not None and began <= datetime.date(year - 2, 3, 31),
            }
        return None

    def reviews_on_time(self, la: str, child: str, year: int) -> tuple[int, int]:
        """(due, on time)"""
        back = 2 if (la, year - 1) in self.reviewed else 1
        window = datetime.date(year - back, 4, 1)
        held = sorted({row["review"] for row in self.of("reviews", la, child)})
        due = timely = 0
        for period in self.periods.get((la, child), []):
            since, until = period[0]["decom"], max(row["until"] for row in period)
            if since > last_day(year) or not (until > first_day(year) or (until == first_day(year) and not period[-1]["open"])):
                continue
            over = min(until, last_day(year) + DAY)
            known = since >= window
            days = [day for day in held if max(since, window) <= day <= until and day <= last_day(year)]
            steps = [("begins", max(since, window)), *(("review", day) for day in days)]
            for place, (kind, day) in enumerate(steps):
                if kind == "begins":
                    limit = day + 28 * DAY if known else months_on(day, 6)
                else:
                    limit = months_on(day, 3 if known and place == 1 else 6)
                following = steps[place + 1][1] if place + 1 < len(steps) else None
                if following is None:
                    if limit >= over:
                        continue
                    late = True
                elif following < first_day(year):
                    continue
                else:
                    late = following > limit
                if kind == "begins" and not known and not late:
                    continue
                due += 1
                timely += not late
        return due, timely

    def part_taken(self, la: str, child: str, year: int) -> tuple[int, int, int]:
        """(reviews at 4 and over, attended, views given)"""
        by_day: dict = {}
        for row in self.of("reviews", la, child, year):
            if first_day(year) <= row["review"] <= last_day(year):
                by_day[row["review"]] = min(filter(None, (row["review_code"], by_day.get(row["review"]))), default=None)
        codes = [code for code in by_day.values() if code and code != "PN0"]
        return (
            len(codes),
            sum(code in ("PN1", "PN2", "PN3", "PN4") for code in codes),
            sum(code in ("PN1", "PN2", "PN3", "PN5", "PN6") for code in codes),
        )

    def spells(self, la: str, child: str, year: int) -> tuple[int, int]:
        """(missing, away)"""
        met = [
            row
            for row in self.of("missing", la, child, year)
            if row["mis_start"] <= last_day(year) and (row["mis_end"] is None or row["mis_end"] >= first_day(year))
        ]
        return len({row["mis_start"] for row in met if row["missing"] == "M"}), len(
            {row["mis_start"] for row in met if row["missing"] == "A"}
        )

    def workers(self, la: str, child: str, year: int) -> int | None:
        met = {
            row["sw_id"]
            for row in self.of("sw_episodes", la, child, year)
            if row["sw_decom"] <= last_day(year) and (row["sw_dec"] is None or row["sw_dec"] >= first_day(year))
        }
        return len(met) or None

    def permanence(self, la: str, child: str, year: int) -> tuple[bool, int] | None:
        """(on record, days without) of the latest period, if it has a day in the year."""
        begun = [period for period in self.periods.get((la, child), []) if period[0]["decom"] <= last_day(year)]
        if not begun or not any(touches(row, first_day(year), last_day(year)) for row in begun[-1]):
            return None
        since = begun[-1][0]["decom"]
        rows = [row for row in begun[-1] if row["decom"] <= last_day(year)]
        lasting = [row["ls"] in ("E1", "D1") or row["place"] in LASTING for row in rows]
        decided = {row["date_placed"]: row for row in sorted(self.of("placed_for_adoption", la, child), key=lambda row: row["year"])}
        decisions = [row for day, row in decided.items() if day and since <= day <= last_day(year)]
        standing = any(row["date_placed_ceased"] is None or row["date_placed_ceased"] > last_day(year) for row in decisions)
        shown = [row["decom"] for row, yes in zip(rows, lasting, strict=True) if yes] + [row["date_placed"] for row in decisions]
        last = max(begun[-1], key=lambda row: row["until"])
        end = min(last["until"] + (DAY if not last["open"] else 0 * DAY), last_day(year) + DAY)
        return lasting[-1] or standing, (min(shown) - since if shown else end - since).days

    def leaver(self, la: str, child: str, year: int) -> dict | None:
        """What the return says of a care leaver who counts."""
        rows = [row for row in self.of("oc3", la, child, year) if row["in_touch"] or row["activ"] or row["accom"]]
        if not rows:
            return None
        row = max(rows, key=lambda row: (row["file"], row["row"]))
        before = [one for one in self.episodes.get((la, child), []) if one["decom"] <= last_day(year)]
        gone = row["in_touch"] in ("DIED", "RHOM") or (before and before[-1]["rec"] == "E3")
        return None if gone or (before and all(one["ls"] in ("V3", "V4") for one in before)) else row

    def age(self, la: str, child: str, year: int) -> int | None:
        born = self.births.get((la, child))
        return None if born is None else year - born.year - ((born.month, born.day) > (3, 31))


def touches(row: dict, since: datetime.date, until: datetime.date) -> bool:
    return row["decom"] <= until and (row["until"] > since or (row["until"] == since and not row["open"]))
