"""What `dondoc what-if` prints."""

import pytest

from actions.what_if import Tried, WhatIf
from cli.what_if import show
from domain.verdict import Outcome


def test_it_lists_who_fails_whose_verdict_changes_what_is_missing_and_who_is_silent(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show(
        WhatIf(
            "2023-02",
            (
                Tried("Trường A", Outcome.NOT_MET, "Thu: 73,6 % < 80 %", Outcome.MET, ()),
                Tried("Trường B", Outcome.UNKNOWN, "thiếu", Outcome.UNKNOWN, ("Số cha mẹ",)),
            ),
            ("Trường C",),
        )
    )
    assert capsys.readouterr().out.splitlines() == [
        "Kỳ 2023-02: 2 báo cáo, 0 đạt, 1 không đạt, 1 chưa kết luận được; 1 đơn vị chưa báo cáo.",
        "",
        "Không đạt:",
        "  Trường A: Thu: 73,6 % < 80 %",
        "",
        "Đổi kết luận so với quy tắc đang dùng:",
        "  Trường A: đạt → không đạt",
        "",
        "Số liệu còn thiếu:",
        "  Số cha mẹ: 1 đơn vị",
        "",
        "Chưa báo cáo:",
        "  Trường C",
    ]


def test_a_period_without_reports_is_said_to_have_none(capsys: pytest.CaptureFixture[str]) -> None:
    show(WhatIf("thang2", (), ()))
    assert "không có báo cáo nào" in capsys.readouterr().out
