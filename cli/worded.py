"""What Typer says by itself (usage, headings, errors of the command line), in Vietnamese."""

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from typer import rich_utils
from typer.core import TyperArgument, TyperCommand, TyperGroup
from typer.exceptions import TyperException

USAGE = {"Usage: ": "Cách dùng: ", "[OPTIONS]": "[TÙY CHỌN]", "COMMAND [ARGS]...": "LỆNH …"}
HEADINGS = {
    "ARGUMENTS_PANEL_TITLE": "Phải ghi",
    "OPTIONS_PANEL_TITLE": "Tùy chọn",
    "COMMANDS_PANEL_TITLE": "Lệnh",
    "REQUIRED_LONG_STRING": "[bắt buộc]",
    "DEFAULT_STRING": "[mặc định: {}]",
}
KINDS = {
    "<int>": "<số>",
    "<int range>": "<số>",
    "<str>": "<chữ>",
    "<path>": "<tệp>",
    "<datetime>": "<thời điểm>",
    "<%Y-%m-%d>": "<năm-tháng-ngày>",
    "<bool>": "",
    "<list[str]>": "<chữ …>",
}
HELP = "Xem hướng dẫn này."


class Worded:
    """Mixed into a command or a group."""

    def get_usage(self, ctx: Any) -> str:
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        for english, ours in USAGE.items():
            usage = usage.replace(english, ours)
        return usage

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = HELP
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        vars(rich_utils).update(HEADINGS)
        for param in self.get_params(ctx):  # type: ignore[attr-defined]
            param.display_type = partial(_kind, param.display_type)
        super().format_help(ctx, formatter)  # type: ignore[misc]


class Command(Worded, TyperCommand):
    pass


class Group(Worded, TyperGroup):
    pass


def _kind(said: Callable[[Any], str | None], ctx: Any) -> str | None:
    kind = said(ctx)
    return KINDS.get(kind, kind) if kind else kind


def refuse(error: TyperException) -> int:
    """Say what is wrong with a command line. Returns the exit code."""
    if type(error).__name__ == "NoArgsIsHelpError":  # the help itself has been printed
        return error.exit_code
    ctx: Any = getattr(error, "ctx", None)
    if ctx is not None:
        print(ctx.command.get_usage(ctx), file=sys.stderr)
    print(f"dondoc: {_said(error, ctx)}", file=sys.stderr)
    if ctx is not None:
        print(f"Xem: {ctx.command_path} --help", file=sys.stderr)
    return error.exit_code


def _said(error: Any, ctx: Any) -> str:
    param = getattr(error, "param", None)
    name = (isinstance(param, TyperArgument) and param.metavar) or (param.opts[-1] if param else "")
    match type(error).__name__:
        case "MissingParameter":
            return f"thiếu “{name}”."
        case "NoSuchOption":
            near = ", ".join(error.possibilities or ())
            return f"không có tùy chọn “{error.option_name}”{f'; có phải {near}?' if near else '.'}"
        case "BadParameter":
            return f"giá trị ghi cho “{name}” không đúng kiểu; kiểu của từng mục có trong hướng dẫn."
        case "BadOptionUsage":
            return f"tùy chọn “{error.option_name}” thiếu hoặc thừa giá trị."
        case "UsageError" if isinstance(ctx.command, TyperGroup):
            return f"không có lệnh này. Các lệnh: {', '.join(ctx.command.list_commands(ctx))}."
        case _:
            return str(error.format_message())
