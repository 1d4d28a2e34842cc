"""One-time links by mail (đường dẫn đăng nhập): asked for by a person, used once, by the browser that asked.

Opening the link signs nobody in: mail scanners open links too. The page behind it has a button.
"""

from sqlalchemy import delete
from sqlmodel import Session, col

from actions.changes import By, record
from actions.errors import Refused
from actions.sign_in import token_hash
from domain.access import LINK_LASTS
from store.access_tables import SignInLinkRow
from store.tables import PersonRow

OVER = "Đường dẫn này đã được dùng hoặc đã quá 15 phút. Hãy yêu cầu đường dẫn mới."
ELSEWHERE = (
    "Hãy mở đường dẫn bằng chính trình duyệt đã yêu cầu nó, hoặc yêu cầu đường dẫn mới ở trình duyệt này."
)


def keep_link(session: Session, person_id: int, token: str, browser: str, by: By) -> None:
    """A newer link replaces the older ones. `browser` is a secret that only the asking browser holds."""
    session.execute(
        delete(SignInLinkRow).where(
            (col(SignInLinkRow.person_id) == person_id) | (col(SignInLinkRow.expires_at) <= by.at)
        )
    )
    session.add(
        SignInLinkRow(
            token_hash=token_hash(token), browser_hash=token_hash(browser), person_id=person_id,
            expires_at=by.at + LINK_LASTS,
        )
    )  # fmt: skip
    record(session, by, "ask_link", f"person:{person_id}")


def use_link(session: Session, token: str, browser: str, by: By) -> PersonRow:
    """Whose link it was; it is used up. Raises `Refused`, saying why; from another browser it stays unused."""
    link = session.get(SignInLinkRow, token_hash(token), with_for_update=True)
    if link is None or link.expires_at <= by.at:
        raise Refused(OVER)
    if link.browser_hash != token_hash(browser):
        raise Refused(ELSEWHERE)
    person = session.get_one(PersonRow, link.person_id)
    session.delete(link)
    if not person.active:
        raise Refused(OVER)
    return person
