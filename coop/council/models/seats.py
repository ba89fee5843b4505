"""Seats: of the council and the audit, and the positions of responsibility outside them."""

import re
from typing import Any

import pgtrigger
from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from coop.common.triggers import Protect


class SeatCode(models.TextChoices):
    """The seats of the model statute, by the names its code knows. A statute may have more."""

    PRESIDENT = "president", _("Presidencia")
    SECRETARY = "secretary", _("Secretaría")
    TREASURER = "treasurer", _("Tesorería")
    MEMBER_1 = "member_1", _("Vocalía 1")
    MEMBER_2 = "member_2", _("Vocalía 2")
    ALTERNATE_1 = "alternate_1", _("Suplencia 1")
    ALTERNATE_2 = "alternate_2", _("Suplencia 2")
    AUDITOR = "auditor", _("Sindicatura titular")
    ALTERNATE_AUDITOR = "alternate_auditor", _("Sindicatura suplente")


class SeatKind(models.TextChoices):
    COUNCIL = "council", _("consejo")
    ALTERNATE = "alternate", _("suplencia")
    AUDITOR = "auditor", _("sindicatura")
    ALTERNATE_AUDITOR = "alternate_auditor", _("sindicatura suplente")
    POSITION = "position", _("responsabilidad fuera del consejo")


COUNCIL_OR_AUDIT = frozenset(SeatKind) - {SeatKind.POSITION}
_NUMBERED = re.compile(r"(member|alternate|auditor|alternate_auditor)_([0-9]+)")


class Seat(models.Model):
    """A seat is never deleted: which ones there are on a day is for the statute version of that day to say.

    `rank` counts within the kind: 1 to 3 are president, secretary and treasurer, alternates are called in
    its order. A position's `key` and `position_kind` are the statute's, `name` what it was called then.
    """

    code = models.CharField(max_length=60, unique=True)
    position = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=20, choices=SeatKind)
    rank = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=40, blank=True)
    position_kind = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=80, blank=True)
    section = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "rank"], name="seat_has_its_rank"),
            models.CheckConstraint(
                name="seat_of_a_position_has_its_key",
                condition=models.Q(kind=SeatKind.POSITION) & ~models.Q(key="") & ~models.Q(name="")
                | ~models.Q(kind=SeatKind.POSITION) & models.Q(key="", name="", section=""),
            ),
        ]
        triggers = [Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name or seat_name(self.code)

    @property
    def is_council_or_audit(self) -> bool:
        return self.kind in COUNCIL_OR_AUDIT


def seat_name(code: str) -> str:
    """What a seat of the council or the audit is called, in the language of the moment."""
    if code in SeatCode.values:
        return str(SeatCode(code).label)
    found = _NUMBERED.fullmatch(code)
    if found is None:
        return code
    words: dict[str, Any] = {
        "member": _t("Vocalía %(n)s"),
        "alternate": _t("Suplencia %(n)s"),
        "auditor": _t("Sindicatura titular %(n)s"),
        "alternate_auditor": _t("Sindicatura suplente %(n)s"),
    }
    return str(words[found[1]] % {"n": found[2]})
