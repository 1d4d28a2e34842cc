"""The pages, put together: routes, guards, templates. Nothing runs at import and nothing is waited for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.gzip import GZipMiddleware

from runtime import clock
from runtime.watch import Watch
from runtime.works import Works
from web import (
    account,
    api,
    api_assignments,
    api_clerk,
    api_compliance,
    api_desk,
    api_directives,
    api_duties,
    api_inspections,
    api_life,
    api_me,
    api_office,
    api_settings,
    api_tables,
    api_units,
    api_visits,
    checklists,
    deadlines,
    delegation,
    digest_choice,
    emulation,
    errors,
    exports,
    feeds,
    health,
    inspection_draws,
    inspection_findings,
    inspection_plans,
    inspection_visits,
    inspector,
    inspector_phone,
    language,
    leader,
    office_audit,
    office_bans,
    office_board,
    office_calendar,
    office_duties,
    office_groups,
    office_ladders,
    office_mail,
    office_people,
    office_preview,
    office_review,
    office_review_draft,
    office_review_issue,
    office_review_once,
    office_review_passage,
    office_take_in,
    office_units,
    rules_room,
    self_inspection,
    settings_page,
    sign_in,
    sign_in_link,
    sign_in_sso,
    statements,
    targets,
    told,
    unit,
    unit_judging,
    unit_life,
    unit_review,
    watch_lists,
)
from web.desk import Now
from web.guard import MAX_BODY, FromHere, Guard
from web.render import Pages
from web.words import Language

STATIC = Path(__file__).resolve().parent / "static"


@asynccontextmanager
async def _watching(works: Works, now: Now, _app: FastAPI) -> AsyncIterator[None]:
    """While the pages are served, somebody watches the clock."""
    watch = Watch(works, now)
    watch.start()
    try:
        yield
    finally:
        watch.stop()


def create_app(works: Works, now: Now = clock.now) -> FastAPI:
    """`now` gives the moment of a request (UTC); tests give their own."""
    app = FastAPI(
        title="dondoc",
        version="1",
        lifespan=partial(_watching, works, now),
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.works = works
    app.state.now = now
    app.state.attempts = sign_in.Attempts()
    app.state.asked = sign_in_link.Asked()
    app.state.provider = sign_in_sso.provider_of(works.settings)
    app.state.pages = Pages()
    for room in (  # looked through in this order for each request: what a crowd asks for comes first
        unit,
        sign_in,
        sign_in_link,
        sign_in_sso,
        account,
        delegation,
        digest_choice,
        told,
        settings_page,
        exports,
        feeds,
        office_bans,
        office_board,
        office_take_in,
        office_review,
        office_review_draft,
        office_review_once,
        office_review_passage,
        office_review_issue,
        deadlines,
        office_groups,
        office_people,
        office_mail,
        office_units,
        office_calendar,
        office_duties,
        office_ladders,
        office_preview,
        office_audit,
        rules_room,
        targets,
        watch_lists,
        statements,
        emulation,
        unit_judging,
        unit_life,
        unit_review,
        leader,
        health,
        inspector_phone,
        inspector,
        inspection_plans,
        inspection_visits,
        inspection_findings,
        inspection_draws,
        checklists,
        self_inspection,
        language,
    ):
        app.include_router(room.router, include_in_schema=False)
    for part in (
        api,
        api_me,
        api_directives,
        api_desk,
        api_assignments,
        api_life,
        api_duties,
        api_units,
        api_compliance,
        api_inspections,
        api_visits,
        api_settings,
        api_tables,
        api_office,
        api_clerk,
    ):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    errors.install(app)
    # The last added is the first met.
    app.add_middleware(Language)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(FromHere, deny_app=errors.ErrorApp(app, 403))
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=MAX_BODY)
    app.add_middleware(Guard, public_url=works.settings.public_url, refusal=partial(errors.ErrorApp, app))
    return app
