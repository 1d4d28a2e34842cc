"""Photos: kept under the hash the device gave, once, without what the camera wrote into them."""

import hashlib
import io
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from sqlmodel import select

from actions.changes import By
from actions.errors import NotFound, Refused
from actions.take_photo import take_photo
from actions.visit_papers import record_of
from intake.photo import LARGEST, clean
from intake.refusal import IntakeError
from reports.blocks import Picture
from store.database import Database
from store.evidence import EvidenceStore
from store.inspection_tables import PhotoRow, VisitRow
from store.questions.records import visit_record
from store.questions.visits import missing_photos
from tests.support.inspections import MORNING, a_batch, a_visit, an_answer, close, send
from tests.support.makers import Sample, an_office

PLACE = b"20.1234N"


def jpeg(*, telling: bool) -> bytes:
    drawn, image = io.BytesIO(), Image.new("RGB", (64, 48), (180, 90, 60))
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()  # ImageDescription
    image.save(drawn, "JPEG", **({"exif": exif, "comment": PLACE} if telling else {}))
    return drawn.getvalue()


def png() -> bytes:
    drawn, told = io.BytesIO(), PngInfo()
    told.add_text("Comment", PLACE.decode())
    Image.new("RGB", (8, 8), (1, 2, 3)).save(drawn, "PNG", pnginfo=told)
    return drawn.getvalue()


def hashed(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def sample(db: Database) -> Sample:
    return an_office(db)


@pytest.fixture
def visit_id(db: Database, sample: Sample) -> int:
    return a_visit(db, sample).visit_id


@pytest.fixture
def evidence(tmp_path: Path) -> EvidenceStore:
    return EvidenceStore(tmp_path / "evidence")


def put(
    db: Database, evidence: EvidenceStore, visit_id: int, data: bytes, who: str = "mai", name: str = ""
) -> PhotoRow:
    with db.transaction() as session:
        return take_photo(
            session, evidence, visit_id, sha256=name or hashed(data), data=data, by=By(who, MORNING)
        )


def test_a_clean_photo_keeps_its_bytes_and_is_kept_once(
    db: Database, visit_id: int, evidence: EvidenceStore
) -> None:
    data = jpeg(telling=False)
    first, again = put(db, evidence, visit_id, data), put(db, evidence, visit_id, data)
    assert first.id == again.id
    assert (first.sha256, first.stored, first.media_type) == (hashed(data), hashed(data), "image/jpeg")
    assert evidence.get(first.stored) == data
    with db.read() as session:
        assert len(session.exec(select(PhotoRow)).all()) == 1


@pytest.mark.parametrize("data", [jpeg(telling=True), png()], ids=["jpeg", "png"])
def test_what_the_camera_wrote_is_taken_out_and_the_answer_still_finds_its_photo(
    db: Database, visit_id: int, evidence: EvidenceStore, data: bytes
) -> None:
    assert PLACE in data
    send(db, visit_id, a_batch("one", an_answer("K1", "missing", note="x", photos=[hashed(data)])))
    row = put(db, evidence, visit_id, data)
    kept = evidence.get(row.stored)
    assert PLACE not in kept
    assert Image.open(io.BytesIO(kept)).tobytes() == Image.open(io.BytesIO(data)).tobytes()
    with db.read() as session:
        assert missing_photos(session, visit_id) == ()
        paper = record_of(session, evidence, visit_id, MORNING)
    assert [block.data for block in paper.blocks if isinstance(block, Picture)] == [kept]


BROKEN = [
    ("no picture", b"<svg onload=alert(1)>", "không phải là ảnh"),
    ("cut off", jpeg(telling=False)[:-40], "cắt cụt"),
    ("cut off in a segment", jpeg(telling=True)[:30], "cắt cụt"),
    ("a png cut off", png()[:40], "cắt cụt"),
    ("too large", b"\xff\xd8" + b"0" * LARGEST, "quá lớn"),
    ("empty", b"", "không phải là ảnh"),
]


@pytest.mark.parametrize(("remark", "data", "why"), BROKEN, ids=[remark for remark, *_ in BROKEN])
def test_what_is_no_photo_is_refused_with_a_reason(remark: str, data: bytes, why: str) -> None:
    with pytest.raises(IntakeError, match=why):
        clean(data, "Ảnh")


def test_what_hangs_on_behind_the_picture_is_not_kept() -> None:
    data = jpeg(telling=False)
    assert clean(data + b"PK\x03\x04 archive", "Ảnh")[0] == data


def test_bytes_that_changed_on_the_way_are_refused_and_may_come_again(
    db: Database, visit_id: int, evidence: EvidenceStore
) -> None:
    data = jpeg(telling=False)
    with pytest.raises(Refused, match="sai lệch"):
        put(db, evidence, visit_id, data[:-9] + b"\xff\xd9", name=hashed(data))
    assert put(db, evidence, visit_id, data).size == len(data)


def test_a_closed_visit_still_takes_the_photos_its_answers_named_and_no_others(
    db: Database, visit_id: int, evidence: EvidenceStore
) -> None:
    named, other = jpeg(telling=False), png()
    send(db, visit_id, a_batch("one", an_answer("K1", "missing", photos=[hashed(named)])))
    close(db, visit_id, at=MORNING + timedelta(hours=1))
    assert put(db, evidence, visit_id, named).sha256 == hashed(named)
    with db.read() as session:
        record = visit_record(session, visit_id)
        assert record is not None
        assert session.get_one(VisitRow, visit_id).record_hash == record.hash
    with pytest.raises(Refused, match="đã kết thúc"):
        put(db, evidence, visit_id, other)


def test_a_stranger_puts_nothing_there(db: Database, visit_id: int, evidence: EvidenceStore) -> None:
    with pytest.raises(NotFound):
        put(db, evidence, visit_id, jpeg(telling=False), who="binh")
    assert not evidence.folder.exists()


def test_a_photo_sent_for_itself_stands_in_the_record_and_one_taken_out_of_an_answer_does_not(
    db: Database, visit_id: int, evidence: EvidenceStore
) -> None:
    paper, dropped = jpeg(telling=False), png()
    send(db, visit_id, a_batch("one", an_answer("K1", "missing", photos=[hashed(dropped)])))
    send(db, visit_id, a_batch("two", an_answer("K1", "missing", seq=2)))
    put(db, evidence, visit_id, dropped)
    put(db, evidence, visit_id, paper)
    with db.read() as session:
        record = visit_record(session, visit_id)
    assert record is not None
    assert record.papers == (hashed(paper),)
    assert all(line.photos == () for line in record.lines)
