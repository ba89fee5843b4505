"""The record: every act of government, in order, each sealed with the one before it."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _

from coop.common.triggers import Protect, Trigger
from coop.record.words_index import Words

GENESIS = "0" * 64


class Act(models.TextChoices):
    """What can happen. The value is stored for ever; the label may be reworded."""

    REGISTER_IMPORTED = "register_imported", _("Registro de asociados/as cargado")
    TERMS_IMPORTED = "terms_imported", _("Mandatos cargados")
    ACCESS_GIVEN = "access_given", _("Clave de ingreso entregada")
    ASSEMBLY_CONVENED = "assembly_convened", _("Asamblea convocada")
    ASSEMBLY_OPENED = "assembly_opened", _("Asamblea abierta")
    ASSEMBLY_CLOSED = "assembly_closed", _("Asamblea levantada")
    ATTENDANCE_MARKED = "attendance_marked", _("Presencia anotada por la secretaría")
    MOTION_MOVED = "motion_moved", _("Moción presentada")
    MOTION_SECONDED = "motion_seconded", _("Moción apoyada")
    MOTION_WITHDRAWN = "motion_withdrawn", _("Moción retirada")
    POLL_OPENED = "poll_opened", _("Votación abierta")
    POLL_CLOSED = "poll_closed", _("Votación cerrada")
    RESOLUTION_ADOPTED = "resolution_adopted", _("Resolución aprobada")
    SIGNERS_NAMED = "signers_named", _("Firmantes del acta designados")
    MINUTES_CLOSED = "minutes_closed", _("Acta cerrada")
    PAY_RUN_PREPARED = "pay_run_prepared", _("Liquidación preparada")
    PAY_RUN_WITHDRAWN = "pay_run_withdrawn", _("Liquidación retirada")
    PAY_RUN_APPROVED = "pay_run_approved", _("Liquidación aprobada")
    PAY_UNIT_SET = "pay_unit_set", _("Valor de la hora fijado")
    SURPLUS_PROPOSED = "surplus_proposed", _("Reparto propuesto")
    SURPLUS_DISTRIBUTED = "surplus_distributed", _("Excedente repartido")
    ENTRY_REVERSED = "entry_reversed", _("Asiento anulado")
    COOPERATIVE_CHANGED = "cooperative_changed", _("Datos de la cooperativa cambiados")
    STATUTE_PROPOSED = "statute_proposed", _("Reforma del estatuto propuesta")
    STATUTE_REFORMED = "statute_reformed", _("Estatuto reformado")
    RESOLUTIONS_ENTERED = "resolutions_entered", _("Resoluciones del libro asentadas")
    RESOLUTIONS_CONFIRMED = "resolutions_confirmed", _("Resoluciones del libro confirmadas")
    MANDATE_GIVEN = "mandate_given", _("Encargo anotado")
    MANDATE_CLOSED = "mandate_closed", _("Encargo cerrado")
    APPLICATION_MADE = "application_made", _("Solicitud de ingreso")
    MEMBER_FACT = "member_fact", _("Hecho del registro asentado")
    MEMBER_FACT_ANNULLED = "member_fact_annulled", _("Hecho del registro anulado")
    SANCTION_FILE = "sanction_file", _("Sumario")
    MEMBER_CORRECTED = "member_corrected", _("Datos del registro corregidos")
    SHARES_SUBSCRIBED = "shares_subscribed", _("Cuotas sociales suscriptas")
    SHARES_PAID = "shares_paid", _("Cuotas sociales integradas")
    SHARES_REFUND = "shares_refund", _("Reembolso de cuotas sociales")
    BANK_CHANGED = "bank_changed", _("Cuenta bancaria cambiada")
    CARDS_GIVEN = "cards_given", _("Tarjetas de alta entregadas")
    CARD_VOIDED = "card_voided", _("Tarjeta de alta anulada")
    DEVICE_ENROLLED = "device_enrolled", _("Teléfono dado de alta")
    DEVICE_VOIDED = "device_voided", _("Teléfono dado de baja")
    HALL_OPENED = "hall_opened", _("Kiosco abierto")
    HALL_CLOSED = "hall_closed", _("Kiosco cerrado")
    BEGUN = "begun", _("Cooperativa puesta en marcha")
    TERM_BEGUN = "term_begun", _("Mandato asentado")
    TERM_ENDED = "term_ended", _("Mandato terminado antes de su día")
    STANDING_DECLARED = "standing_declared", _("Disponibilidad para cargos declarada")
    SLATE_PROPOSED = "slate_proposed", _("Lista propuesta")
    DRAW_ANNOUNCED = "draw_announced", _("Sorteo anunciado")
    DRAW_HELD = "draw_held", _("Sorteo hecho")
    HANDOVER_BEGUN = "handover_begun", _("Traspaso empezado")
    HANDOVER_CHANGED = "handover_changed", _("Lista de un traspaso cambiada")
    HANDOVER_SIGNED = "handover_signed", _("Traspaso firmado")
    FILING_KEPT = "filing_kept", _("Trámite del consejo anotado")
    SKILL_KEPT = "skill_kept", _("Anotado quién sabe una tarea")
    WORK_ARRANGED = "work_arranged", _("Turno de tarea acordado")


class Entry(models.Model):
    """One act. `sha256` seals the entry's canonical text together with `previous`, the seal before it.

    The text that is sealed is kept as it was (`sealed`), so that proof never depends on how JSON is written.
    """

    position = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    act = models.CharField(max_length=40, choices=Act)
    actor_number = models.PositiveIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    facts = models.JSONField()
    sealed = models.TextField()
    previous = models.CharField(max_length=64, unique=True)
    sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["position"]
        indexes = [
            models.Index(fields=["act", "position"], name="record_act"),
            models.Index(fields=["actor_number", "position"], name="record_actor"),
            models.Index(fields=["at", "position"], name="record_at"),
            GinIndex(OpClass("facts", "jsonb_path_ops"), name="record_facts"),
            GinIndex(Words("actor_name", "facts"), name="record_words"),
        ]
        triggers = [
            Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="chained",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("before_it", "text"), ("told", "jsonb")],
                func="""
                    IF NEW.position > 1 THEN
                        SELECT sha256 INTO before_it FROM record_entry WHERE position = NEW.position - 1;
                    ELSE
                        before_it := repeat('0', 64);
                    END IF;
                    IF before_it IS DISTINCT FROM NEW.previous
                       OR NEW.sha256 <> encode(sha256(convert_to(NEW.previous || NEW.sealed, 'UTF8')), 'hex')
                    THEN
                        RAISE EXCEPTION 'the record is a chain: entry % does not follow', NEW.position;
                    END IF;
                    told := NEW.sealed::jsonb;
                    IF told IS DISTINCT FROM jsonb_build_object(
                        'position', NEW.position, 'at', told->'at', 'act', NEW.act, 'facts', NEW.facts,
                        'by', jsonb_build_object('number', NEW.actor_number, 'name', NEW.actor_name)
                    ) OR (told->>'at')::timestamptz IS DISTINCT FROM NEW.at THEN
                        RAISE EXCEPTION 'entry % does not show what it seals', NEW.position;
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.act}"


