"""Who may do what: the one place. Rights come from the positions a person holds today.

A list is filtered by `scope`; a single thing is looked up inside the same scope, so that what is not yours
does not exist for you (404), and what you may see but not do is refused (403).
"""

from collections.abc import Mapping
from enum import StrEnum

from domain.unit import Role
from store.questions.people import Post, SignedIn
from store.questions.scope import Scope


class Act(StrEnum):
    SEE_BOARD = "see_board"
    DECIDE = "decide"  # take in, approve, discard, issue
    SEE_WORK = "see_work"
    DO_WORK = "do_work"  # receive, hand in: only for one's own unit
    REVIEW_WORK = "review_work"  # accept, return
    LEAD = "lead"
    SEE_MAIL = "see_mail"  # letters to everybody: outbox, resend, the local catcher
    SEE_HEALTH = "see_health"
    INSPECT = "inspect"  # the way to one's visits; a visit itself is its team's


OFFICE = frozenset(
    {Act.SEE_BOARD, Act.DECIDE, Act.SEE_WORK, Act.REVIEW_WORK, Act.SEE_MAIL, Act.SEE_HEALTH, Act.LEAD}
)
UNIT = frozenset({Act.SEE_WORK, Act.DO_WORK})
LEADERS = frozenset({Act.SEE_BOARD, Act.SEE_WORK, Act.LEAD})

POWERS: Mapping[Role, frozenset[Act]] = {
    Role.CLERK: UNIT,  # the clerk of the office's own unit has OFFICE instead
    Role.OFFICER: UNIT,
    Role.HEAD: UNIT,
    Role.LEADER: LEADERS,
    Role.CHAIR: LEADERS,
    Role.INSPECTOR: frozenset({Act.INSPECT}),
    Role.ADMIN: frozenset({Act.SEE_HEALTH}),  # settings, not content
}


def powers(post: Post) -> frozenset[Act]:
    return OFFICE if post.role is Role.CLERK and post.at_office else POWERS[post.role]


def can(viewer: SignedIn, act: Act, unit_id: int | None = None) -> bool:
    """Whether one of the viewer's positions allows the act; `unit_id`: the unit whose work it is about."""
    return bool(allowing(viewer, act, unit_id))


def allowing(viewer: SignedIn, act: Act, unit_id: int | None = None) -> tuple[Post, ...]:
    """The positions that allow it, one's own before those held under a mandate."""
    own_only = act is Act.DO_WORK and unit_id is not None
    return tuple(
        post for post in viewer.posts if act in powers(post) and (not own_only or post.unit_id == unit_id)
    )


def scope(viewer: SignedIn, act: Act) -> Scope:
    """The units whose work the viewer may see for this act, as a filter for the store's questions."""
    posts = [post for post in viewer.posts if act in powers(post)]
    if any(powers(post) is OFFICE for post in posts):
        return Scope(everything=True)
    return Scope(
        units=tuple(sorted({post.unit_id for post in posts if powers(post) is UNIT})),
        roots=tuple(sorted({post.unit_id for post in posts if powers(post) is LEADERS})),
    )
