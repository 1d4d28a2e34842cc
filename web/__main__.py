"""`python -m web`: serve the pages on the configured host and port."""

import logging

import uvicorn

from runtime.settings import Settings
from runtime.works import Works
from web.access_log import NoSecrets
from web.app import create_app


def main() -> None:
    settings = Settings()
    logging.getLogger("uvicorn.access").addFilter(NoSecrets())
    # Forwarded headers count only when they come from this machine's own proxy (uvicorn's default).
    uvicorn.run(create_app(Works.of(settings)), host=settings.host, port=settings.port, server_header=False)


if __name__ == "__main__":
    main()
