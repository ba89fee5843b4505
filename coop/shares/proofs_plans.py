"""The plans by which shares are paid, against what the record sealed of them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from coop.common.proof import Broken
from coop.record.models import Act, Entry
from coop.shares.models import Subscription
from coop.shares.seals import of_plan, of_plans


def changed_plans() -> Iterator[Broken]:
    """Each one is sealed by its own act, or with all that were taken into the books at once.

    What has no salt is from before there were seals.
    """
    acts = list(Entry.objects.filter(act=Act.SHARES_SUBSCRIBED).values_list("facts", flat=True))
    held = {one.pk: one for one in Subscription.objects.order_by("pk").select_related("member")}
    salted = {key for key, one in held.items() if one.salt}
    for facts in acts:
        if "seal" in facts:
            key = facts["subscription"]
            salted.discard(key)
            if key not in held or of_plan(held[key]) != facts["seal"]:
                yield _changed(key)
        elif "plans" in facts:
            told = facts["plans"]
            opened = [one for key, one in held.items() if told["first"] <= key <= told["last"]]
            salted -= {one.pk for one in opened}
            if not opened or of_plans(opened) != told:
                yield _changed(told["first"])
    for key in sorted(salted):
        yield _changed(key)


def _changed(key: int) -> Broken:
    return Broken(f"shares_subscription {key}", _("No es lo que se selló en el libro de actos."))
