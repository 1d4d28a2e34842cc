"""What every action on one visit does alike: take hold of it, know who acts."""

from sqlmodel import Session, col, select

from actions.changes import By
from actions.errors import NotFound, Refused
from domain.inspection import VisitState
from domain.inspection_record import VisitRecord
from store.inspection_tables import TeamMemberRow, VisitRow
from store.questions.records import visit_record
from store.tables import PersonRow


def held(session: Session, visit_id: int) -> VisitRow:
    """The visit, held until the transaction ends. Raises `NotFound`, also for one that is sealed."""
    visit = session.get(VisitRow, visit_id, with_for_update=True)
    if visit is None or visit.state in (VisitState.SEALED, VisitState.CANCELLED):
        raise NotFound("Không có cuộc kiểm tra này, hoặc bạn không thuộc đoàn.")
    return visit


def known_record(session: Session, visit_id: int) -> VisitRecord:
    """What was written of the visit so far. Raises `NotFound`."""
    found = visit_record(session, visit_id)
    if found is None:
        raise NotFound("Không có cuộc kiểm tra này.")
    return found


def open_one(session: Session, visit_id: int) -> VisitRow:
    """The same, of a visit that is not closed. Raises `Refused` for a closed one."""
    visit = held(session, visit_id)
    if visit.state is VisitState.CLOSED:
        raise Refused("Cuộc kiểm tra đã kết thúc nên không nhận thêm nội dung. Hãy báo trưởng đoàn.")
    return visit


def of_the_team(session: Session, visit: VisitRow, by: By) -> TeamMemberRow:
    """Who acts, as a member. Raises `NotFound` for a stranger and `Refused` for somebody who was taken out."""
    member = session.exec(
        select(TeamMemberRow)
        .join(PersonRow, col(PersonRow.id) == col(TeamMemberRow.person_id))
        .where(col(TeamMemberRow.visit_id) == visit.id, col(PersonRow.code) == by.actor)
    ).one_or_none()
    if member is None:
        raise NotFound("Không có cuộc kiểm tra này, hoặc bạn không thuộc đoàn.")
    if member.left_at is not None:
        raise Refused("Bạn không còn trong đoàn kiểm tra này nên nội dung gửi không được nhận.")
    return member
