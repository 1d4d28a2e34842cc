"""The checklist as a plain form: what its fields show, and what comes back as answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.errors import Refused
from domain.checklist import AnswerType, Item, answers_of
from domain.checklist_answer import Given, why_refused
from domain.inspection import PackedAnswer, Side, VisitPack
from domain.sentence import Sentence
from domain.visit_answers import AnswerBatch, SentAnswer, SentSignature, Told

NOT_APPLICABLE = "khong-ap-dung"
"""The value of the radio and the tick that put an item outside the score."""


@dataclass(frozen=True)
class Filled:
    """`given` by item as the form says it, `changed` those that differ from what stands, `faults` by item."""

    key: str
    seen: int
    given: Mapping[str, Given]
    changed: tuple[str, ...]
    signatures: tuple[SentSignature, ...]
    finished: bool
    at: datetime
    faults: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, form: Mapping[str, Any], pack: VisitPack, photos: Iterable[str], at: datetime) -> "Filled":
        """`photos` belong to the item chosen beside the file field. Raises Refused for a form that is not ours."""
        key = str(form.get("khoa", ""))[:64]
        if not key:
            raise Refused("Phiếu gửi lên không đủ. Hãy tải lại trang rồi điền lại.")
        stood = given_of(pack)
        given = {item.id: _given(item, form, stood.get(item.id)) for item in pack.checklist.items}
        chosen = str(form.get("anh-cua", ""))
        if chosen in given and photos:
            all_of_it = tuple(dict.fromkeys((*given[chosen].photos, *photos)))
            given[chosen] = given[chosen].model_copy(update={"photos": all_of_it})
        changed = tuple(i for i, one in given.items() if one != stood.get(i, Given()))
        faults = {i.id: why for i in pack.checklist.items if (why := why_refused(i, given[i.id]))}
        seen = str(form.get("phien-ban", ""))
        return cls(
            key=key,
            seen=int(seen) if seen.isdecimal() and len(seen) < 10 else 0,
            given=given,
            changed=changed,
            signatures=_signatures(form),
            finished=form.get("ket-thuc") == "1",
            at=at,
            faults=faults,
        )


def batch_of(filled: Filled, pack: VisitPack) -> AnswerBatch:
    """Each form that was shown is a device of its own: it has seen the version it was made of, and no more."""
    device = f"phieu:{filled.key}"
    return AnswerBatch(
        client_id=f"{device}:{pack.visit.id}",
        device=device,
        base_version=filled.seen,
        answers=tuple(
            SentAnswer(item=item, seq=n, answered_at=filled.at, **filled.given[item].model_dump())
            for n, item in enumerate(filled.changed, 1)
        ),
        signatures=filled.signatures,
        finished=filled.finished,
    )


def given_of(pack: VisitPack) -> dict[str, Given]:
    """What stands, by item."""
    return {one.item: as_given(one) for one in pack.answers}


def as_given(told: PackedAnswer | Told) -> Given:
    return Given.model_validate(told.model_dump(include=set(Given.model_fields)))


def fields_of(pack: VisitPack, answers: Mapping[str, Given]) -> dict[str, dict[str, Any]]:
    """By item: its choices (word and label) and what its fields hold."""
    return {
        item.id: {
            "choices": _choices(item),
            "value": _shown(item, given.value),
            "given": given,
        }
        for item in pack.checklist.items
        for given in [answers.get(item.id, Given())]
    }


def _choices(item: Item) -> list[tuple[str, str]]:
    words = {
        "yes": Sentence("Có"),
        "no": Sentence("Không"),
        "valid": Sentence("Có, hợp lệ"),
        "invalid": Sentence("Có, không hợp lệ"),
        "missing": Sentence("Không có"),
    }
    labels = words | {choice.code: choice.label for choice in item.choices}
    found = [(word, labels[word]) for word in answers_of(item)]
    return [*found, (NOT_APPLICABLE, Sentence("Không áp dụng"))] if found and item.may_not_apply else found


def _shown(item: Item, value: Any) -> str:
    """A table is written as lines of cells between semicolons."""
    if item.answer is AnswerType.TABLE:
        return "\n".join("; ".join(row.get(c.code, "") for c in item.columns) for row in value or ())
    return value or ""


def _given(item: Item, form: Mapping[str, Any], stood: Given | None) -> Given:
    text = str(form.get(f"tl.{item.id}", "")).strip()
    away = NOT_APPLICABLE in (text, form.get(f"kad.{item.id}"))
    return Given(
        value=None if away else _value(item, text),
        note=_lines(form, f"gc.{item.id}"),
        action=_lines(form, f"bp.{item.id}"),
        not_applicable=away,
        photos=stood.photos if stood else (),
    )


def _value(item: Item, text: str) -> Any:
    if not text or item.answer is AnswerType.PHOTO:
        return None
    if item.answer is not AnswerType.TABLE:
        return text
    codes = [column.code for column in item.columns]
    rows = [[cell.strip() for cell in line.split(";")] for line in text.splitlines() if line.strip()]
    return [dict(zip(codes, row, strict=False)) for row in rows]


def _lines(form: Mapping[str, Any], name: str) -> str:
    """A browser sends line ends as two characters; nothing was changed by that."""
    return str(form.get(name, "")).replace("\r\n", "\n").strip()


def _signatures(form: Mapping[str, Any]) -> tuple[SentSignature, ...]:
    """A typed name counts with its tick."""
    return tuple(
        SentSignature(side=side.value, name=name[:200])
        for side in Side
        if form.get(f"xac-nhan.{side.value}") == "1"
        and (name := str(form.get(f"ky.{side.value}", "")).strip())
    )
