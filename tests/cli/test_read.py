"""`dondoc read`: a directive printed as duties, or a refusal in words."""

import json
from pathlib import Path

import typer
from typer.testing import CliRunner

from cli.read import read

PLAN = "KẾ HOẠCH\n\nII. NHIỆM VỤ\n\n- Sở Y tế báo cáo trước ngày 15/12/2025.\n\nIV. KẾT QUẢ"
APP = typer.Typer()
APP.command()(read)


def _file(folder: Path) -> str:
    path = folder / "ke-hoach.txt"
    path.write_text(PLAN, "utf-8")
    return str(path)


def test_json_has_the_document_its_duties_and_its_passages(tmp_path: Path) -> None:
    made = json.loads(CliRunner().invoke(APP, [_file(tmp_path), "--json"]).stdout)
    assert made["document"]["type"] == "Kế hoạch"
    assert [t["lead"] for t in made["tasks"]] == [["Sở Y tế"]]
    assert [p["kind"] for p in made["passages"]] == ["heading", "heading", "task", "heading"]


def test_people_see_the_duty_its_unit_and_time_and_the_doubts(tmp_path: Path) -> None:
    shown = CliRunner().invoke(APP, [_file(tmp_path)]).stdout
    assert "Sở Y tế · trước ngày 15/12/2025" in shown
    assert "sau mục II là mục IV" in shown


def test_a_missing_file_is_named_and_ends_with_two(tmp_path: Path) -> None:
    result = CliRunner().invoke(APP, [str(tmp_path / "khong-co.txt")])
    assert result.exit_code == 2
    assert "không tìm thấy tệp" in result.stderr
