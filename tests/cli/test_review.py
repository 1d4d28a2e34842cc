"""`dondoc review` and the question of the same number, as they are typed."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from cli.review import review
from cli.take_in import take_in
from runtime.installing import install_folder
from runtime.settings import Settings
from runtime.works import Works
from tests.support.tree import ROOT

PLAN = """ỦY BAN NHÂN DÂN
PHƯỜNG MAI THANH
Số: 9/KH-UBND
Mai Thanh, ngày 02 tháng 11 năm 2026
KẾ HOẠCH

1. Tăng cường kiểm tra bếp ăn bán trú.
2. Bộ phận Một cửa lập kế hoạch cải cách, rà soát hồ sơ trước ngày 15/12/2026; báo cáo kết quả trước ngày 20/12/2026.
"""
# A command leaves its database to the end of its process; here that is the end of all tests.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
TAKE_IN = typer.Typer()
TAKE_IN.command()(take_in)


def said(app: typer.Typer, *words: str, ends: int = 0) -> str:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == ends, result.output
    return result.output


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The plan taken in as directive 1 of the sample office."""
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path))
    works = Works.of(Settings())
    install_folder(works, ROOT / "examples" / "van-phong-mau")
    works.db.dispose()
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, "utf-8")
    said(TAKE_IN, str(path))
    return path


def test_what_is_missing_is_told_with_proposals_until_it_is_taught(plan: Path) -> None:
    desk = said(review, "missing", "1")
    assert "Thiếu đơn vị được giao: cơ quan không có tên “Bộ phận Một cửa”" in desk
    assert "báo cáo kết quả  (câu văn có “kiểm tra”)" in desk
    assert "Chưa giao được: Nội dung mục 2" in said(review, "check", "1")
    assert "2 nội dung đang chờ" in said(review, "teach", "Bộ phận Một cửa", "van-phong")
    assert "Một cửa” chưa có" not in said(review, "missing", "1")
    checked = said(review, "check", "1")
    assert "Nội dung mục 2" not in checked
    assert "Sẽ giao 0 việc (0 việc thường xuyên) cho 0 đơn vị." in checked


@pytest.mark.parametrize("asked", ["missing", "check"])
def test_a_directive_that_is_not_there_is_refused_in_words(plan: Path, asked: str) -> None:
    assert "dondoc: Không có văn bản này." in said(review, asked, "99", ends=1)


def test_an_order_is_split_before_the_words_that_are_given(plan: Path) -> None:
    assert "Chỗ tách phải nằm giữa" in said(review, "split", "2", "không có chữ này", ends=1)
    assert said(review, "split", "2", "rà soát hồ sơ").splitlines()[1] == (
        "5. rà soát hồ sơ trước ngày 15/12/2026;"
    )
    assert "hạn khác nhau" in said(review, "merge", "5", "3", ends=1)


def test_another_text_under_the_same_number_asks_how_to_go_on(plan: Path) -> None:
    plan.write_text(PLAN.replace("bán trú", "tập thể"), "utf-8")
    asked = said(TAKE_IN, str(plan), ends=1)
    assert "9/KH-UBND ngày 02/11/2026" in asked
    assert "--same replace" in asked
    assert "Văn bản số 2 đã tiếp nhận" in said(TAKE_IN, str(plan), "--same", "replace")
    assert "đã được thay bằng văn bản tiếp nhận số 2" in said(review, "check", "1")
