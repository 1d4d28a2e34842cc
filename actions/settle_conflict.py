"""A person chooses between answers that contradict one another."""

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import Refused, Stale
from actions.visits import of_the_team, open_one
from store.inspection_tables import AnswerRow
from store.questions.visits import stands_of

SETTLED = "settled"
"""The device of an answer that was chosen: it has seen all others."""


def settle_conflict(session: Session, visit_id: int, item: str, answer_id: int, by: By) -> None:
    """Give the chosen answer once more, in sight of the others; all of them stay on record. Raises `NotFound` and
    `Refused` as for any answer, `Stale` when the answer is not one of those that contradict one another now."""
    visit = open_one(session, visit_id)
    member = of_the_team(session, visit, by)
    stands = stands_of(session, visit_id).get(item)
    contested = {answer.id: answer for answer in stands.contested} if stands else {}
    if not contested:
        raise Refused("Nội dung này không còn hai câu trả lời khác nhau.")
    if answer_id not in contested:
        raise Stale
    chosen = contested[answer_id]
    seqs = select(AnswerRow.seq).where(col(AnswerRow.visit_id) == visit_id, col(AnswerRow.device) == SETTLED)
    base, visit.version = visit.version, visit.version + 1
    session.add(
        AnswerRow(
            visit_id=visit_id,
            person_id=member.person_id,
            device=SETTLED,
            seq=max(session.exec(seqs), default=0) + 1,
            base=base,
            version=visit.version,
            received_at=by.at,
            **chosen.model_dump(
                include={"item", "value", "note", "action", "not_applicable", "photos", "answered_at"}
            ),
        )
    )
    session.flush()
    record(
        session, by, "settle_conflict", f"visit:{visit_id}",
        item=item, chosen=answer_id, instead_of=sorted(contested.keys() - {answer_id}),
    )  # fmt: skip
