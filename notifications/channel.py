"""What every channel is: letters go in, one answer for each comes out, none is dropped in silence."""

from collections.abc import Callable, Iterable
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


Tell = Callable[[Sent], None]


class Channel(Protocol):
    async def send(self, mails: Iterable[Mail], tell: Tell) -> None:
        """Tells one `Sent` for every mail that is still `ours` when its turn comes, each as soon as it is known. The
        next of `mails` may have to be claimed: it is asked for when there is room for it, and once there is none no
        more."""
