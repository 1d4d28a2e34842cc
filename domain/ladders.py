"""The ladders an office begins with, one for each sort of duty, and how a ladder is read out.

Design, not law: built from working rules of Vietnamese offices. What an office changes counts for duties issued
afterwards; a duty keeps the ladder it was issued with.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import reduce

from domain.escalation import DEFAULT, Ladder, Rung
from domain.sentence import Sentence, joined
from domain.unit import Role


class Sort(StrEnum):
    """What a ladder is chosen by; the first that fits, in this order."""

    REQUEST = "request"  # đề nghị: reminds, never escalates
    CORRECTIVE = "corrective"  # khắc phục sau kiểm tra
    SUPERIOR = "superior"  # sản phẩm trình cấp trên
    INSPECTION = "inspection"  # kiểm tra
    STANDING = "standing"  # thường xuyên
    REPORT = "report"  # báo cáo
    TASK = "task"  # việc khác


SORTS: Mapping[Sort, str] = {
    Sort.REQUEST: Sentence("đề nghị"),
    Sort.CORRECTIVE: Sentence("khắc phục sau kiểm tra"),
    Sort.SUPERIOR: Sentence("sản phẩm trình cấp trên"),
    Sort.INSPECTION: Sentence("kiểm tra"),
    Sort.STANDING: Sentence("nhiệm vụ thường xuyên"),
    Sort.REPORT: Sentence("báo cáo"),
    Sort.TASK: Sentence("việc khác"),
}

_OFFICER, _HEAD, _LEADER, _CHAIR = Role.OFFICER, Role.HEAD, Role.LEADER, Role.CHAIR


def _ladder(sort: Sort, *rungs: Rung) -> Ladder:
    return Ladder(name=SORTS[sort], rungs=rungs)


LADDERS: Mapping[Sort, Ladder] = {
    Sort.REQUEST: _ladder(
        Sort.REQUEST, Rung(offset=-3, to=(_OFFICER,)), Rung(offset=0, to=(_OFFICER, _HEAD))
    ),
    Sort.CORRECTIVE: _ladder(
        Sort.CORRECTIVE,
        Rung(offset=-3, to=(_OFFICER,)),
        Rung(offset=0, to=(_OFFICER, _HEAD)),
        Rung(offset=1, to=(_HEAD, _LEADER)),  # what an inspection found does not wait
        Rung(offset=5, to=(_CHAIR,)),
    ),
    Sort.SUPERIOR: _ladder(
        Sort.SUPERIOR,
        Rung(offset=-5, to=(_OFFICER,)),
        Rung(offset=-2, to=(_OFFICER, _HEAD)),
        Rung(offset=-1, to=(_LEADER,), binding=False),  # who is to sign
        Rung(offset=0, to=(_HEAD,)),
        Rung(offset=1, to=(_LEADER,)),
        Rung(offset=3, to=(_CHAIR,)),
    ),
    Sort.INSPECTION: _ladder(
        Sort.INSPECTION,
        Rung(offset=-5, to=(_OFFICER, _HEAD)),  # to get ready
        Rung(offset=0, to=(_OFFICER,)),
        Rung(offset=1, to=(_HEAD,)),
        Rung(offset=3, to=(_LEADER,)),
        Rung(offset=7, to=(_CHAIR,)),
    ),
    Sort.STANDING: _ladder(Sort.STANDING, Rung(offset=0, to=(_OFFICER,)), Rung(offset=3, to=(_HEAD,))),
    Sort.REPORT: DEFAULT.model_copy(update={"name": SORTS[Sort.REPORT]}),
    Sort.TASK: DEFAULT,
}

ROLES: Mapping[Role, str] = {
    Role.OFFICER: Sentence("người phụ trách"),
    Role.HEAD: Sentence("thủ trưởng đơn vị"),
    Role.LEADER: Sentence("lãnh đạo phụ trách"),
    Role.CHAIR: Sentence("người đứng đầu cơ quan"),
    Role.CLERK: Sentence("văn phòng"),
    Role.INSPECTOR: Sentence("người đi kiểm tra"),
    Role.ADMIN: Sentence("quản trị hệ thống"),
}


def say(ladder: Ladder) -> str:
    """The whole ladder in one sentence, for whoever is about to change it."""
    if not ladder.rungs:
        return Sentence("Không nhắc ai.")
    rungs = joined("; ", (_rung(rung) for rung in ladder.rungs))
    return Sentence("Lúc {at:%H:%M}: {rungs}.", at=ladder.at, rungs=rungs)


def _rung(rung: Rung) -> str:
    return Sentence("{when} báo {whom}", when=_when(rung.offset), whom=whom(rung))


def _when(offset: int) -> str:
    if offset == 0:
        return Sentence("đúng ngày hạn")
    if offset < 0:
        return Sentence("trước hạn {days} ngày làm việc", days=-offset)
    return Sentence("sau hạn {days} ngày làm việc", days=offset)


def whom(rung: Rung) -> str:
    """Who is told."""
    first, *others = (ROLES[role] for role in rung.to)
    told = reduce(lambda said, role: Sentence("{first} và {second}", first=said, second=role), others, first)
    return told if rung.binding else Sentence("{whom} (để biết)", whom=told)
