"""Inspections in a replay: the month's theme, its draw, the visits, what they find. Everything else, from the letters
to the last rung of the ladder over the corrective work, is done by the schedule that serves the office."""

import calendar as months
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random

from sqlmodel import Session, col, select

from actions.changes import By
from actions.close_visit import close_visit
from actions.draw_lots import hold_draw, seal_draw
from actions.errors import NotFound
from actions.plan_inspections import Mate, approve_plan, make_plan, plan_visit
from actions.publish_checklist import in_force
from actions.take_answers import take_answers
from domain.inspection import TeamPart, VisitKind, VisitState
from domain.inspection_plan import Plan
from domain.instants import at_clock, local_day
from domain.office import Office
from domain.visit_answers import AnswerBatch, SentSignature
from domain.workdays import Calendar
from runtime.inspection_script import InspectionScript, Theme, answers
from store.inspection_tables import DrawRow, FindingRow, PlanRow, VisitRow
from store.questions.inspections import visits_in_month
from store.questions.visits import checklist_of
from store.tables import PersonRow, PositionRow, UnitRow

OPENS = time(6)
FIRST, STEP = 4, 2
"""The first visit comes that many working days after the draw, each further one that many later."""
PARTS = (TeamPart.HEAD, TeamPart.SECRETARY)
ALLOWED = "Đơn vị được bốc thăm trùng tháng có đoàn khác; lãnh đạo đồng ý."
NO_PHOTO = "Bản diễn lại không chụp ảnh."


@dataclass(frozen=True)
class Inspections:
    """One working day after another (`play`), inside the caller's transaction."""

    script: InspectionScript
    office: Office
    calendar: Calendar
    seed: int

    def play(self, session: Session, at: datetime) -> None:
        today = local_day(at, self.office.tz)
        self._visit(session, at)
        self._hold(session, today, at)
        for theme in self.script.months:
            if theme.month == today.month:
                self._plan(session, theme, today, at)

    def _plan(self, session: Session, theme: Theme, today: date, at: datetime) -> None:
        """The theme's plan, approved, its draw sealed: on the first working day from which all of it fits."""
        code = f"{today.year}-{today.month:02d}-{theme.theme}"
        last = today.replace(day=months.monthrange(today.year, today.month)[1])
        known = session.exec(select(PlanRow.id).where(col(PlanRow.code) == code)).first()
        if known or self.calendar.add(today, 1 + FIRST + STEP * (theme.draw - 1)) > last:
            return
        by = By(self.script.planner, at)
        title = in_force(session, theme.theme).title
        plan = Plan(
            code=code, title=f"Kiểm tra: {title}, tháng {today.month:02d}/{today.year}",
            theme=theme.theme, kind=VisitKind.SURPRISE, year=today.year, month=today.month, first=today, last=last,
            kinds=list(self.script.kinds), levels=list(theme.levels), count=theme.draw, made_at=at,
        )  # fmt: skip
        row = approve_plan(session, make_plan(session, plan, by).id, By(self.script.approver, at))
        secret = hashlib.sha256(f"{self.seed}|{code}".encode()).hexdigest()
        seal_draw(session, row.id, secret, by)

    def _hold(self, session: Session, today: date, at: datetime) -> None:
        """What was sealed before is drawn with last evening's lottery, and each unit drawn gets its team."""
        sealed = session.exec(
            select(DrawRow.plan_id).where(col(DrawRow.drawn_at).is_(None), col(DrawRow.committed_at) < at)
        ).all()
        by = By(self.script.planner, at)
        for plan_id in sealed:
            witness = f"{Random(f'{self.seed}|{today}').randrange(100_000):05d}"
            for n, code in enumerate(hold_draw(session, plan_id, by, witness=witness).chosen):
                unit = session.exec(select(UnitRow.id).where(col(UnitRow.code) == code)).one()
                day = self.calendar.add(today, FIRST + STEP * n)
                plan_visit(
                    session, plan_id, unit, day=day, opens_at=at_clock(day, OPENS, self.office.tz),
                    team=self._team(session), by=by, allowed=ALLOWED if visits_in_month(session, unit, day) else "",
                )  # fmt: skip

    def _team(self, session: Session) -> Sequence[Mate]:
        mates = []
        for n, code in enumerate(self.script.team):
            found = session.exec(
                select(PersonRow.id, PositionRow.unit_id)
                .join(PositionRow, col(PositionRow.person_id) == col(PersonRow.id))
                .where(col(PersonRow.code) == code)
                .order_by(col(PositionRow.id))
            ).first()
            if found is None:
                raise NotFound("replay.yaml: không có người “{code}” để lập đoàn kiểm tra.", code=code)
            mates.append(Mate(found[0], PARTS[n] if n < len(PARTS) else TeamPart.MEMBER, found[1]))
        return mates

    def _visit(self, session: Session, at: datetime) -> None:
        """Every visit that is open is answered, signed by both sides and closed by its head."""
        rows = session.exec(
            select(VisitRow, col(UnitRow.code))
            .join(UnitRow, col(UnitRow.id) == col(VisitRow.unit_id))
            .where(col(VisitRow.state) == VisitState.OPEN)
            .order_by(col(VisitRow.id))
        ).all()
        by = By(self.script.team[0], at)
        for visit, unit in rows:
            batch = AnswerBatch.model_validate(
                {
                    "client_id": f"replay:{self.seed}:{visit.key}",
                    "device": "replay",
                    "base_version": visit.version,
                    "answers": self._answers(session, visit, unit, at),
                    "finished": True,
                }
            )
            signed = (
                SentSignature(side="team", name="Đoàn kiểm tra"),
                SentSignature(side="unit", name="Đơn vị"),
            )
            take_answers(session, visit.id, batch.model_copy(update={"signatures": signed}), by)
            close_visit(
                session, visit.id, by, office=self.office, calendar=self.calendar, reason=NO_PHOTO
            )  # fmt: skip

    def _answers(
        self, session: Session, visit: VisitRow, unit: str, at: datetime
    ) -> Sequence[dict[str, object]]:
        _version, checklist = checklist_of(session, visit)
        before = set(
            session.exec(
                select(FindingRow.item).where(
                    col(FindingRow.unit_id) == visit.unit_id, col(FindingRow.theme) == visit.theme
                )
            )
        )
        weak = self.script.weak(self.seed, unit, checklist.items)
        bad = [i for i in weak if i not in before or self.script.relapses(self.seed, visit.key, i)]
        return answers(checklist.items, bad, at.isoformat())
