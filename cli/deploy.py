"""`dondoc deploy`: the schedule onto a Prefect server (PREFECT_API_URL)."""

import os

from cli.sentences import told
from runtime.settings import Settings
from runtime.works import Works
from store.office import load_office


def deploy() -> None:
    """Ghi các lịch chạy lên máy chủ Prefect ở PREFECT_API_URL. Chạy lại là cập nhật."""
    with told():
        if not os.environ.get("PREFECT_API_URL"):
            raise FileNotFoundError("chưa đặt PREFECT_API_URL; ví dụ http://127.0.0.1:4200/api")
        with Works.of(Settings()).db.read() as session:
            zone = load_office(session).zone
    from flows.deploying import POOL, deploy_all  # Prefect takes seconds to import: only here

    for name in deploy_all(zone):
        print(f"Đã ghi: {name}/dondoc")
    print(f"Chạy một hay nhiều máy thợ: prefect worker start --pool {POOL} --type process")
