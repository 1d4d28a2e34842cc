"""`dondoc sim`: the product among faults, on virtual time, every promise checked after every day."""

from typing import Annotated

import typer
from rich.console import Console

from flows.schedule import TABLE
from runtime.sim.play import Found, play


def sim(
    seeds: Annotated[int, typer.Option(min=1, help="Số hạt giống, mỗi hạt một diễn biến")] = 5,
    days: Annotated[int, typer.Option(min=1, help="Số ngày ảo của mỗi hạt")] = 400,
    seed: Annotated[int, typer.Option(help="Hạt giống đầu tiên")] = 1,
) -> None:
    """Mô phỏng: hai đồng hồ, thư và cơ sở dữ liệu hỏng theo kịch bản; mọi lời hứa được kiểm sau mỗi ngày."""
    console = Console(highlight=False, soft_wrap=True)
    for number in range(seed, seed + seeds):
        try:
            told = play(TABLE, number, days)
        except Found as found:
            console.print(f"Hạt {number}: {found}", style="bold red")
            raise typer.Exit(1) from None
        weather = "lặng" if told.calm else f"{told.faults} sự cố máy"
        console.print(
            f"Hạt {number}: {days} ngày, {weather}, {told.submissions} lượt nộp, {told.letters} thư, "
            f"{told.copies - told.letters} bản thừa được phép; {told.story[:16]}"
        )
