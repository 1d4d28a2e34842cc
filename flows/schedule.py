"""The one table of scheduled jobs: what, how often, in which order within a tick.

Read by the embedded clock, by `dondoc deploy` and by `dondoc replay`. Imports no Prefect: a job names its
flow by module path, and only the clock or a Prefect worker loads it.
"""

from datetime import time

from runtime import bounces, chores, inspections
from runtime.jobs import Daily, Every, Job

TABLE: tuple[Job, ...] = (
    Job("switch_situations", Daily(time(0, 10)), chores.plan_situations, chores.switch_one),
    Job("open_occurrences", Daily(time(0, 10)), chores.plan_opening, chores.open_chunk),
    Job("judge", Every(5), chores.plan_judging, chores.judge_chunk),
    Job("remind_and_escalate", Every(5), chores.plan_rungs, chores.take_rungs),
    Job("remind_awaited", Every(5), chores.plan_awaited, chores.remind_chunk),
    Job("remind_to_explain", Every(5), chores.plan_explanations, chores.remind_to_explain_chunk),
    Job("open_visits", Every(5), inspections.plan_openings, inspections.open_one),
    Job("write_letters", Every(5), chores.plan_letters, chores.write_all),
    Job("send_outbox", Every(5), chores.plan_sending, chores.send_all),
    Job("read_bounces", Every(5), bounces.plan_bounces, bounces.read_one),
    Job("audit_letters", Daily(time(2, 0)), chores.plan_audit, chores.audit_all),
    Job("compile_report", Daily(time(6, 0)), chores.plan_reports, chores.compile_one),
)
