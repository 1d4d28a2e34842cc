"""`dondoc what-if`: a draft rule tried on a past period, before anybody is judged by it."""

from pathlib import Path
from typing import Annotated

import typer

from actions.errors import NotFound
from actions.publish_rule import objections
from actions.what_if import Tried, WhatIf
from actions.what_if import what_if as try_on
from cli.sentences import told
from domain.verdict import Outcome
from runtime.settings import Settings
from runtime.works import Works

SAID = {
    None: "không thuộc phạm vi",
    Outcome.MET: "đạt",
    Outcome.NOT_MET: "không đạt",
    Outcome.UNKNOWN: "chưa kết luận được",
}


def what_if(
    rule: Annotated[Path, typer.Argument(metavar="QUY-TẮC.yaml", help="Quy tắc nháp.")],
    pack: Annotated[str, typer.Option(help="Mã bộ quy tắc mà quy tắc thuộc về.")],
    period: Annotated[str, typer.Option(help="Kỳ đã qua, như 2023-02.")],
) -> None:
    """Thử một quy tắc nháp trên một kỳ đã qua: ai không đạt, ai đổi kết luận, thiếu số liệu nào."""
    works = Works.of(Settings())
    with told(), works.db.read() as session:
        packs = works.packs_in_force(session)
        if pack not in packs:
            raise NotFound(f"Không có bộ quy tắc “{pack}”; đang có: {', '.join(sorted(packs))}.")
        text = rule.read_text(encoding="utf-8-sig")
        for conflict in objections(packs[pack], text):
            print(f"! {conflict.message}")
        show(try_on(session, packs[pack], text, period, works.bench(works.circumstances(session))))


def show(found: WhatIf) -> None:
    if not found.tried and not found.silent:
        print(
            f"Kỳ {found.period}: không có báo cáo nào của bộ này; kỳ viết như 2023-02, 2023-Q1, NH2022-2023."
        )
        return
    counts = {outcome: len(found.of(outcome)) for outcome in Outcome}
    print(
        f"Kỳ {found.period}: {len(found.tried)} báo cáo, {counts[Outcome.MET]} đạt, {counts[Outcome.NOT_MET]} "
        f"không đạt, {counts[Outcome.UNKNOWN]} chưa kết luận được; {len(found.silent)} đơn vị chưa báo cáo."
    )
    _list("Không đạt", [f"{one.unit}: {one.why}" for one in found.of(Outcome.NOT_MET)])
    _list("Đổi kết luận so với quy tắc đang dùng", [_change(one) for one in found.tried if one.changed])
    _list("Số liệu còn thiếu", [f"{figure}: {units} đơn vị" for figure, units in found.missing.items()])
    _list("Chưa báo cáo", found.silent)


def _change(one: Tried) -> str:
    return f"{one.unit}: {SAID[one.before]} → {SAID[one.outcome]}"


def _list(title: str, lines: list[str] | tuple[str, ...]) -> None:
    if lines:
        print("\n".join([f"\n{title}:", *(f"  {line}" for line in lines)]))
