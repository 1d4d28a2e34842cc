"""Looking for words reads an index and scans nothing, however much there is."""

from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from store.database import Database
from store.search import SearchWordRow, Thing, remember, seek, words_of


def test_a_thing_is_found_by_what_it_is_called_now(db: Database) -> None:
    with db.transaction() as session:
        remember(session, Thing.UNIT, {1: "Trường Hòa Sen", 2: "Trường Sông Xanh"})
        remember(session, Thing.DUTY, {1: "Hoà giải"})
        remember(session, Thing.UNIT, {1: "Trường Bình Minh"})
    with db.read() as session:
        kinds = {word: sought.kinds for word in ("hoa", "truong", "xanh") for sought in seek(session, [word])}
        [xanh] = seek(session, words_of("XÁNH"))
        assert session.scalars(xanh.among(Thing.UNIT)).all() == [2]
    assert kinds == {"hoa": (Thing.DUTY,), "truong": (Thing.UNIT,), "xanh": (Thing.UNIT,)}


def test_the_beginning_of_a_word_is_read_off_the_index(db: Database) -> None:
    with db.transaction() as session:
        remember(session, Thing.UNIT, {n: f"Trường Tiểu học số {n} phường {n % 40}" for n in range(3000)})
    sqlite_ = db.engine.dialect.name == "sqlite"
    dialect = sqlite.dialect() if sqlite_ else postgresql.dialect()  # type: ignore[no-untyped-call]
    w = SearchWordRow
    question = select(col(w.thing_id)).where(
        col(w.word).between("29", "29zzzzzzzz"), col(w.kind) == Thing.UNIT
    )
    said = str(question.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    with db.transaction() as session:
        session.execute(text("ANALYZE"))
        explained = session.execute(text(f"EXPLAIN {'QUERY PLAN' if sqlite_ else ''} {said}")).all()
    plan = "\n".join(str(row) for row in explained)
    assert ("SEARCH search_word" if sqlite_ else "Index") in plan, plan
    assert "Seq Scan" not in plan
