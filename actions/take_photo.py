"""Take a photo of a visit: by its hash, once, without what the camera wrote into it."""

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import Refused
from actions.visits import held, of_the_team
from domain.evidence import sha256 as hash_of
from domain.inspection import VisitState
from intake.photo import clean
from store.evidence import EvidenceStore
from store.inspection_tables import PhotoRow, VisitRow
from store.questions.records import visit_record
from store.questions.visits import missing_photos


def take_photo(
    session: Session, evidence: EvidenceStore, visit_id: int, *, sha256: str, data: bytes, by: By
) -> PhotoRow:
    """Keep the bytes under the hash the device calls them by. Sent again it is the photo already here. A closed visit
    still takes what its answers have named: the record waits for it.

    Raises `NotFound`, `Refused` when the bytes do not have that hash (they changed on the way: send again), and
    `intake.refusal.IntakeError` for what is no photo."""
    visit = held(session, visit_id)
    member = of_the_team(session, visit, by)
    known = session.exec(
        select(PhotoRow).where(col(PhotoRow.visit_id) == visit_id, col(PhotoRow.sha256) == sha256)
    ).one_or_none()
    if known:
        return known
    if visit.state is VisitState.CLOSED and sha256 not in missing_photos(session, visit_id):
        raise Refused("Cuộc kiểm tra đã kết thúc nên không nhận thêm ảnh.")
    if hash_of(data) != sha256:
        raise Refused("Ảnh bị sai lệch trên đường truyền; máy sẽ gửi lại.")
    kept, media_type = clean(data, f"Ảnh {sha256[:12]}")
    stored = evidence.put(kept, f"{sha256}.{media_type.rpartition('/')[2]}", media_type)
    row = PhotoRow(
        visit_id=visit_id,
        person_id=member.person_id,
        sha256=sha256,
        stored=stored.sha256,
        media_type=media_type,
        size=stored.size,
        received_at=by.at,
    )
    session.add(row)
    session.flush()
    record(session, by, "take_photo", f"visit:{visit_id}", sha256=sha256, stored=stored.sha256)
    if visit.state is VisitState.CLOSED:
        _whole_at_last(session, visit, by)
    return row


def _whole_at_last(session: Session, visit: VisitRow, by: By) -> None:
    """The record of a closed visit says one photo more; the trail keeps both hashes."""
    found = visit_record(session, visit.id)
    if found is not None:
        visit.record_hash = found.hash
        record(session, by, "complete_record", f"visit:{visit.id}", hash=found.hash)
