"""Minutes: what is written beside the facts, who signs, and the closed text that never changes."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from assemblies.enums import RemarkPlace
from assemblies.models.meeting import AgendaItem, Assembly
from coop.common.triggers import Protect, Trigger
from coop.members.models import Member

# Writing, naming and closing take the assembly's row one after the other, whatever SQL they come by.
HOLD = """
    SELECT a.state INTO held FROM assemblies_assembly a WHERE a.id = NEW.assembly_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM assemblies_minutes m WHERE m.assembly_id = NEW.assembly_id) THEN
        RAISE EXCEPTION 'the minutes of assembly % are closed', NEW.assembly_id;
    END IF;
"""


def with_the_draft_held(func: str) -> str:
    """The body of a trigger, run while the assembly's row is held and its minutes are not closed."""
    return HOLD + func


class Remark(models.Model):
    """A version of what somebody wrote beside the facts, at one place of the minutes. The last one holds."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="remarks")
    place = models.CharField(max_length=10, choices=RemarkPlace)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    author = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="remark_names_its_item",
                condition=Q(place=RemarkPlace.ITEM, item__isnull=False)
                | Q(place__in=[RemarkPlace.OPENING, RemarkPlace.CLOSING], item__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["item", "version"],
                condition=Q(item__isnull=False),
                name="remark_version_of_an_item_once",
            ),
            models.UniqueConstraint(
                fields=["assembly", "place", "version"],
                condition=Q(item__isnull=True),
                name="remark_version_of_a_place_once",
            ),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="written_beside_a_draft",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("held", "text"), ("last", "integer")],
                func=with_the_draft_held("""
                    IF held IS DISTINCT FROM 'closed' THEN
                        RAISE EXCEPTION 'assembly % has no draft yet', NEW.assembly_id;
                    END IF;
                    IF NEW.item_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM assemblies_agendaitem i
                         WHERE i.id = NEW.item_id AND i.assembly_id = NEW.assembly_id
                    ) THEN
                        RAISE EXCEPTION 'item % is of another assembly', NEW.item_id;
                    END IF;
                    SELECT max(r.version) INTO last FROM assemblies_remark r
                     WHERE r.assembly_id = NEW.assembly_id AND r.place = NEW.place
                       AND r.item_id IS NOT DISTINCT FROM NEW.item_id;
                    IF NEW.version <> COALESCE(last, 0) + 1 THEN
                        RAISE EXCEPTION 'version % does not follow', NEW.version;
                    END IF;
                    RETURN NEW;
                """),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} v{self.version}"


class Signer(models.Model):
    """One of those whom the assembly named to sign (ET 44). The last `naming` holds."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="signers")
    naming = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["naming", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "naming", "position"], name="signer_position_taken_once"
            ),
            models.UniqueConstraint(fields=["assembly", "naming", "member"], name="signer_named_once"),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="named_out_of_those_present",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("held", "text"), ("last", "integer")],
                func=with_the_draft_held("""
                    IF held NOT IN ('open', 'closed') THEN
                        RAISE EXCEPTION 'assembly % has not begun', NEW.assembly_id;
                    END IF;
                    IF NOT EXISTS (
                        SELECT FROM assemblies_attendance t
                         WHERE t.assembly_id = NEW.assembly_id AND t.member_id = NEW.member_id
                    ) THEN
                        RAISE EXCEPTION 'member % was not there', NEW.member_id;
                    END IF;
                    SELECT COALESCE(max(s.naming), 0) INTO last
                      FROM assemblies_signer s WHERE s.assembly_id = NEW.assembly_id;
                    IF NEW.naming NOT IN (last, last + 1) OR NEW.naming = 0 THEN
                        RAISE EXCEPTION 'naming % does not follow', NEW.naming;
                    END IF;
                    RETURN NEW;
                """),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} signs for {self.assembly_id}"


class Minutes(models.Model):
    """Closed: facts, remarks and text as they were read, numbered in the book. Nothing of it changes.

    `sha256` seals the text, `facts_sha256` what it was written from. `written_by` wrote last (or, where
    nobody wrote, named who signs): somebody else closes.
    """

    assembly = models.OneToOneField(Assembly, on_delete=models.PROTECT, related_name="minutes")
    number = models.PositiveIntegerField(unique=True)
    folio = models.CharField(max_length=40, blank=True)
    facts = models.JSONField()
    remarks = models.JSONField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    facts_sha256 = models.CharField(max_length=64)
    written_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    closed_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                name="minutes_are_closed_by_somebody_else",
                condition=Q(written_by__isnull=True) | ~Q(written_by=F("closed_by")),
            ),
            models.CheckConstraint(name="minutes_are_numbered_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="minutes_facts_are_sealed", condition=Q(facts_sha256__regex=r"^[0-9a-f]{64}$")
            ),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="closed_as_they_stand",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("held", "text"), ("last", "integer"), ("writer", "bigint"), ("named", "jsonb")],
                func=with_the_draft_held("""
                    IF held IS DISTINCT FROM 'closed' THEN
                        RAISE EXCEPTION 'assembly % is not over', NEW.assembly_id;
                    END IF;
                    SELECT max(m.number) INTO last FROM assemblies_minutes m;
                    IF last IS NOT NULL AND NEW.number <> last + 1 THEN
                        RAISE EXCEPTION 'minutes % do not follow %', NEW.number, last;
                    END IF;
                    IF NEW.sha256 <> encode(sha256(convert_to(NEW.text, 'UTF8')), 'hex') THEN
                        RAISE EXCEPTION 'minutes %: the seal is of another text', NEW.number;
                    END IF;
                    SELECT COALESCE(
                        (SELECT r.author_id FROM assemblies_remark r
                          WHERE r.assembly_id = NEW.assembly_id ORDER BY r.id DESC LIMIT 1),
                        (SELECT s.named_by_id FROM assemblies_signer s
                          WHERE s.assembly_id = NEW.assembly_id ORDER BY s.id DESC LIMIT 1)
                    ) INTO writer;
                    IF NEW.written_by_id IS DISTINCT FROM writer THEN
                        RAISE EXCEPTION 'minutes %: somebody else wrote them', NEW.number;
                    END IF;
                    IF EXISTS (
                        SELECT FROM assemblies_remark r
                         WHERE r.assembly_id = NEW.assembly_id AND r.author_id = NEW.closed_by_id
                           AND r.text <> '' AND NOT EXISTS (
                               SELECT FROM assemblies_remark o
                                WHERE o.assembly_id = r.assembly_id AND o.place = r.place
                                  AND o.item_id IS NOT DISTINCT FROM r.item_id AND o.version > r.version)
                    ) THEN
                        RAISE EXCEPTION 'minutes %: somebody else closes them', NEW.number;
                    END IF;
                    SELECT COALESCE(jsonb_agg(b.number ORDER BY s.position), '[]') INTO named
                      FROM assemblies_signer s JOIN members_member b ON b.id = s.member_id
                     WHERE s.assembly_id = NEW.assembly_id AND s.naming = (
                        SELECT max(n.naming) FROM assemblies_signer n WHERE n.assembly_id = NEW.assembly_id);
                    IF named IS DISTINCT FROM
                       jsonb_path_query_array(NEW.facts, '$.signers.named[*].number') THEN
                        RAISE EXCEPTION 'minutes %: others were named to sign', NEW.number;
                    END IF;
                    RETURN NEW;
                """),
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
