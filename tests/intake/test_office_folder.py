"""An office folder with faults names every one of them: file, row, field, remedy. Nothing is half installed."""

import shutil
from pathlib import Path

import pytest

from intake.office_folder import FolderError, load_office_folder
from tests.support.tree import ROOT

SAMPLE = ROOT / "examples" / "van-phong-mau"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLE, tmp_path / "office"))


def problems(folder: Path) -> list[str]:
    with pytest.raises(FolderError) as refused:
        load_office_folder(folder)
    return refused.value.problems


@pytest.mark.parametrize("name", ["van-phong-mau", "uong-bi"])
def test_the_offices_that_ship_are_whole(name: str) -> None:
    office = load_office_folder(ROOT / "examples" / name)
    assert office.units
    assert office.people


@pytest.mark.parametrize(
    ("file", "row", "said"),
    [
        ("units.csv", ",Trường không mã,,trường,,,", "cột “code”: để trống"),
        ("people.csv", "x,Người Lạ,x@y.example,khong-co,head", "“khong-co” không có trong units.csv"),
        ("people.csv", "x,Người Lạ,x@y.example,ubnd,king", "“king” không phải một vai trò"),
        ("people.csv", "x,,x@y.example,ubnd,head", "cột “name”: để trống"),
        (
            "calendar.csv",
            "2026-03-02,nghỉ,Hội trường,KH 1,,",
            "“nghỉ” không dùng được; hãy viết off hoặc work",
        ),
        ("calendar.csv", "02/03/2026,off,Hội trường,KH 1,,", "“02/03/2026” không phải ngày"),
        ("calendar.csv", "2026-03-02,off,,KH 1,,", "cột “reason”: để trống"),
        ("calendar.csv", "2026-03-02,off,Hội trường,KH 1,,khong-co", "“khong-co” không có trong units.csv"),
    ],
)
def test_a_broken_row_is_named_with_its_file_and_column(folder: Path, file: str, row: str, said: str) -> None:
    path = folder / file
    if file == "calendar.csv":
        path.write_text("day,kind,reason,source,status,unit\n", "utf-8")
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, row, ""]), "utf-8")
    [problem] = [p for p in problems(folder) if said in p]
    assert file in problem


def test_all_faults_are_told_at_once(folder: Path) -> None:
    (folder / "people.csv").write_text(
        "code,name,email,unit,role\na,,a@b.vn,ubnd,head\nb,B,b@b.vn,ubnd,king\n", "utf-8"
    )
    (folder / "office.yaml").write_text("code: x\nname: Y\nunit: nowhere\n", "utf-8")
    said = problems(folder)
    assert len(said) == 3
    assert "dòng 2" in said[0]
    assert "dòng 3" in said[1]


def test_a_circle_of_superiors_is_refused(folder: Path) -> None:
    (folder / "units.csv").write_text("code,name,parent\nubnd,UBND,b\nb,B,ubnd\n", "utf-8")
    assert any("vòng cấp trên" in problem for problem in problems(folder))


def test_a_setting_nobody_knows_is_named(folder: Path) -> None:
    with (folder / "office.yaml").open("a", encoding="utf-8") as file:
        file.write("colour: red\n")
    assert any("office.yaml, mục “colour”" in problem for problem in problems(folder))


def test_a_file_that_is_not_text_is_refused_with_a_remedy(folder: Path) -> None:
    (folder / "units.csv").write_bytes(b"\xff\xfe\x00")
    assert any("units.csv" in problem and "CSV UTF-8" in problem for problem in problems(folder))


def test_a_folder_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    assert problems(tmp_path / "none") == ["không có thư mục này; hãy kiểm tra đường dẫn"]
