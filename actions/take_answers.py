"""Take what a device sends of a visit: exactly once, nothing lost, contradictions kept for a person."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import Refused
from actions.tell_leader import tell_leader
from actions.visits import held, of_the_team, open_one
from domain.checklist_answer import why_refused
from domain.inspection import Side
from domain.verdict import Severity
from domain.visit_answers import AnswerBatch, Receipt, RefusedAnswer, SentAnswer, happened
from store.inspection_tables import AnswerRow, SignatureRow, SyncRow, TeamMemberRow, VisitRow
from store.questions.records import visit_record
from store.questions.visits import checklist_of, conflicts_of, missing_photos
from store.writing import insert_new


def take_answers(session: Session, visit_id: int, batch: AnswerBatch, by: By) -> Receipt:
    """Record the batch and say what is here for good; a finished visit with something critical is told to
    the leader. The same `client_id` again, also after the visit was closed, gets the same receipt, with the photos
    that are still missing now.

    Raises `NotFound` for a visit that is not the sender's, `Refused` for one that is closed, for somebody who was
    taken out of the team, and for a `client_id` that belongs to another visit.
    """
    visit = held(session, visit_id)
    if known := session.exec(select(SyncRow).where(col(SyncRow.client_id) == batch.client_id)).one_or_none():
        return _again(session, known, visit, by)
    visit, member = open_one(session, visit_id), of_the_team(session, visit, by)
    accepted, refused = _take(session, visit, member, batch, by)
    _sign(session, visit, member, batch, by)
    _date(visit, batch, by)
    visit.location = visit.location or batch.place
    session.flush()
    if batch.finished and _critical(session, visit):
        tell_leader(session, visit, "critical", by)
    receipt = Receipt(
        client_id=batch.client_id,
        accepted=accepted,
        refused=refused,
        conflicts=conflicts_of(session, visit.id),
        missing_photos=missing_photos(session, visit.id),
        version=visit.version,
    )
    session.add(
        SyncRow(
            visit_id=visit.id,
            person_id=member.person_id,
            client_id=batch.client_id,
            device=batch.device,
            finished=batch.finished,
            receipt=receipt.model_dump(mode="json"),
            received_at=by.at,
        )
    )
    session.flush()
    record(
        session, by, "take_answers", f"visit:{visit.id}",
        client_id=batch.client_id, device=batch.device, accepted=list(accepted), version=visit.version,
        finished=batch.finished,
    )  # fmt: skip
    return receipt


def _date(visit: VisitRow, batch: AnswerBatch, by: By) -> None:
    """It began with the first answer that any device gave, and ended when the last said so."""
    opened = visit.opened_at or by.at
    given = [happened(answer.answered_at, opened, by.at) for answer in batch.answers] or [by.at]
    visit.started_at = min([*given, visit.started_at or by.at])
    if batch.finished:
        visit.finished_at = max(happened(batch.finished_at, opened, by.at), visit.finished_at or opened)


def _critical(session: Session, visit: VisitRow) -> bool:
    """Whether something critical was found: the leader does not wait for the record to be closed."""
    found = visit_record(session, visit.id)
    return found is not None and any(line.severity is Severity.CRITICAL for line in found.bad)


def _again(session: Session, known: SyncRow, visit: VisitRow, by: By) -> Receipt:
    of_the_team(session, visit, by)
    if known.visit_id != visit.id:
        raise Refused("Lượt gửi này thuộc một cuộc kiểm tra khác.")
    return Receipt.model_validate(known.receipt).model_copy(
        update={
            "missing_photos": missing_photos(session, visit.id),
            "conflicts": conflicts_of(session, visit.id),
        }
    )


def _take(
    session: Session, visit: VisitRow, member: TeamMemberRow, batch: AnswerBatch, by: By
) -> tuple[tuple[int, ...], tuple[RefusedAnswer, ...]]:
    items = checklist_of(session, visit)[1].by_id
    own = session.exec(
        select(AnswerRow).where(col(AnswerRow.visit_id) == visit.id, col(AnswerRow.device) == batch.device)
    ).all()
    known = {(row.item, row.seq): row for row in own}
    accepted: list[int] = []
    refused: list[RefusedAnswer] = []
    for sent in batch.answers:
        before = known.get((sent.item, sent.seq))
        if before is None and sent.item not in items:
            why = "Nội dung này không có trong phiếu."
        elif before is None:
            why = why_refused(items[sent.item], sent.given())
        else:
            why = (
                "" if before.given() == sent.given() else "Câu trả lời khác đã được nhận với cùng số thứ tự."
            )
        if why:
            refused.append(RefusedAnswer(item=sent.item, seq=sent.seq, why=why))
            continue
        accepted.append(sent.seq)
        if before is None:
            base = _seen(sent, batch, visit, known.values())
            visit.version += 1
            row = _row(visit, member, batch.device, sent, base, by)
            known[sent.item, sent.seq] = row
            session.add(row)
    return tuple(accepted), tuple(refused)


def _seen(sent: SentAnswer, batch: AnswerBatch, visit: VisitRow, own: Iterable[AnswerRow]) -> int:
    """What the author had seen when answering. Never more than was there, and never more than a later answer of the
    same device that came first: a batch that waited must not claim to know what happened since."""
    claimed = batch.base_version if sent.base_version is None else sent.base_version
    later = [row.base for row in own if row.item == sent.item and row.seq > sent.seq]
    return min([claimed, visit.version, *later])


def _row(
    visit: VisitRow, member: TeamMemberRow, device: str, sent: SentAnswer, base: int, by: By
) -> AnswerRow:
    return AnswerRow(
        visit_id=visit.id,
        person_id=member.person_id,
        device=device,
        base=base,
        version=visit.version,
        received_at=by.at,
        **sent.model_dump(exclude={"base_version", "photos"}),
        photos=list(sent.photos),
    )


def _sign(session: Session, visit: VisitRow, member: TeamMemberRow, batch: AnswerBatch, by: By) -> None:
    """A signature covers what stands when it arrives."""
    rows = [
        {
            "visit_id": visit.id,
            "person_id": member.person_id,
            "side": Side(signature.side),
            "name": signature.name,
            "sha256": signature.sha256,
            "version": visit.version,
            "signed_at": happened(signature.signed_at, visit.opened_at or by.at, by.at),
        }
        for signature in batch.signatures
    ]
    insert_new(session, SignatureRow, rows)
