"""A new target as the form of the ledger says it: figures as people here write them, a class or a station a line."""

import re
from datetime import date, datetime

from actions.errors import Refused
from domain.exact import exact
from domain.folding import fold
from domain.measure import Measure
from domain.period import BadPeriod, period
from domain.sentence import Sentence
from domain.target import Aim, Step, Target
from web.days import day_of
from web.faults import Faulty, Reading
from web.forms import Posted, word

COMPARATORS = {
    ">=": Sentence("ít nhất"),
    "<=": Sentence("không quá"),
    "=": Sentence("đúng"),
    ">": Sentence("trên"),
    "<": Sentence("dưới"),
}
_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?")
_NO_FIGURE = Sentence("Mức phải là số, viết như 80 hoặc 73,6.")


def figure(typed: str) -> str:
    """1.234,5 as the ledger keeps it: 1234.5; "73.6" has no thousands and is 73.6."""
    bare = typed.strip().removesuffix("%").strip()
    whole = bare.replace(".", "") if _THOUSANDS.fullmatch(bare) else bare
    return whole.replace(",", ".")


def by_line(typed: str) -> list[tuple[str, str]]:
    """A name and what it is, a line each: "mầm non: 12"."""
    pairs = (line.partition(":") for line in typed.splitlines() if line.strip())
    return [(name.strip(), said.strip()) for name, _colon, said in pairs]


def by_class(read: Reading, name: str) -> dict[str, str]:
    """A class and its figure, a line each; a class named twice is wrong."""
    pairs = by_line(read.word(name))
    if len({fold(one) for one, _said in pairs}) < len(pairs):
        read.wrong(name, Sentence("Mỗi loại chỉ ghi một dòng."))
    return {one: figure(said) for one, said in pairs}


def target_of(form: Posted, now: datetime, by: str) -> tuple[Measure, Target]:
    """What is to be counted, and how much of it. Raises `Faulty`."""
    read = Reading(form)
    name, unit = read.word("ten"), read.word("don_vi_tinh")
    value, upper = _level(read, "muc"), _level(read, "muc_tren")
    aim, comparator = read.word("kieu"), read.word("so_sanh")
    each, path = _each(read), _path(read)
    if not fold(name):
        read.wrong("ten", Sentence("Hãy ghi tên chỉ số."))
    if aim not in set(Aim):
        read.wrong("kieu", Sentence("Hãy chọn kiểu chỉ tiêu."))
    if comparator not in COMPARATORS:
        read.wrong("so_sanh", Sentence("Hãy chọn quan hệ."))
    if upper and not value:
        read.wrong("muc", Sentence("Khoảng thì cần cả hai mức."))
    first = read.day("tu", Sentence("Hãy ghi ngày bắt đầu, như 01/09/2026."))
    last = read.day("den")
    if first is None:
        raise Faulty(read.faults)
    if last and last < first:
        read.wrong("den", Sentence("Ngày cuối phải từ ngày đầu trở đi."))
    read.done()
    if path and not value:
        value, upper = path[-1].low, path[-1].high
    measure = Measure(
        code=("ty-le-" if unit == "%" else "") + fold(name).replace(" ", "-").replace("&", "")[:60],
        name=name, unit=unit, numerator=word(form, "tu_so"), denominator=word(form, "mau_so"),
        definition=word(form, "cach_tinh") or name,
    )  # fmt: skip
    unit_class = word(form, "loai")
    code = f"{measure.code}.{unit_class or 'chung'}.{aim}.{first}"
    return measure, Target(
        code=code, clause=word(form, "dieu_khoan"), unit_class=unit_class, against=word(form, "so_voi"), aim=Aim(aim),
        comparator="range" if upper else comparator, value=value, upper=upper, each=each,
        path=[step.model_dump(mode="json") for step in path], first=first, last=last, set_at=now, set_by=by,
    )  # fmt: skip


def _level(read: Reading, name: str) -> str:
    said = figure(read.word(name))
    if said and exact(said) is None:
        read.wrong(name, _NO_FIGURE)
    return said


def _each(read: Reading) -> dict[str, str]:
    each = by_class(read, "tung_loai")
    if any(not name or exact(said) is None for name, said in each.items()):
        read.wrong("tung_loai", Sentence("Mỗi dòng một loại và số của loại ấy, như “mầm non: 1”."))
    return each


def _path(read: Reading) -> list[Step]:
    """Stations in the order of their days: "31/12/2026: 45", or the period at whose end: "2030: 50–55"."""
    steps = []
    for when, said in by_line(read.word("lo_trinh")):
        by = _station(when)
        bounds = [figure(one) for one in re.split("[-–]", said)]
        if by is None or len(bounds) > 2 or None in map(exact, bounds):
            read.wrong(
                "lo_trinh", Sentence("Mỗi dòng một mốc và mức, như “31/12/2026: 45” hoặc “2030: 50–55”.")
            )
        else:
            steps.append(Step(by=by, low=bounds[0], high="".join(bounds[1:])))
    if len({step.by for step in steps}) < len(steps):
        read.wrong("lo_trinh", Sentence("Mỗi ngày chỉ ghi một mốc."))
    return sorted(steps, key=lambda step: step.by)


def _station(when: str) -> date | None:
    try:
        return period(when).last
    except BadPeriod:
        pass
    try:
        return day_of(when)
    except Refused:
        return None
