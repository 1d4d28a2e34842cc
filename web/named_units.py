"""Units said by name in a form: offered while one types, and what nobody knows is told with what may be meant."""

from collections.abc import Sequence

from sqlmodel import Session

from domain.directory import Directory
from domain.sentence import Sentence, joined
from store.questions.units import unit_names
from store.tree import load_directory
from web.desk import Desk
from web.faults import Faulty

MOST_OFFERED = 500
"""What is not among them may be typed all the same."""


def offered(session: Session, at: Desk) -> list[str]:
    """Names of the units there are today, in the order of the office's file. One question: the tree itself is not
    read for a list to choose from."""
    return unit_names(session, at.today, MOST_OFFERED)


def codes_of(session: Session, at: Desk, wording: str) -> Sequence[str]:
    """Codes of the units a wording means, by name, short name or code; none when any part is not known."""
    return _directory(session, at).find(wording) if wording else ()


def known_codes(session: Session, at: Desk, wording: str, field: str) -> Sequence[str]:
    """The same. Raises `Faulty` for a part nobody knows, with the units that may be meant."""
    found = _directory(session, at).resolve(wording)
    if found.unknown:
        said = Sentence("Cơ quan không có đơn vị nào tên là: {names}.", names="; ".join(found.unknown))
        may_be = "; ".join(one.name for one in found.suggestions)
        raise Faulty(
            {field: joined(" ", (said, Sentence("Có thể là: {names}.", names=may_be))) if may_be else said}
        )
    return found.codes


def one_code(session: Session, at: Desk, wording: str, field: str) -> str:
    """The code of the one unit meant, "" for nothing typed. Raises `Faulty` for nobody and for several."""
    codes = known_codes(session, at, wording, field) if wording else ("",)
    if len(codes) > 1:
        raise Faulty({field: Sentence("Tên này chỉ nhiều đơn vị; hãy ghi một đơn vị.")})
    return codes[0]


def _directory(session: Session, at: Desk) -> Directory:
    return load_directory(session, at.office, named_on=at.today, given_on=at.today)
