"""The hall PIN: a short secret that only works at a kiosk of an open assembly."""

import pgtrigger
from django.db import models

from coop.common.triggers import Protect
from coop.members.models import Member


class HallPin(models.Model):
    """A member's PIN for the hall, apart from that of their phone. `secret` is Argon2 over a keyed digest.

    `set_at` is since when it is the member's: a poll that was open by then does not take a vote with it.
    """

    app_may_update = ("secret", "set_at")

    member = models.OneToOneField(Member, on_delete=models.PROTECT, primary_key=True, related_name="hall_pin")
    secret = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    class Meta:
        triggers = [
            Protect(name="never_deleted", operation=pgtrigger.Delete),
            # Whoever changes the secret says when: a PIN that was slipped in is no older than it is.
            Protect(
                name="a_new_one_is_newer",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__set_at__lte=pgtrigger.F("old__set_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"hall PIN of {self.member_id}"
