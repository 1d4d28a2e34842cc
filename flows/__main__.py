"""`python -m flows`: the clock process of the embedded installation."""

import logging
import os
import signal
import threading

from flows.embedded import Clock, scheduler
from flows.under_prefect import works


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    stop = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: stop.set())
    beating = Clock(works(), os.environ.get("PREFECT_API_URL", ""))
    ticking = scheduler(beating)
    ticking.start()
    stop.wait()
    ticking.shutdown(wait=True)  # a tick under way is finished, never cut
    beating.release()


if __name__ == "__main__":
    main()
