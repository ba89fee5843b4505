"""What is printed: the facts as they were, the parts in which it is made, and the file."""

import pgtrigger
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.functional import cached_property

from coop.common.triggers import Protect, Trigger
from coop.documents.enums import PartState, Reason, State

SHA256 = r"^[0-9a-f]{64}$"
# Everything but the state: what was frozen.
FROZEN = (
    "kind",
    "key",
    "title",
    "series",
    "number",
    "facts",
    "facts_sha256",
    "salt",
    "code",
    "house",
    "zone",
    "language",
    "site_url",
    "by_number",
    "by_name",
    "frozen_at",
)


class Document(models.Model):
    """Frozen facts on their way to a PDF. `house`, `zone`, `language`, `site_url` are as they were then.

    `code` is what the QR and the page that verifies are asked for; `salt` keeps it from being guessed.
    """

    app_may_update = ("state", "reason")

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    series = models.CharField(max_length=60, blank=True)
    number = models.PositiveIntegerField(null=True)
    facts = models.JSONField()
    facts_sha256 = models.CharField(max_length=64)
    salt = models.CharField(max_length=32)
    code = models.CharField(max_length=19, unique=True)
    house = models.CharField(max_length=120)
    zone = models.CharField(max_length=60)
    language = models.CharField(max_length=10)
    site_url = models.CharField(max_length=200, blank=True)
    by_number = models.PositiveIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    frozen_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["id"], condition=Q(state__in=[State.QUEUED, State.RENDERING]), name="document_to_make"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="document_one_for_each_key"),
            models.UniqueConstraint(
                fields=["series", "number"], condition=~Q(series=""), name="document_numbered_once"
            ),
            models.CheckConstraint(
                name="document_number_is_of_a_series",
                condition=Q(series="", number__isnull=True)
                | ~Q(series="") & Q(number__isnull=False, number__gte=1),
            ),
            models.CheckConstraint(name="document_facts_are_sealed", condition=Q(facts_sha256__regex=SHA256)),
            models.CheckConstraint(
                name="document_code_is_four_groups",
                condition=Q(code__regex=r"^[a-z2-7]{4}(-[a-z2-7]{4}){3}$"),
            ),
            models.CheckConstraint(
                name="document_says_why_it_failed",
                condition=Q(state=State.FAILED) & ~Q(reason="") | ~Q(state=State.FAILED) & Q(reason=""),
            ),
        ]
        triggers = [
            Protect(name="never_deleted", operation=pgtrigger.Delete),
            Protect(
                name="facts_never_change", operation=pgtrigger.Update, condition=pgtrigger.AnyChange(*FROZEN)
            ),
            Trigger(
                name="state_goes_forward",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF TG_OP = 'INSERT' AND NEW.state <> 'queued' THEN
                        RAISE EXCEPTION 'a document begins in the queue';
                    ELSIF TG_OP = 'UPDATE' AND NOT (OLD.state, NEW.state) IN (
                        ('queued', 'rendering'), ('queued', 'failed'), ('rendering', 'ready'),
                        ('rendering', 'failed'), ('failed', 'queued')
                    ) THEN
                        RAISE EXCEPTION 'document %: from % it does not go to %',
                            NEW.id, OLD.state, NEW.state;
                    ELSIF NEW.state = 'ready' AND NOT EXISTS (
                        SELECT FROM documents_file f WHERE f.document_id = NEW.id
                    ) THEN
                        RAISE EXCEPTION 'document % has no file', NEW.id;
                    END IF;
                    RETURN NEW;
                """,
            ),
            Trigger(
                name="numbered_in_order",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__number__isnull=False),
                declare=[("last", "integer")],
                func="""
                    SELECT max(number) INTO last FROM documents_document WHERE series = NEW.series;
                    IF NEW.number <> COALESCE(last + 1, NEW.number) THEN
                        RAISE EXCEPTION 'document % % does not follow', NEW.series, NEW.number;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def is_ready(self) -> bool:
        return self.state == State.READY

    @property
    def is_failed(self) -> bool:
        return self.state == State.FAILED

    @property
    def is_on_its_way(self) -> bool:
        return self.state in (State.QUEUED, State.RENDERING)

    @cached_property
    def progress(self) -> tuple[int, int]:
        """How many of its parts are made, of how many."""
        states = list(self.parts.values_list("state", flat=True))
        made = sum(state in (PartState.RENDERED, PartState.JOINED) for state in states)
        return made, len(states)


class Part(models.Model):
    """What one worker makes at a time: `facts` is a list of what the template gets, one after the other.

    A document without parts of its own has one, whose list is empty: the template then gets the document's
    facts. `attempts` counts the claims; `content` is the part's PDF until it is joined.
    """

    app_may_update = ("state", "attempts", "sent_at", "claimed_at", "content")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="parts")
    position = models.PositiveIntegerField()
    facts = models.JSONField()
    state = models.CharField(max_length=10, choices=PartState, default=PartState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    content = models.BinaryField(null=True)

    class Meta:
        ordering = ["document", "position"]
        indexes = [
            models.Index(
                fields=["sent_at"],
                condition=Q(state__in=[PartState.QUEUED, PartState.RENDERING]),
                name="part_to_make",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="part_position_taken_once"),
            models.CheckConstraint(
                name="part_has_bytes_while_it_waits",
                condition=Q(state=PartState.RENDERED, content__isnull=False)
                | ~Q(state=PartState.RENDERED) & Q(content__isnull=True),
            ),
        ]
        triggers = [
            Protect(name="never_deleted", operation=pgtrigger.Delete),
            Protect(
                name="facts_never_change",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("document", "position", "facts"),
            ),
            Protect(
                name="joined_never_changes",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="joined"),
            ),
            Trigger(
                name="comes_with_its_document",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.state <> 'queued' OR NEW.attempts <> 0 OR NOT EXISTS (
                        SELECT FROM documents_document d WHERE d.id = NEW.document_id AND d.state = 'queued'
                    ) THEN
                        RAISE EXCEPTION 'a part comes with its document, in the queue';
                    END IF;
                    RETURN NEW;
                """,
            ),
            Trigger(
                name="joined_into_a_file",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__state="joined"),
                func="""
                    IF NOT EXISTS (SELECT FROM documents_file f WHERE f.document_id = NEW.document_id) THEN
                        RAISE EXCEPTION 'part %: its document has no file', NEW.id;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.position}"


class File(models.Model):
    """The PDF, once and for all. `size` in bytes."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, primary_key=True, related_name="file")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="file_is_what_its_sha256_says",
                condition=Q(
                    sha256=Func(
                        Func(F("content"), function="sha256", output_field=models.BinaryField()),
                        Value("hex"),
                        function="encode",
                        output_field=models.CharField(),
                    )
                ),
            ),
            models.CheckConstraint(
                name="file_is_of_its_size",
                condition=Q(
                    size=Func(F("content"), function="octet_length", output_field=models.IntegerField())
                ),
            ),
            models.CheckConstraint(name="file_has_a_page", condition=Q(pages__gte=1)),
        ]
        triggers = [
            Protect(name="never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="comes_from_a_worker",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    PERFORM FROM documents_document d
                      WHERE d.id = NEW.document_id AND d.state = 'rendering' FOR UPDATE;
                    IF NOT FOUND THEN
                        RAISE EXCEPTION 'document % is not being made', NEW.document_id;
                    END IF;
                    RETURN NEW;
                """,
            ),
            Trigger(
                name="makes_its_document_ready",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM documents_document d WHERE d.id = NEW.document_id AND d.state = 'ready'
                    ) THEN
                        RAISE EXCEPTION 'document % has a file and is not ready', NEW.document_id;
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"file of {self.document_id}"