class Verification(models.Model):
    """What a night's proof of the whole database found. A night without a row was not verified.

    `proofs` holds, for each in order, `{"name", "label", "rows", "milliseconds", "broken": {"row", "says"} |
    None}`, the words in the cooperative's language. `holds` is what the proofs say.
    """

    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    holds = models.BooleanField()
    rows = models.PositiveBigIntegerField()
    proofs = models.JSONField()

    class Meta:
        ordering = ["-begun_at"]
        constraints = [
            models.UniqueConstraint(fields=["begun_at"], name="verification_begins_once"),
            models.CheckConstraint(
                name="verification_ends_after_it_begins",
                condition=models.Q(ended_at__gte=models.F("begun_at")),
            ),
        ]
        triggers = [
            Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            Trigger(
                name="says_what_its_proofs_say",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF jsonb_array_length(NEW.proofs) = 0 OR NEW.holds IS DISTINCT FROM NOT EXISTS (
                        SELECT FROM jsonb_array_elements(NEW.proofs) p
                         WHERE p->'broken' IS DISTINCT FROM 'null'::jsonb
                    ) THEN
                        RAISE EXCEPTION 'a verification says what its proofs say';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d} {'holds' if self.holds else 'breaks'}"

    @property
    def seconds(self) -> int:
        return round((self.ended_at - self.begun_at).total_seconds())

    @property
    def broken(self) -> list[dict[str, object]]:
        return [proof for proof in self.proofs if proof["broken"]]
