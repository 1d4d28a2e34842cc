"""Keys (khóa truy cập): a person lets a program, or a calendar, act in their name; and takes that back."""

from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import NotFound, Refused, given
from actions.sign_in import token_hash
from domain.access import KEY_LASTS, Opens
from store.access_tables import AccessKeyRow

MOST = 20
NAME_LENGTH = 100


def give_key(session: Session, person_id: int, key: str, by: By, *, name: str, opens: Opens) -> AccessKeyRow:
    """`key` is the secret the caller drew: it is shown once, and only its hash is stored."""
    valid = [row for row in keys_of(session, person_id) if row.valid_at(by.at)]
    if len(valid) >= MOST:
        raise Refused("Mỗi người có nhiều nhất {most} khóa. Hãy thu hồi khóa không còn dùng.", most=MOST)
    row = AccessKeyRow(
        key_hash=token_hash(key), person_id=person_id, name=given(name)[:NAME_LENGTH], opens=opens,
        created_at=by.at, expires_at=by.at + KEY_LASTS,
    )  # fmt: skip
    session.add(row)
    session.flush()
    record(session, by, "give_key", f"person:{person_id}", key=row.id, name=row.name, opens=opens)
    return row


def revoke_key(session: Session, person_id: int, key_id: int, by: By) -> None:
    """In force at once. Raises `NotFound` for anybody else's key; revoking again changes nothing."""
    row = session.get(AccessKeyRow, key_id, with_for_update=True)
    if row is None or row.person_id != person_id:
        raise NotFound("Không có khóa này.")
    if row.revoked_at is None:
        row.revoked_at = by.at
        record(session, by, "revoke_key", f"person:{person_id}", key=row.id, name=row.name)


def revoke_all_keys(session: Session, person_id: int, by: By) -> None:
    for row in keys_of(session, person_id):
        revoke_key(session, person_id, row.id, by)


def keys_of(session: Session, person_id: int) -> list[AccessKeyRow]:
    """Newest first."""
    found = select(AccessKeyRow).where(col(AccessKeyRow.person_id) == person_id)
    return list(session.exec(found.order_by(col(AccessKeyRow.id).desc())).all())
