"""A line of the register put right, and the contact that a member keeps alone."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from coop.common.errors import NotAllowed
from coop.common.words import one_line
from coop.members.enums import Seen
from coop.members.errors_joining import EmailTaken, TaxNumberTaken
from coop.members.models import Contact, ContactChange, Member
from coop.members.telling_facts import held_member
from coop.powers import Actor, Power, require
from coop.record.domain import write
from coop.record.models import Act

LINE = ("family_name", "given_names", "document", "tax_number", "email", "mobile")
ON_MEMBER = ("email", "mobile")


@transaction.atomic
def correct(*, member_id: int, values: Mapping[str, str], by: Actor, at: datetime) -> Member:
    """Puts right what `values` says of `LINE`; the record names the fields, never what they said.

    Raises TaxNumberTaken, EmailTaken. Nothing changed: nothing is written.
    """
    require(by, Power.KEEP_REGISTER, at)
    member = held_member(member_id)
    new = {field: one_line(values[field]) for field in LINE if field in values}
    changed = [field for field, value in new.items() if getattr(member, field) != value]
    if not changed:
        return member
    _check_nobodys(member, new)
    for field in changed:
        setattr(member, field, new[field])
    member.set_sort_name()
    member.save(update_fields=[*changed, "sort_name", "search_name"])
    _note_changes(member, changed, by, at)
    facts = {"number": member.number, "name": member.name, "fields": changed}
    write(Act.MEMBER_CORRECTED, by=by, at=at, facts=facts)
    return member


@dataclass(frozen=True, slots=True)
class Reach:
    """How to reach a member, cleaned, and who sees each part."""

    email: str = ""
    mobile: str = ""
    address: str = ""
    emergency_name: str = ""
    emergency_phone: str = ""
    email_seen: Seen = Seen.COUNCIL
    mobile_seen: Seen = Seen.COUNCIL
    address_seen: Seen = Seen.COUNCIL
    emergency_seen: Seen = Seen.COUNCIL


@transaction.atomic
def keep_contact(*, member_id: int, reach: Reach, by: Actor, at: datetime) -> Contact:
    """A member changes their own, alone, and nobody else does it here. Raises NotAllowed, EmailTaken."""
    if by.member_id != member_id:
        raise NotAllowed
    member = held_member(member_id)
    values = asdict(reach)
    new = {field: values.pop(field) for field in ON_MEMBER}
    _check_nobodys(member, new)
    changed = [field for field, value in new.items() if getattr(member, field) != value]
    for field in changed:
        setattr(member, field, new[field])
    member.save(update_fields=changed or None)
    contact, _made = Contact.objects.get_or_create(member=member)
    changed += [field for field, value in values.items() if getattr(contact, field) != value]
    for field, value in values.items():
        setattr(contact, field, value)
    contact.save(update_fields=list(values))
    _note_changes(member, changed, by, at)
    return contact


def last_changed_by_others(member_id: int, field: str) -> datetime | None:
    """When `field` ("email", "mobile") was last set by somebody who is not the member; None: never since
    that is written down.
    """
    changes = ContactChange.objects.filter(member_id=member_id, field=field).exclude(by_id=member_id)
    return changes.values_list("at", flat=True).first()


def _check_nobodys(member: Member, new: Mapping[str, str]) -> None:
    others = Member.objects.exclude(pk=member.pk)
    if (email := new.get("email")) and others.filter(email=email).exists():
        raise EmailTaken(email)
    if (tax_number := new.get("tax_number")) and (other := others.filter(tax_number=tax_number).first()):
        raise TaxNumberTaken(other.number)


def _note_changes(member: Member, fields: list[str], by: Actor, at: datetime) -> None:
    ContactChange.objects.bulk_create(
        ContactChange(member=member, field=field, at=at, by_id=by.member_id) for field in fields
    )
