"""The missing-field desk over a real office: it learns from what was issued and changes nothing."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, func, select

from actions.changes import By
from actions.errors import NotFound
from runtime.directives import approve_complete, take_in_text, teach
from runtime.installing import install_folder
from runtime.missing_fields import Open, missing_fields
from runtime.settings import Settings
from runtime.works import Works
from store.tables import AuditRow
from tests.support.tree import ROOT

AT = datetime(2026, 11, 3, 1, tzinfo=UTC)
BY = By("van-thu", AT)
OLD = """KẾ HOẠCH
Số: 1/KH-UBND, ngày 05 tháng 01 năm 2026

1. Trạm Y tế phường kiểm tra bếp ăn bán trú, vệ sinh an toàn thực phẩm trước ngày 20/3/2026.
"""
NEW = """KẾ HOẠCH
Số: 9/KH-UBND, ngày 02 tháng 11 năm 2026

1. Tăng cường kiểm tra bếp ăn bán trú và vệ sinh an toàn thực phẩm.
2. Bộ phận Một cửa lập kế hoạch cải cách thủ tục trước ngày 15/12/2026.
"""


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    works = Works.of(Settings(home=tmp_path))
    install_folder(works, ROOT / "examples" / "van-phong-mau")
    yield works
    works.db.dispose()


def desk(works: Works, session: Session, directive_id: int) -> dict[str, Open]:
    return {one.draft.quote[:1]: one for one in missing_fields(works, session, directive_id, AT)}


def test_proposals_come_from_earlier_duties_and_a_taught_name_fills_its_gap(works: Works) -> None:
    old, _ = take_in_text(works, OLD, "cu.txt", BY)
    assert approve_complete(works, old, BY) == (1, 0)
    new, _ = take_in_text(works, NEW, "moi.txt", BY)

    with works.db.read() as session:
        lines = session.exec(select(func.count()).select_from(AuditRow)).one()
        first, second = desk(works, session, new).values()
        assert session.exec(select(func.count()).select_from(AuditRow)).one() == lines
    lead, deadline, product, _ = first.gaps
    assert [(fill.value, fill.source) for fill in lead.fills] == [("Trạm Y tế phường", "earlier")]
    assert "kiểm tra bếp ăn bán trú" in lead.fills[0].reason
    assert "1/KH-UBND" in deadline.fills[0].reason
    assert [fill.value for fill in product.fills] == ["báo cáo kết quả"]
    assert (second.gaps[0].field, second.gaps[0].wording) == ("unit", "Bộ phận Một cửa")

    with works.db.transaction() as session:
        assert teach(works, session, "Bộ phận Một cửa", ["van-phong"], BY) == 1
        _, second = desk(works, session, new).values()
    assert second.draft.missing == []
    assert "unit" not in [gap.field for gap in second.gaps]


def test_a_directive_that_does_not_exist_has_no_desk(works: Works) -> None:
    with works.db.read() as session, pytest.raises(NotFound):
        missing_fields(works, session, 99, AT)
