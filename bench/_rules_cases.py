"""Twenty realistic rules, seeded records, and the same rules written by hand: the limit to be measured by."""

from random import Random
from typing import Any

from domain.verdict import Outcome

MET, NOT_MET, UNKNOWN = Outcome.MET, Outcome.NOT_MET, Outcome.UNKNOWN

NUMBERS = (
    "pupils", "boys", "girls", "classes", "grade6", "grade7", "grade8", "grade9", "absent", "promoted",
    "parents", "cashless", "teachers", "qualified", "above_standard", "staff", "party_members",
    "meals_days", "samples_kept", "boarders", "fee_planned", "fee_collected", "incidents",
    "incidents_closed", "drills", "toilets", "computers", "books", "visits", "lessons_observed",
    "donations", "donors", "clubs", "excellent", "scholarships", "vaccinated",
)  # fmt: skip

RULES = (
    "report.boys + report.girls == report.pupils",
    "unit.level != 'thcs' or report.grade6 + report.grade7 + report.grade8 + report.grade9 == report.pupils",
    "unit.ownership != 'public' or report.cashless / report.parents >= 0.8",
    "unit.ownership != 'quality' or report.cashless / report.parents >= 0.95",
    "report.qualified / report.teachers >= 0.93",
    "report.above_standard <= report.qualified and report.qualified <= report.teachers",
    "report.pupils / report.classes <= 45",
    "report.promoted / report.pupils >= 0.98",
    "report.absent / report.pupils < 0.05",
    "report.boarders <= report.pupils",
    "not unit.kitchen or report.samples_kept == report.meals_days",
    "report.fee_collected <= report.fee_planned * 1.1",
    "report.pupils >= previous.report.pupils * 0.8 and report.pupils <= previous.report.pupils * 1.2",
    "submission.on_time",
    "submission.files >= 1 or report.incidents == 0",
    "report.incidents_closed == report.incidents",
    "unit.level in ['th', 'thcs', 'thpt']",
    "report.toilets * 40 >= report.pupils and report.computers >= report.classes",
    "unit.ownership == 'private' or report.party_members / report.staff >= 0.45",
    "report.drills >= 1 and (report.visits >= 2 or report.lessons_observed / report.teachers >= 0.5)",
)


def records(count: int, *, lacking: float = 0.0, seed: int = 7) -> list[dict[str, Any]]:
    """Cases of 47 fields each. `lacking`: the share of report figures that are missing."""
    chance = Random(seed)
    return [_record(chance, lacking) for _ in range(count)]


def _record(chance: Random, lacking: float) -> dict[str, Any]:
    grades = [chance.randint(80, 200) for _ in range(4)]
    pupils = sum(grades)
    figures = {name: chance.randint(1, 60) for name in NUMBERS}
    boys = pupils // 2
    parents, teachers = chance.randint(300, 900), chance.randint(25, 60)
    figures.update(zip(("grade6", "grade7", "grade8", "grade9"), grades, strict=True))
    figures.update(
        pupils=pupils, boys=boys, girls=pupils - boys - (chance.random() < 0.06), classes=pupils // 38 + 1,
        absent=int(pupils * chance.choice((0.01, 0.02, 0.03, 0.06))), promoted=pupils - chance.randint(0, 11),
        parents=parents, cashless=parents - int(parents * chance.choice((0, 0.03, 0.04, 0.12))),
        teachers=teachers, qualified=teachers - chance.choice((0, 0, 1, 1, 4)),
        above_standard=teachers // 3, staff=teachers + 10, party_members=(teachers + 10) // 2,
        meals_days=20, samples_kept=20 - (chance.random() < 0.06), boarders=pupils // 4,
        fee_planned=parents * 1000, fee_collected=parents * chance.choice((900, 1000, 1099, 1200)),
        incidents=chance.choice((0, 0, 0, 1)), incidents_closed=0, toilets=pupils // 30, computers=pupils // 15,
    )  # fmt: skip
    figures["incidents_closed"] = figures["incidents"] - (chance.random() < 0.03)
    previous = {"pupils": int(pupils * chance.choice((0.9, 1.0, 1.1, 1.3)))}
    report = {name: None if chance.random() < lacking else value for name, value in figures.items()}
    return {
        "unit": {
            "code": f"u{chance.randint(1, 99999):05d}",
            "level": chance.choice(("th", "thcs", "thcs", "thpt")),
            "ownership": chance.choice(("public", "public", "public", "quality", "private")),
            "kitchen": chance.random() < 0.5,
        },
        "report": report,
        "previous": {"report": previous},
        "submission": {"on_time": chance.random() < 0.95, "files": chance.choice((0, 1, 2)), "round": 1},
        "period": {"key": "2026-02"},
    }


def by_hand(case: dict[str, Any]) -> tuple[Outcome, ...]:
    """What a careful programmer writes for these rules and no others, knowing that no figure is missing."""
    unit, r, submission = case["unit"], case["report"], case["submission"]
    ownership, level = unit["ownership"], unit["level"]
    pupils, parents, cashless = r["pupils"], r["parents"], r["cashless"]
    teachers, qualified, incidents = r["teachers"], r["qualified"], r["incidents"]
    before = case["previous"]["report"]["pupils"]
    return (
        MET if r["boys"] + r["girls"] == pupils else NOT_MET,
        MET
        if level != "thcs" or r["grade6"] + r["grade7"] + r["grade8"] + r["grade9"] == pupils
        else NOT_MET,
        MET if ownership != "public" or cashless / parents >= 0.8 else NOT_MET,
        MET if ownership != "quality" or cashless / parents >= 0.95 else NOT_MET,
        MET if qualified / teachers >= 0.93 else NOT_MET,
        MET if r["above_standard"] <= qualified <= teachers else NOT_MET,
        MET if pupils / r["classes"] <= 45 else NOT_MET,
        MET if r["promoted"] / pupils >= 0.98 else NOT_MET,
        MET if r["absent"] / pupils < 0.05 else NOT_MET,
        MET if r["boarders"] <= pupils else NOT_MET,
        MET if not unit["kitchen"] or r["samples_kept"] == r["meals_days"] else NOT_MET,
        MET if r["fee_collected"] * 10 <= r["fee_planned"] * 11 else NOT_MET,
        MET if before * 8 <= pupils * 10 <= before * 12 else NOT_MET,
        MET if submission["on_time"] else NOT_MET,
        MET if submission["files"] >= 1 or incidents == 0 else NOT_MET,
        MET if r["incidents_closed"] == incidents else NOT_MET,
        MET if level in ("th", "thcs", "thpt") else NOT_MET,
        MET if r["toilets"] * 40 >= pupils and r["computers"] >= r["classes"] else NOT_MET,
        MET if ownership == "private" or r["party_members"] / r["staff"] >= 0.45 else NOT_MET,
        MET
        if r["drills"] >= 1 and (r["visits"] >= 2 or r["lessons_observed"] / teachers >= 0.5)
        else NOT_MET,
    )
