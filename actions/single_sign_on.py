"""Who it is that the office's identity provider vouches for (đăng nhập một lần)."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from actions.changes import By, record
from actions.errors import Refused
from store.tables import PersonRow

UNKNOWN = (
    "Tài khoản của cơ quan chưa được nối với người dùng nào ở đây. Hãy nhờ văn phòng ghi đúng thư điện tử."
)


def vouched_for(session: Session, subject: str, email: str, by: By) -> PersonRow:
    """`subject`: issuer and lasting name, which alone identify somebody afterwards; `email`: only an address
    that the provider has verified, else empty. The first time the address finds the person, if exactly one
    active person has it and no other subject (ASVS 5.0, 10.5.2). Raises `Refused`."""
    person = session.exec(select(PersonRow).where(col(PersonRow.sso_subject) == subject)).first()
    if person is None and email:
        found = session.exec(
            select(PersonRow).where(func.lower(col(PersonRow.email)) == email.lower(), col(PersonRow.active))
        ).all()
        if len(found) == 1 and found[0].sso_subject is None:
            person = found[0]
            person.sso_subject = subject
            record(session, by, "join_sso", f"person:{person.code}", joined=subject)
    if person is None or not person.active:
        raise Refused(UNKNOWN)
    return person
