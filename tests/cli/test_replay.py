"""`dondoc replay` as a person types it: a table, documents, letters; and one sentence when it cannot be done."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from docx import Document
from typer.testing import CliRunner

from cli.main import main
from tests.support.replaying import SAMPLE

DIRECTIVE = str(SAMPLE / "directive.txt")
NOVEMBER = ("--from", "2026-11-02", "--to", "2026-11-30", "--seed", "7")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["replay", *map(str, arguments)])


def test_it_ends_with_a_table_the_reports_and_the_letters(tmp_path: Path) -> None:
    done = run(DIRECTIVE, "--office", SAMPLE, *NOVEMBER, "--out", tmp_path)
    assert done.exit_code == 0, done.output
    assert "Lượt giao cho đơn vị" in done.output
    assert "Mã nhật ký: " in done.output
    said = "\n".join(p.text for p in Document(str(tmp_path / "bao-cao-2026-11.docx")).paragraphs)
    assert "Kết quả thực hiện nhiệm vụ tháng 11/2026" in said
    assert list((tmp_path / "mail").glob("*.eml"))


def without_units(office: Path) -> None:
    (office / "units.csv").unlink()


def unknown_pack(office: Path) -> None:
    (office / "bao-cao-thang.pack.yaml").unlink()


def broken_pack(office: Path) -> None:
    pack = office / "bao-cao-thang.pack.yaml"
    pack.write_text(pack.read_text("utf-8").replace("report.su_co == 0", "report.su_coo == 0"), "utf-8")


def broken_script(office: Path) -> None:
    (office / "replay.yaml").write_text("shares: {asleep: 1}", "utf-8")


@pytest.mark.parametrize(
    ("break_it", "named"),
    [
        (without_units, "units.csv: thiếu tệp này"),
        (unknown_pack, "mau-bao-cao-thang"),
        (broken_pack, "su_coo"),
        (broken_script, "replay.yaml, mục “shares"),
    ],
)
def test_a_broken_office_folder_is_named(
    tmp_path: Path, break_it: Callable[[Path], None], named: str
) -> None:
    office = shutil.copytree(SAMPLE, tmp_path / "office")
    break_it(office)
    refused = run(DIRECTIVE, "--office", office, *NOVEMBER, "--out", tmp_path / "out")
    assert refused.exit_code == 1
    assert named in refused.stderr


def test_a_missing_directive_is_named(tmp_path: Path) -> None:
    refused = run(tmp_path / "khong-co.txt", "--office", SAMPLE, *NOVEMBER, "--out", tmp_path)
    assert refused.exit_code == 1
    assert "khong-co.txt" in refused.stderr


def test_days_in_the_wrong_order_are_refused(tmp_path: Path) -> None:
    refused = run(
        DIRECTIVE, "--office", SAMPLE, "--from", "2026-11-30", "--to", "2026-11-02", "--out", tmp_path
    )
    assert refused.exit_code == 1
    assert "ở trước ngày đầu" in refused.stderr
