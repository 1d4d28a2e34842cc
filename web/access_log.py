"""The access log without the secrets that stand in addresses: a key of a calendar, a sign-in link, a code."""

import logging
import re

SECRETS = re.compile(r"(?<=/lich-han/)[^/?]+|(?<=/lien-ket/)[^/?]+|(?<=/ban-tin/)[^/?]+|(?<=[?&]code=)[^&]+")


class NoSecrets(logging.Filter):
    """For uvicorn's access log, whose third argument is the path."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple) and len(record.args) > 2:
            client, method, path, *rest = record.args
            record.args = (client, method, SECRETS.sub("…", str(path)), *rest)
        return True
