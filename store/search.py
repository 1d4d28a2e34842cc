"""Words by which units and duties are found (tìm kiếm), folded: `hoa sen`, `Hòa Sen` and `HOÀ SEN` are one, đ is d.

An ordinary index over words answers the beginning of a word on both databases alike; nothing is scanned.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, false, insert, or_, select
from sqlmodel import Field, Session, SQLModel, col

from domain.fields import one_of, string
from domain.folding import fold

MOST_WORDS = 6
LAST = "z" * 8
"""Behind every word that goes on after a beginning: words hold the letters a-z and digits alone."""
BATCH = 500


class Thing(StrEnum):
    UNIT = "unit"
    DUTY = "duty"


class SearchWordRow(SQLModel, table=True):
    """Made from what stands elsewhere, and made anew when that changes (`remember`)."""

    __tablename__ = "search_word"

    word: str = string(primary_key=True)
    kind: Thing = Field(sa_type=one_of(Thing), primary_key=True)
    thing_id: int = Field(primary_key=True, index=True)


def words_of(text: str) -> tuple[str, ...]:
    """At most `MOST_WORDS` different words of what somebody looks for."""
    return tuple(dict.fromkeys(_words(text)))[:MOST_WORDS]


def _words(text: str) -> list[str]:
    return fold(text).replace("&", " ").split()


def remember(session: Session, kind: Thing, texts: Mapping[int, str]) -> None:
    """`texts`: what each thing, by id, is found by from now on."""
    ids = list(texts)
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        known = col(SearchWordRow.thing_id).in_(some)
        session.execute(delete(SearchWordRow).where(col(SearchWordRow.kind) == kind, known))
        session.execute(
            insert(SearchWordRow),
            [
                {"word": one, "kind": kind, "thing_id": thing_id}
                for thing_id in some
                for one in sorted(set(_words(texts[thing_id])))
            ],
        )


@dataclass(frozen=True)
class Sought:
    """One word, and the kinds of things that have one beginning so."""

    word: str
    kinds: tuple[Thing, ...] = ()

    def among(self, kind: Thing) -> Select[Any]:
        w = SearchWordRow
        return select(col(w.thing_id)).where(
            col(w.word).between(self.word, self.word + LAST), col(w.kind) == kind
        )


def seek(session: Session, words: Sequence[str]) -> list[Sought]:
    """Looked up before the real question, so that it asks only where there is something to find: a word no duty
    has makes the index of units answer alone."""
    pairs = list(product(words, Thing))
    if not pairs:
        return []
    there = session.execute(select(*(exists(Sought(one).among(kind)) for one, kind in pairs))).one()
    has = {pair for pair, found in zip(pairs, there, strict=True) if found}
    return [Sought(one, tuple(kind for kind in Thing if (one, kind) in has)) for one in words]


def holds(sought: Sequence[Sought], unit_id: Any, duty_id: Any) -> list[ColumnElement[bool]]:
    """Conditions that every word is in the name of the unit or of the duty; no word is no condition."""
    columns = {Thing.UNIT: unit_id, Thing.DUTY: duty_id}
    return [or_(false(), *(columns[kind].in_(one.among(kind)) for kind in one.kinds)) for one in sought]
