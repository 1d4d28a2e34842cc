"""The theme of the year, compared between documents."""

from intake.lint.themes import differing, themes_of
from tests.support.shared import shared

FIRST = "Thực hiện chủ đề năm học 2024-2025: “Kỷ cương, sáng tạo, đột phá, phát triển” trong toàn ngành."


def test_a_theme_is_read_with_its_year_and_place() -> None:
    [theme] = themes_of(FIRST)
    assert (theme.year, FIRST[theme.start : theme.end]) == ("2024-2025", theme.words)


def test_another_wording_names_both_and_another_spelling_is_none() -> None:
    texts = {
        "Kế hoạch số 1": FIRST,
        "Kế hoạch số 2": FIRST.replace(", đột phá", " -  Đột phá"),
        "Báo cáo số 3": "Năm học 2024-2025 có chủ đề của toàn ngành là “Kỷ cương, trách nhiệm, phát triển”.",
    }
    found = differing(texts)
    assert [len(found[name]) for name in texts] == [0, 0, 1]
    assert "Kế hoạch số 1" in found["Báo cáo số 3"][0].message


def test_the_theme_of_a_lesson_or_of_another_year_is_not_compared() -> None:
    other = "Chủ đề năm học 2025-2026: “Đổi mới để phát triển bền vững”. Bài học theo chủ đề “Quê hương em”."
    assert differing({"a": FIRST, "b": other})["b"] == ()


def test_the_open_documents_that_differ_are_told() -> None:
    names = ["ba-dinh-cong-van-2022", "uong-bi-ke-hoach-95-2023", "ba-dinh-bao-cao-2022"]
    texts = {name: shared(f"directives/{name}.txt").read_text("utf-8") for name in names}
    found = differing(texts)
    assert [len(found[name]) for name in names] == [0, 0, 1]
