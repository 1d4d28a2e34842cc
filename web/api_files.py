"""Files in JSON: as base64, under the same limits as files of a form."""

import binascii
from base64 import b64decode
from typing import Annotated

from pydantic import Field

from domain.sentence import Sentence
from web.api import Body, example
from web.errors import Told
from web.uploads import MAX_FILE, safe_name

Name = Annotated[str, Field(min_length=1, max_length=300)]
Content = Annotated[str, Field(max_length=MAX_FILE * 4 // 3 + 4)]


class Sent(Body):
    """A file as base64."""

    model_config = example(name="so-lieu.pdf", content="JVBERi0xLjcKJeLjz9M=")

    name: Name
    content: Content


def bytes_of(file: Sent) -> bytes:
    """Raises 422, naming the file, for what is no base64, empty or too large."""
    try:
        data = b64decode(file.content, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Told(
            422, Sentence("Tệp “{name}”: nội dung không phải là base64.", name=safe_name(file.name))
        ) from error
    if not data or len(data) > MAX_FILE:
        raise Told(
            422,
            Sentence(
                "Tệp “{name}” trống hoặc lớn hơn {most} MB.",
                name=safe_name(file.name),
                most=MAX_FILE // 2**20,
            ),
        )
    return data
