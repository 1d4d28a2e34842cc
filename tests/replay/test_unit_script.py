"""How units behave in a replay: by the seed, inside working hours, with figures their own form would take."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.workdays import Calendar
from intake.office_folder import FolderError
from rules.form import Field, FieldType, Form
from runtime.unit_script import ROUNDS, Act, Drawn, Habit, UnitScript, load_script, next_act, on_the_tick
from store.questions.open_work import OpenWork

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = Calendar.of("VN")
DUE = date(2023, 2, 14)
FORM = Form(
    (
        Field("hoc_sinh", "Số học sinh", FieldType.INTEGER, low=20, high=900),
        Field("ban_tru", "Số ăn bán trú", FieldType.INTEGER, low=0, high=900),
        Field("kiem_tra", "Số lượt kiểm tra", FieldType.INTEGER, total_of=("ke_hoach", "dot_xuat")),
        Field("ke_hoach", "Theo kế hoạch", FieldType.INTEGER, low=0, high=9),
        Field("dot_xuat", "Đột xuất", FieldType.INTEGER, low=0, high=9),
        Field("xac_nhan", "Đã thực hiện", FieldType.BOOLEAN),
    )
)
FIGURES = {"hoc_sinh": Drawn(between=(90, 700)), "ban_tru": Drawn(of="hoc_sinh", shares=(100, 96))}
WORK = OpenWork(1, "1.80", "thang", "2023-02", "hoa-sen", date(2023, 2, 1), DUE, 0, None)


def act(habit: Habit, work: OpenWork = WORK, seed: int = 7, form: Form | None = FORM) -> Act | None:
    script = UnitScript(shares={habit: 1}, figures=FIGURES)
    return next_act(script, work, form, seed=seed, calendar=CALENDAR, zone=ZONE)


def done(habit: Habit, work: OpenWork = WORK, seed: int = 7) -> Act:
    made = act(habit, work, seed)
    assert made is not None
    return made


@pytest.mark.parametrize("seed", range(20))
def test_on_time_is_a_working_hour_between_opening_and_deadline(seed: int) -> None:
    local = done(Habit.ON_TIME, seed=seed).at.astimezone(ZONE)
    assert date(2023, 2, 1) <= local.date() <= DUE
    assert CALENDAR.is_working(local.date())
    assert time(8) <= local.time() < time(17)


@pytest.mark.parametrize("seed", range(20))
def test_late_is_a_working_day_after_the_deadline(seed: int) -> None:
    day = done(Habit.LATE, seed=seed).at.astimezone(ZONE).date()
    assert day > DUE
    assert CALENDAR.is_working(day)


def test_silence_is_no_act() -> None:
    assert act(Habit.SILENT) is None


def test_right_figures_keep_parts_within_wholes_and_sums_exact() -> None:
    figures = done(Habit.ON_TIME).figures
    assert 90 <= figures["hoc_sinh"] <= 700
    assert figures["ban_tru"] <= figures["hoc_sinh"]
    assert figures["kiem_tra"] == figures["ke_hoach"] + figures["dot_xuat"]
    assert figures["xac_nhan"] is True


def test_a_wrong_report_has_a_part_greater_than_its_whole() -> None:
    figures = done(Habit.WRONG).figures
    assert figures["ban_tru"] > figures["hoc_sinh"]


def test_an_incomplete_report_lacks_one_figure() -> None:
    assert len(done(Habit.MISSING).figures) == len(FORM.fields) - 1


@pytest.mark.parametrize("habit", [Habit.WRONG, Habit.MISSING])
def test_what_came_back_is_corrected_within_days(habit: Habit) -> None:
    returned = replace(WORK, rounds=1, judged_at=datetime(2023, 2, 10, 3, 0, tzinfo=UTC))
    corrected = done(habit, returned)
    assert corrected.figures == done(Habit.ON_TIME).figures
    assert date(2023, 2, 13) <= corrected.at.astimezone(ZONE).date() <= date(2023, 2, 15)


def test_a_unit_gives_up_in_the_end() -> None:
    assert act(Habit.WRONG, replace(WORK, rounds=ROUNDS, judged_at=datetime(2023, 3, 1, tzinfo=UTC))) is None


def test_a_unit_keeps_its_size_from_month_to_month() -> None:
    march = replace(WORK, period="2023-03", opens_on=date(2023, 3, 1), due_on=date(2023, 3, 14))
    assert done(Habit.ON_TIME, march).figures["hoc_sinh"] == done(Habit.ON_TIME).figures["hoc_sinh"]


def test_chance_is_the_seed_the_duty_the_period_and_the_unit() -> None:
    assert act(Habit.ON_TIME) == act(Habit.ON_TIME)
    moments = {done(Habit.ON_TIME, replace(WORK, unit=f"truong-{n}")).at for n in range(20)}
    assert len(moments) > 10
    assert len({done(Habit.ON_TIME, seed=seed).at for seed in range(20)}) > 10


def test_work_without_a_form_is_handed_in_without_figures() -> None:
    made = act(Habit.WRONG, form=None)
    assert made is not None
    assert made.figures == {}


@pytest.mark.parametrize(
    ("minute", "second", "tick"), [(0, 0, 0), (0, 1, 5), (4, 59, 5), (5, 0, 5), (57, 30, 60)]
)
def test_an_act_is_seen_at_the_first_tick_after_it(minute: int, second: int, tick: int) -> None:
    at = datetime(2023, 2, 14, 3, minute, second, tzinfo=UTC)
    hour, left = divmod(tick, 60)
    assert on_the_tick(at, 5) == datetime(2023, 2, 14, 3 + hour, left, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("shares: {on_time: 0}", "ít nhất một số dương"),
        ("shares: {on_time: 1, late: -1}", "không có số âm"),
        ("shares: {asleep: 1}", "replay.yaml, mục “shares"),
        ("shares: [", "sai cú pháp YAML"),
    ],
)
def test_a_broken_script_names_the_file_and_the_place(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "replay.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(FolderError, match=named):
        load_script(tmp_path)


def test_without_a_script_every_unit_is_on_time(tmp_path: Path) -> None:
    assert load_script(tmp_path).shares == {Habit.ON_TIME: 1}
