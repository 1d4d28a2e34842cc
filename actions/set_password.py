"""Set a person's password. Every session and key of theirs ends, so a stolen one dies with the old password."""

from pwdlib import PasswordHash
from sqlalchemy import delete
from sqlmodel import Session, col, select

from actions.access_key import revoke_all_keys
from actions.changes import By, record
from actions.errors import NotFound, Refused
from domain.common_passwords import is_common
from store.access_tables import SessionRow
from store.tables import PersonRow

SHORTEST = 8
"""Letters (ASVS 5.0, 6.2.1)."""


def set_password(session: Session, person_code: str, password: str, by: By) -> None:
    """Raises `NotFound` for an unknown code, `Refused` for a password that is too short or that everybody tries."""
    person = session.exec(select(PersonRow).where(col(PersonRow.code) == person_code)).first()
    if person is None:
        raise NotFound(
            "Không có người nào mang mã “{person_code}”. Mã đứng ở cột “code” của people.csv.",
            person_code=person_code,
        )
    if len(password) < SHORTEST:
        raise Refused("Mật khẩu cần ít nhất {shortest} ký tự.", shortest=SHORTEST)
    if is_common(password, (person.code, person.name, (person.email or "").partition("@")[0])):
        raise Refused(
            "Mật khẩu này dễ đoán: kẻ lạ thử nó trước tiên. Hãy đặt một câu riêng của bạn, vài từ là đủ."
        )
    person.password_hash = PasswordHash.recommended().hash(password)
    session.connection().execute(delete(SessionRow).where(col(SessionRow.person_id) == person.id))
    revoke_all_keys(session, person.id, by)
    record(session, by, "set_password", f"person:{person.id}")
