"""Every turn and every confirmed skill is told by one act of the record, and every act by its rows."""

from collections.abc import Iterator
from typing import Any

from coop.common.proof import Broken, Checked
from coop.jobs.models import Confirmation, Skill, Task, Turn
from coop.record.models import Act, Entry

# Number of who can do it, how well, from whom they learn it, number of who acted.
Said = tuple[int, str, str, int | None]


def prove_work() -> Checked:
    rows = 0
    for broken in (*_tasks(), *_turns(), *_skills()):
        rows += 1
        if broken is not None:
            return Checked(rows, broken)
    return Checked(rows)


def _tasks() -> Iterator[Broken | None]:
    """As the last act on each says: name, how many, how often, whether it is done at all."""
    told: dict[int, tuple[str, int, str, bool]] = {}
    for facts in _acts(Act.WORK_ARRANGED):
        if "people_at_once" in facts:
            closed = facts["what"] == "closed"
            told[facts["task_id"]] = (facts["task"], facts["people_at_once"], facts["every"], closed)
    for task in Task.objects.order_by("pk"):
        is_ = (task.name, task.people, str(task.every), task.closed_on is not None)
        said = told.pop(task.pk, None)
        yield None if said == is_ else Broken(f"jobs_task {task.pk}", f"the record tells of it: {said}")
    yield from (Broken(f"jobs_task {key}", "told by the record, and not there") for key in told)


def _acts(act: Act) -> Iterator[dict[str, Any]]:
    """Facts in order, with the number of who acted."""
    entries = Entry.objects.filter(act=act).order_by("position").values_list("facts", "actor_number")
    for facts, number in entries.iterator():
        yield facts | {"by": number}


def _turns() -> Iterator[Broken | None]:
    given: dict[int, tuple[int, str, str, int, bool, int | None]] = {}
    off: set[int] = set()
    for facts in _acts(Act.WORK_ARRANGED):
        for one in facts.get("people", ()):
            if facts["what"] == "called_off":
                off.add(one["turn"])
            else:
                days = (facts["since"], facts["until"])
                given[one["turn"]] = (
                    *(facts["task_id"], *days, one["number"]),
                    *(facts["out_of_order"], facts["by"]),
                )
    swapped = set(
        Turn.objects.filter(offers__agreed=True)
        .values_list("pk", flat=True)
        .union(Turn.objects.filter(requests__agreed=True).values_list("pk", flat=True))
    )
    for turn in Turn.objects.select_related("member", "by").order_by("pk"):
        told = given.pop(turn.pk, None)
        row = f"jobs_turn {turn.pk}"
        days = (turn.first_day.isoformat(), turn.until.isoformat())
        is_ = (turn.task_id, *days, turn.member.number, bool(turn.why), turn.by.number)
        if told != is_:
            yield Broken(row, f"the record tells of it: {told}")
        elif bool(turn.called_off_at) != (turn.pk in off or turn.pk in swapped):
            yield Broken(row, "called off, and no act says so; or the other way round")
        else:
            yield None
    yield from (Broken(f"jobs_turn {key}", "told by the record, and not there") for key in given)


def _skills() -> Iterator[Broken | None]:
    said: dict[tuple[int, bool], Said] = {}
    for facts in _acts(Act.SKILL_KEPT):
        if "skill" in facts:
            who = (facts["number"], facts["level"], facts.get("teacher", ""))
            said[facts["skill"], facts["confirmed"]] = (*who, facts["by"])
    for skill in Skill.objects.select_related("member", "teacher").order_by("pk"):
        told = said.pop((skill.pk, False), None)
        yield _same(told, skill, skill.member.number, f"jobs_skill {skill.pk}")
    for one in Confirmation.objects.select_related("skill__member", "skill__teacher", "by").order_by("pk"):
        told = said.pop((one.skill_id, True), None)
        yield _same(told, one.skill, one.by.number, f"jobs_confirmation {one.pk}")
    yield from (Broken(f"jobs_skill {key}", "told by the record, and not there") for key, _sure in said)


def _same(told: Said | None, skill: Skill, by: int, row: str) -> Broken | None:
    """A teacher's name may be put right in the register later: whether there is one is compared."""
    is_ = (skill.member.number, skill.level, bool(skill.teacher_id), by)
    if told is not None and (told[0], told[1], bool(told[2]), told[3]) == is_:
        return None
    return Broken(row, f"the record tells of it: {told}")
