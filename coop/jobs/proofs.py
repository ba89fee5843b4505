"""Every turn and every confirmed skill is told by one act of the record, and every act by its rows."""

from collections.abc import Iterator

from coop.common.proof import Broken, Checked
from coop.jobs.models import Confirmation, Skill, Turn
from coop.record.models import Act, Entry


def prove_work() -> Checked:
    rows = 0
    for broken in (*_turns(), *_skills()):
        rows += 1
        if broken is not None:
            return Checked(rows, broken)
    return Checked(rows)


def _turns() -> Iterator[Broken | None]:
    given: dict[int, tuple[int, str, str, int]] = {}
    off: set[int] = set()
    for facts in (
        Entry.objects.filter(act=Act.WORK_ARRANGED).order_by("position").values_list("facts", flat=True)
    ):
        for one in facts.get("people", ()):
            if facts["what"] == "called_off":
                off.add(one["turn"])
            else:
                given[one["turn"]] = (facts["task_id"], facts["since"], facts["until"], one["number"])
    swapped = set(
        Turn.objects.filter(offers__agreed=True)
        .values_list("pk", flat=True)
        .union(Turn.objects.filter(requests__agreed=True).values_list("pk", flat=True))
    )
    for turn in Turn.objects.select_related("member").order_by("pk"):
        told = given.pop(turn.pk, None)
        row = f"jobs_turn {turn.pk}"
        is_ = (turn.task_id, turn.first_day.isoformat(), turn.until.isoformat(), turn.member.number)
        if told != is_:
            yield Broken(row, f"the record tells of it: {told}")
        elif bool(turn.called_off_at) != (turn.pk in off or turn.pk in swapped):
            yield Broken(row, "called off, and no act says so; or the other way round")
        else:
            yield None
    yield from (Broken(f"jobs_turn {key}", "told by the record, and not there") for key in given)


def _skills() -> Iterator[Broken | None]:
    said: dict[tuple[int, bool], tuple[int, str]] = {}
    for facts in Entry.objects.filter(act=Act.SKILL_KEPT).values_list("facts", flat=True):
        if "skill" in facts:
            said[facts["skill"], facts["confirmed"]] = (facts["number"], facts["level"])
    for skill in Skill.objects.select_related("member").order_by("pk"):
        told = said.pop((skill.pk, False), None)
        yield _same(told, skill, f"jobs_skill {skill.pk}")
    for one in Confirmation.objects.select_related("skill__member").order_by("pk"):
        told = said.pop((one.skill_id, True), None)
        yield _same(told, one.skill, f"jobs_confirmation {one.pk}")
    yield from (Broken(f"jobs_skill {key}", "told by the record, and not there") for key, _sure in said)


def _same(told: tuple[int, str] | None, skill: Skill, row: str) -> Broken | None:
    if told == (skill.member.number, skill.level):
        return None
    return Broken(row, f"the record tells of it: {told}")
