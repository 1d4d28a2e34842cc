"""`dondoc install DIR`: an office from its folder, or its update."""

from pathlib import Path
from typing import Annotated

import typer

from cli.sentences import told
from runtime.installing import install_folder
from runtime.settings import Settings
from runtime.works import Works


def install(
    folder: Annotated[
        Path, typer.Argument(metavar="THƯ-MỤC", help="Thư mục có office.yaml, units.csv, people.csv")
    ],
) -> None:
    """Cài hoặc cập nhật cơ quan từ một thư mục. Thư mục có lỗi thì không ghi gì."""
    with told():
        done = install_folder(Works.of(Settings()), folder)
    print(f"Đã cài {done.units} đơn vị, {done.people} dòng nhân sự.")
    if done.absent:
        print(f"Không có trong thư mục nhưng vẫn giữ trong cơ sở dữ liệu: {', '.join(done.absent)}")
