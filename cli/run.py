"""`dondoc run`: pages, clock, Prefect's API and the mail catcher, as one supervised process tree."""

import logging

from rich.console import Console

from cli.sentences import told
from runtime.installing import SAMPLE_PASSWORD, prepare
from runtime.settings import Settings
from runtime.supervise import Supervisor
from runtime.tree import children, free_port
from runtime.works import Works


def run() -> None:
    """Chạy trang web, đồng hồ và hộp thư thử. Ctrl-C để dừng."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    settings = Settings()
    port = free_port() if settings.prefect else 0
    with told():
        fresh = prepare(Works.of(settings))
    _greet(settings, port, fresh)
    supervisor = Supervisor(children(settings, port))
    supervisor.start()
    supervisor.watch()
    print("Đã dừng.")


def _greet(settings: Settings, prefect_port: int, fresh: bool) -> None:
    say = Console().print
    caught = "hộp thư thử trên máy này, không thư nào ra ngoài"
    say(f"[bold]dondoc[/bold]  {settings.public_url}")
    say(f"  Thư gửi đi: {settings.smtp_host or caught}")
    say(
        f"  Prefect:    {f'http://127.0.0.1:{prefect_port}' if prefect_port else 'tắt (DONDOC_PREFECT=false)'}"
    )
    say(f"  Dữ liệu:    {settings.home.resolve()}")
    if fresh:
        say("  Đã cài văn phòng mẫu từ examples/van-phong-mau.")
    if not settings.database_url:
        say(f"  Đăng nhập mẫu (mật khẩu {SAMPLE_PASSWORD}):")
        say("    van-thu, hieu-truong, chuyen-vien, lanh-dao, chu-tich, quan-tri")
    say("  Dừng: Ctrl-C")
