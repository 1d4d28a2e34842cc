"""One answer for all drafts that lack the same: who, until when, from which day. What then lacks nothing is approved;
nothing is issued by it."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData

from actions.decide_draft import approve_draft
from actions.errors import Stale
from domain.duty import DutyTerms
from domain.sentence import Sentence
from runtime.missing_fields import Open
from store.questions.directives import ReviewedDraft
from web.forms import Id, Posted
from web.office_review import page
from web.office_review_draft import terms_of
from web.once import EACH, answer_to, field_of, filled, given, lacks
from web.review_desk import Clerk, Reviewing
from web.terms import NotUnderstood

router = APIRouter()

NOTHING = Sentence("Hãy đánh dấu ít nhất một nội dung.")
UNANSWERED = Sentence("Cần câu trả lời này: chưa có thì chưa nội dung nào đủ để duyệt.")


@router.post("/van-ban/{directive_id}/mot-lan")
def answer_together(at: Clerk, directive_id: Id, form: Posted) -> Response:
    """`muc`: the marked drafts, each as `id.version` as it was seen. A marked draft that still lacks something keeps
    waiting as it was."""
    try:
        with at.works.db.transaction() as session:
            _approve(Reviewing.of(at, session, directive_id), form)
    except NotUnderstood as error:
        with at.works.db.read() as session:
            return page(Reviewing.of(at, session, directive_id), sent=form, faults=error.faults)
    return RedirectResponse(f"/van-ban/{directive_id}", 303)


def _approve(desk: Reviewing, form: FormData) -> None:
    """Raises NotUnderstood where an answer cannot be acted on, or where all of them complete no draft."""
    marked = {
        one.id: one for one in desk.found.drafts if f"{one.id}.{one.draft.version}" in form.getlist("muc")
    }
    if len(marked) < len(set(form.getlist("muc"))):
        raise Stale
    wrong: dict[str, str] = {}
    lacking: dict[str, str] = {"muc": NOTHING} if not marked else {}
    ready: list[tuple[ReviewedDraft, DutyTerms]] = []
    for asking in desk.open:
        if one := marked.get(asking.id):
            try:
                ready.append((one, _terms(desk, one, asking, form)))
            except NotUnderstood as error:
                for field, said in error.faults.items():
                    _blame(field, said, asking, form, wrong, lacking)
    if wrong or not ready:
        raise NotUnderstood(wrong or lacking)
    for one, terms in ready:
        approve_draft(desk.session, one.id, desk.at.by, terms=terms, version=one.draft.version)


def _terms(desk: Reviewing, one: ReviewedDraft, asking: Open, form: FormData) -> DutyTerms:
    """A deadline of the text that turns out to be over by the day work begins is one that is lacking."""
    fields = filled(asking, given(asking, form))
    try:
        return terms_of(desk, one, fields)
    except NotUnderstood as error:
        typed = answer_to(form, "deadline")
        if "deadline" in fields or typed == EACH or error.faults.keys() != {"deadline"}:
            raise
        return terms_of(desk, one, fields | {"deadline": typed})


def _blame(
    field: str, said: str, asking: Open, form: FormData, wrong: dict[str, str], lacking: dict[str, str]
) -> None:
    """A question left open keeps this draft waiting; an answer nobody can act on is told."""
    names = [name for name in lacks(asking) if field_of(name) == field]
    blank = [name for name in names if name not in given(asking, form)]
    if names and not blank:
        wrong.update(dict.fromkeys(names, said))
    else:
        lacking.update(dict.fromkeys(blank, UNANSWERED) if blank else {field: said})
