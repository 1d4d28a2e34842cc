"""The `dondoc` command. Each subcommand is a file here, imported only when it is called."""

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

COMMANDS: dict[str, str] = {
    "run": "Chạy trang web, đồng hồ và hộp thư thử trong một lệnh",
    "install": "Cài hoặc cập nhật cơ quan từ một thư mục",
    "password": "Đặt mật khẩu cho một người",
    "read": "Đọc một văn bản chỉ đạo, in ra các việc được giao",
    "take-in": "Tiếp nhận văn bản vào cơ sở dữ liệu; --approve duyệt theo chính sách",
    "drafts": "Xem, duyệt, bỏ các nội dung đang chờ",
    "review": "Bàn rà soát: điều còn thiếu, tách, gộp, dạy tên đơn vị, xem trước khi giao",
    "when": "Tính hạn của một cụm từ chỉ thời gian",
    "judge": "Thử một điều kiện của luật tuân thủ",
    "what-if": "Thử một quy tắc nháp trên một kỳ đã qua",
    "tick": "Chạy một lượt đồng hồ rồi thoát",
    "preview": "Xem trước thư sẽ gửi trong những ngày tới",
    "replay": "Chạy lại cả năm trên đồng hồ ảo",
    "sim": "Mô phỏng nhiều năm với sự cố, kiểm mọi lời hứa",
    "deploy": "Ghi các lịch chạy lên máy chủ Prefect",
    "doctor": "Kiểm tra máy, thư viện, cơ sở dữ liệu",
}


class Lazy(TyperGroup):
    """Loads a subcommand's file when it is asked for: `--help` and `read` stay fast."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, name: str) -> Any:
        if name not in COMMANDS:
            typer.echo(f"dondoc: không có lệnh “{name}”. Các lệnh: {', '.join(COMMANDS)}.", err=True)
            raise SystemExit(2)
        plain = name.replace("-", "_")
        found = getattr(import_module(f"cli.{plain}"), plain)
        if isinstance(found, typer.Typer):
            return typer.main.get_command(found)
        app = typer.Typer(add_completion=False)
        app.command(name, help=COMMANDS[name], cls=import_module("cli.worded").Command)(found)
        return typer.main.get_command(app)

    def main(self, *args: Any, **extra: Any) -> Any:
        """What is wrong with a command line is said in Vietnamese."""
        try:
            code = super().main(*args, **(extra | {"standalone_mode": False}))
        except TyperException as error:
            code = import_module("cli.worded").refuse(error)
        except typer.Abort:
            typer.echo("Đã dừng.", err=True)
            code = 1
        raise SystemExit(code if isinstance(code, int) else 0)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The list from the table above, without importing what it names."""
        width = max(map(len, COMMANDS)) + 2
        lines = "\n".join(f"  {name:<{width}}{what}" for name, what in COMMANDS.items())
        typer.echo(
            f"{ctx.command.help}\n\nCách dùng: dondoc LỆNH …\n\n{lines}\n\ndondoc LỆNH --help nói rõ từng lệnh."
        )


main = typer.Typer(cls=Lazy, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@main.callback()
def root() -> None:
    """dondoc: từ văn bản chỉ đạo đến việc được giao, nhắc, kiểm và báo cáo."""


if __name__ == "__main__":
    main()
