"""What every channel is: letters go in, one answer for each comes out, none is dropped in silence."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from notifications.message import Mail

Result = Literal["sent", "again", "failed"]


@dataclass(frozen=True)
class Sent:
    """`again`: worth another try later. `failed`: never will be. `detail` is what the other side said."""

    id: int
    outcome: Result
    detail: str


class Channel(Protocol):
    def send(self, mails: Sequence[Mail]) -> AsyncIterator[Sent]:
        """One `Sent` for every mail that is still `ours` when its turn comes, each as soon as it is known."""
        ...
