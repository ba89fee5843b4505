"""Tasks of a section that go round among those who can do them."""

import pgtrigger
from django.db import models
from django.db.models import Q

from coop.common.triggers import Protect
from coop.jobs.enums import Every
from coop.members.models import Member, Section

MOST_PEOPLE = 20


class Task(models.Model):
    """`people` do it at once; it changes hands `every` week or month. Without a section it is everybody's."""

    app_may_update = ("people", "every", "closed_on")

    section = models.ForeignKey(Section, on_delete=models.PROTECT, null=True, related_name="tasks")
    name = models.CharField(max_length=60)
    folded = models.CharField(max_length=120)
    people = models.PositiveSmallIntegerField(default=1)
    every = models.CharField(max_length=8, choices=Every)
    closed_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["folded"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "folded"],
                name="task_has_a_name_of_its_own",
                condition=Q(closed_on__isnull=True),
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="task_rhythm_is_known", condition=Q(every__in=Every.values)),
            models.CheckConstraint(
                name="task_has_people", condition=Q(people__gte=1, people__lte=MOST_PEOPLE)
            ),
        ]
        triggers = [Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name
