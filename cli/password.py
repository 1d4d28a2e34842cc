"""`dondoc password CODE`: give a person a password; it is asked for, never an argument others can read."""

from typing import Annotated

import typer

from actions.changes import By
from actions.set_password import set_password
from cli.sentences import told
from runtime import clock
from runtime.settings import Settings
from runtime.works import Works


def password(
    person: Annotated[
        str, typer.Argument(metavar="MÃ-NGƯỜI", help="Mã người dùng, cột “code” của people.csv")
    ],
) -> None:
    """Đặt mật khẩu cho một người; các phiên đang đăng nhập của người ấy kết thúc."""
    typed = typer.prompt("Mật khẩu mới", hide_input=True, confirmation_prompt="Gõ lại lần nữa")
    with told(), Works.of(Settings()).db.transaction() as session:
        set_password(session, person, typed, By("dondoc password", clock.now()))
    print("Đã đặt mật khẩu.")
