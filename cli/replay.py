"""`dondoc replay`: a directive played over months on a virtual clock, in a minute, with its mail and reports."""

import shutil
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cli.replay_table import print_tally
from cli.sentences import told
from domain.instants import end_of
from flows.schedule import TABLE
from intake.formats import load
from intake.office_folder import load_office_folder
from notifications.channels.email import EmailChannel
from runtime.mail_sink import mail_sink
from runtime.replay import Play
from runtime.replay import replay as play_through
from runtime.settings import Settings
from runtime.unit_script import load_script
from runtime.works import Works
from store.database import Database
from store.evidence import EvidenceStore
from store.questions.reports import reports
from store.questions.tally import tally


def replay(
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp văn bản chỉ đạo")],
    office: Annotated[
        Path, typer.Option(metavar="THƯ-MỤC", help="Thư mục cơ quan: đơn vị, người, chính sách, kịch bản")
    ],
    since: Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="Ngày đầu")],
    until: Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Ngày cuối")],
    seed: Annotated[int, typer.Option(help="Cùng số này thì cùng diễn biến")] = 1,
    db: Annotated[
        str, typer.Option(metavar="URL", help="Cơ sở dữ liệu; chạy lại là đi tiếp. Để trống: tạm")
    ] = "",
    out: Annotated[Path, typer.Option(metavar="THƯ-MỤC", help="Nơi ghi báo cáo và thư")] = Path("var/replay"),
) -> None:
    """Diễn lại một văn bản trên đồng hồ ảo: giao việc, nộp, thẩm định, nhắc, báo cáo. Thư không rời máy này."""
    console = Console()
    with told(), ExitStack() as stack:
        folder = load_office_folder(office)
        play = Play(folder, load_script(office), load(file).text, file.name, since.date(), until.date(), seed)
        home = Path(stack.enter_context(TemporaryDirectory(prefix="dondoc-replay-")))
        sink = stack.enter_context(mail_sink(_mail_folder(out, keep=bool(db))))
        works = Works(
            settings=Settings(home=home),
            db=Database(db or f"sqlite:///{home / 'replay.sqlite3'}", durable=False),
            evidence=EvidenceStore(out / "evidence"),
            channel=EmailChannel(host=sink.host, port=sink.port),
            extra_packs=tuple(folder.packs),
        )
        stack.callback(works.db.dispose)
        with _bar(console) as bar:
            days = bar.add_task("", total=sum(1 for _ in play.days()))
            done = play_through(
                works,
                TABLE,
                play,
                on_day=lambda day: bar.update(days, advance=1, description=f"{day:%d/%m/%Y}"),
            )
        _tell(console, works, play, out)
    if done["poison"]:
        console.print(f"Có {done['poison']} phần việc của lịch bị lỗi; xem nhật ký ở trên.", style="bold red")
        raise typer.Exit(1)


def _mail_folder(out: Path, *, keep: bool) -> Path:
    """Letters of an earlier run stay only where that run is continued."""
    folder = out / "mail"
    if not keep:
        shutil.rmtree(folder, ignore_errors=True)
    return folder


def _tell(console: Console, works: Works, play: Play, out: Path) -> None:
    with works.db.read() as session:
        print_tally(console, tally(session, end_of(play.until, play.folder.office.tz)))
        made = reports(session)
    for report in made:
        path = out / f"bao-cao-{report.period}.docx"
        path.write_bytes(works.evidence.get(report.sha256))
        console.print(f"Báo cáo {report.period}: {path}", highlight=False, soft_wrap=True)
    console.print(f"Thư: {out / 'mail'}", highlight=False, soft_wrap=True)


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
    )
