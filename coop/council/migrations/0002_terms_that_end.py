import uuid

import coop.common.triggers
import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


KINDS = {
    'president': ('council', 1),
    'secretary': ('council', 2),
    'treasurer': ('council', 3),
    'member_1': ('council', 4),
    'member_2': ('council', 5),
    'alternate_1': ('alternate', 1),
    'alternate_2': ('alternate', 2),
    'auditor': ('auditor', 1),
    'alternate_auditor': ('alternate_auditor', 1),
}


def rank_seats(apps, editor):
    seats = apps.get_model('council', 'Seat')._base_manager.using(editor.connection.alias)
    for code, (kind, rank) in KINDS.items():
        seats.filter(code=code).update(kind=kind, rank=rank)


class Migration(migrations.Migration):

    dependencies = [
        ('council', '0001_initial'),
        ('members', '0006_exclusion_needs_a_file'),
        ('statute', '0006_no_day_before'),
    ]

    operations = [
        migrations.CreateModel(
            name='SeatedMember',
            fields=[
            ],
            options={
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('members.member',),
        ),
        migrations.CreateModel(
            name='TermsUpload',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('name', models.CharField(max_length=200)),
                ('content', models.BinaryField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='term',
            name='history',
        ),
        migrations.RemoveConstraint(
            model_name='term',
            name='term_one_seat_per_member',
        ),
        migrations.RemoveConstraint(
            model_name='term',
            name='term_has_both_ends',
        ),
        migrations.AddField(
            model_name='seat',
            name='key',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='seat',
            name='kind',
            field=models.CharField(choices=[('council', 'consejo'), ('alternate', 'suplencia'), ('auditor', 'sindicatura'), ('alternate_auditor', 'sindicatura suplente'), ('position', 'responsabilidad fuera del consejo')], default='council', max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='seat',
            name='name',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='seat',
            name='position_kind',
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name='seat',
            name='rank',
            field=models.PositiveSmallIntegerField(default=1),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='seat',
            name='section',
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name='term',
            name='basis',
            field=models.CharField(choices=[('file', 'planilla de mandatos'), ('elected', 'elección'), ('appointed', 'designación'), ('alternate', 'suplencia: la siguiente en orden'), ('auditor', 'sindicatura, hasta la próxima asamblea')], default='file', max_length=12),
        ),
        migrations.AddField(
            model_name='term',
            name='council_or_audit',
            field=models.BooleanField(default=True, editable=False),
        ),
        migrations.AddField(
            model_name='term',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member'),
        ),
        migrations.AddField(
            model_name='term',
            name='ended_note',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='term',
            name='ended_recorded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='term',
            name='ended_resolution',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='terms_ended', to='statute.resolution'),
        ),
        migrations.AddField(
            model_name='term',
            name='fills',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='filled_by', to='council.term'),
        ),
        migrations.AddField(
            model_name='term',
            name='how_ended',
            field=models.CharField(blank=True, choices=[('resigned', 'renunció al cargo'), ('recalled', 'la asamblea revocó el mandato'), ('left', 'dejó de ser asociado/a'), ('died', 'falleció'), ('moved', 'pasó a otro cargo'), ('dropped', 'el estatuto suprimió el cargo'), ('assembly_met', 'se hizo la asamblea hasta la que cubría el cargo')], max_length=12),
        ),
        migrations.AddField(
            model_name='term',
            name='recorded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='term',
            name='recorded_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member'),
        ),
        migrations.AddField(
            model_name='term',
            name='resolution',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='statute.resolution'),
        ),
        migrations.AddField(
            model_name='term',
            name='would_have_ended',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='seat',
            name='code',
            field=models.CharField(max_length=60, unique=True),
        ),
        migrations.AlterField(
            model_name='seat',
            name='position',
            field=models.PositiveIntegerField(unique=True),
        ),
        migrations.RunPython(rank_seats, migrations.RunPython.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='seat',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='97990459ecd7be71b13311f51371d229455c115b', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_8cca3', table='council_seat', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='term',
            trigger=pgtrigger.compiler.Trigger(name='history', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='a339b3dd80860404f8b433286324c271d2a60b92', operation='DELETE', pgid='pgtrigger_history_ce237', table='council_term', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='term',
            trigger=pgtrigger.compiler.Trigger(name='begins_open', sql=coop.common.triggers.HeldSql(declare='DECLARE seat_kind text; decided record; left_empty record;', func="\n                    SELECT kind INTO seat_kind FROM council_seat WHERE id = NEW.seat_id;\n                    NEW.council_or_audit := seat_kind <> 'position';\n                    IF NEW.how_ended <> '' THEN\n                        RAISE EXCEPTION 'a term begins open';\n                    END IF;\n                    IF NEW.resolution_id IS NOT NULL THEN\n                        SELECT * INTO decided FROM statute_resolution WHERE id = NEW.resolution_id;\n                        IF decided.adopted_at > lower(NEW.during) AND decided.source <> 'paper'\n                           OR decided.adopted_at - interval '1 day' > lower(NEW.during) THEN\n                            RAISE EXCEPTION 'a term begins after the resolution that it rests on';\n                        END IF;\n                        IF NEW.basis = 'elected' AND decided.matter <> 'election' OR\n                           NEW.basis = 'appointed' AND (seat_kind <> 'position'\n                               OR decided.matter NOT IN ('election', 'ordinary_decision')) THEN\n                            RAISE EXCEPTION 'that resolution seats nobody in this seat';\n                        END IF;\n                        IF lower(NEW.during) > decided.adopted_at + interval '366 days' OR EXISTS (\n                               SELECT FROM council_term t\n                                WHERE t.resolution_id = NEW.resolution_id AND t.seat_id = NEW.seat_id\n                                  AND NOT isempty(t.during)) THEN\n                            RAISE EXCEPTION 'a decision seats somebody once, within a year';\n                        END IF;\n                        IF decided.proposal_kind = 'slate' AND NOT EXISTS (\n                               SELECT FROM council_slate l, jsonb_array_elements(l.facts->'picks') pick\n                                 JOIN council_seat s ON s.code = pick->>'seat'\n                                 JOIN members_member m ON m.number::text = pick->>'number'\n                                WHERE l.id = decided.proposal_id\n                                  AND s.id = NEW.seat_id AND m.id = NEW.member_id) THEN\n                            RAISE EXCEPTION 'the list that was adopted says somebody else';\n                        END IF;\n                    END IF;\n                    IF NEW.fills_id IS NOT NULL THEN\n                        SELECT t.* INTO left_empty FROM council_term t WHERE t.id = NEW.fills_id;\n                        IF left_empty.seat_id <> NEW.seat_id OR left_empty.how_ended = ''\n                           OR lower(NEW.during) < upper(left_empty.during)\n                           OR upper(NEW.during) > left_empty.would_have_ended THEN\n                            RAISE EXCEPTION 'who fills a vacancy holds what was left of that term';\n                        END IF;\n                    END IF;\n                    RETURN NEW;\n                ", hash='232df80840fea0568aead8e2ae409adc1eb3ace0', operation='INSERT', pgid='pgtrigger_begins_open_26288', table='council_term', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='term',
            trigger=pgtrigger.compiler.Trigger(name='ends_once', sql=coop.common.triggers.HeldSql(declare='DECLARE decided record;', func="\n                    -- An end that lies ahead may come nearer; who died or left did so whenever it is told.\n                    IF isempty(OLD.during) OR NEW.how_ended = ''\n                       OR OLD.how_ended <> '' AND NEW.how_ended NOT IN ('left', 'died')\n                          AND upper(OLD.during) <= NEW.ended_recorded_at\n                       OR (OLD.id, OLD.seat_id, OLD.member_id, OLD.elected_by, OLD.basis)\n                           IS DISTINCT FROM\n                          (NEW.id, NEW.seat_id, NEW.member_id, NEW.elected_by, NEW.basis)\n                       OR NEW.council_or_audit <> OLD.council_or_audit\n                       OR (OLD.resolution_id, OLD.fills_id, OLD.recorded_at, OLD.recorded_by_id)\n                           IS DISTINCT FROM\n                          (NEW.resolution_id, NEW.fills_id, NEW.recorded_at, NEW.recorded_by_id)\n                       OR NEW.would_have_ended <> COALESCE(OLD.would_have_ended, upper(OLD.during))\n                    THEN\n                        RAISE EXCEPTION 'a term changes once, when it ends before its day';\n                    END IF;\n                    IF NOT isempty(NEW.during) AND (\n                           lower(NEW.during) <> lower(OLD.during) OR upper(NEW.during) >= upper(OLD.during)\n                           OR NOT lower_inc(NEW.during) OR upper_inc(NEW.during)) THEN\n                        RAISE EXCEPTION 'a term ends earlier, and begins when it began';\n                    END IF;\n                    IF NEW.how_ended NOT IN ('left', 'died') AND (\n                           isempty(NEW.during) AND NEW.ended_recorded_at > lower(OLD.during)\n                           OR upper(NEW.during) < NEW.ended_recorded_at) THEN\n                        RAISE EXCEPTION 'a term does not end before somebody said so';\n                    END IF;\n                    IF NEW.how_ended IN ('recalled', 'dropped') THEN\n                        SELECT * INTO decided FROM statute_resolution WHERE id = NEW.ended_resolution_id;\n                        IF (NEW.how_ended, decided.matter) NOT IN (\n                               ('recalled', 'recall'), ('dropped', 'statute_reform')) THEN\n                            RAISE EXCEPTION 'that resolution ends no term';\n                        END IF;\n                        IF NEW.how_ended = 'recalled' AND (\n                               decided.adopted_at < lower(OLD.during) AND decided.source <> 'paper'\n                               OR decided.adopted_at + interval '1 day' <= lower(OLD.during)\n                               OR decided.adopted_at + interval '31 days' < NEW.ended_recorded_at) THEN\n                            RAISE EXCEPTION 'that recall is of another time';\n                        END IF;\n                    END IF;\n                    RETURN NEW;\n                ", hash='4eb756d8177b5d27e5b86e92b3ca4bcd0be4b463', operation='UPDATE', pgid='pgtrigger_ends_once_3bde9', table='council_term', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='term',
            trigger=pgtrigger.compiler.Trigger(name='held_by_a_member', sql=coop.common.triggers.HeldSql(declare='DECLARE zone_here text; first_day date; end_day date;', func="\n                    IF isempty(NEW.during) THEN\n                        RETURN NEW;\n                    END IF;\n                    SELECT zone INTO zone_here FROM statute_cooperative;\n                    -- Whoever puts down that they left waits, and then finds this term; or this one waits.\n                    PERFORM FROM members_member WHERE id = NEW.member_id FOR SHARE;\n                    first_day := (lower(NEW.during) AT TIME ZONE zone_here)::date;\n                    end_day := 1 + (\n                        (upper(NEW.during) - interval '1 microsecond') AT TIME ZONE zone_here)::date;\n                    IF NOT EXISTS (\n                        SELECT FROM members_member m\n                         WHERE m.id = NEW.member_id AND m.joined_on <= first_day\n                           AND (m.left_on IS NULL OR m.left_on >= end_day)\n                    ) OR EXISTS (\n                        SELECT FROM members_period p\n                         WHERE p.member_id = NEW.member_id\n                           AND p.state NOT IN ('trial', 'active', 'suspended')\n                           AND daterange(p.since, p.until) && daterange(first_day, end_day)\n                    ) THEN\n                        RAISE EXCEPTION 'a term is held by a member, as long as they are one';\n                    END IF;\n                    RETURN NEW;\n                ", hash='6abb97d6e4dfe650221059f985c471bba9edace9', operation='INSERT OR UPDATE', pgid='pgtrigger_held_by_a_member_b0b0d', table='council_term', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(fields=('kind', 'key', 'rank'), name='seat_has_its_rank'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'position'), models.Q(('key', ''), _negated=True), models.Q(('name', ''), _negated=True)), models.Q(models.Q(('kind', 'position'), _negated=True), ('key', ''), ('name', ''), ('section', '')), _connector='OR'), name='seat_of_a_position_has_its_key'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('council_or_audit', True)), expressions=[(models.Func('member_id', 'member_id', models.Value('[]'), function='int8range'), '&&'), ('during', '&&')], name='term_one_seat_per_member'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(('during__lower_inf', False), ('during__upper_inf', False), models.Q(('during__isempty', False), models.Q(('how_ended', ''), _negated=True), _connector='OR')), name='term_has_both_ends'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(('basis__in', ['file', 'elected', 'appointed', 'alternate', 'auditor'])), name='term_basis_is_known'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', 'file'), ('fills__isnull', True), ('resolution__isnull', True), models.Q(('elected_by', ''), _negated=True)), models.Q(('basis__in', ['elected', 'appointed']), ('fills__isnull', True), ('resolution__isnull', False)), models.Q(('basis__in', ['alternate', 'auditor']), ('fills__isnull', False), ('resolution__isnull', True)), _connector='OR'), name='term_rests_on_what_it_says'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_by__isnull', True), ('ended_note', ''), ('ended_recorded_at__isnull', True), ('ended_resolution__isnull', True), ('how_ended', ''), ('would_have_ended__isnull', True)), models.Q(('ended_recorded_at__isnull', False), ('how_ended__in', ['resigned', 'recalled', 'left', 'died', 'moved', 'dropped', 'assembly_met']), ('would_have_ended__isnull', False)), _connector='OR'), name='term_cut_short_says_how'),
        ),
        migrations.AddConstraint(
            model_name='term',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('how_ended__in', ['recalled', 'dropped']), _negated=True), ('ended_resolution__isnull', False), _connector='OR'), name='term_recalled_by_a_resolution'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='seatedmember',
            trigger=pgtrigger.compiler.Trigger(name='leaves_no_term_behind', sql=coop.common.triggers.HeldSql(condition='WHEN (OLD."came_back" IS DISTINCT FROM (NEW."came_back") OR OLD."joined_on" IS DISTINCT FROM (NEW."joined_on") OR OLD."left_on" IS DISTINCT FROM (NEW."left_on"))', constraint='CONSTRAINT', declare='DECLARE zone_here text;', func="\n                    SELECT zone INTO zone_here FROM statute_cooperative;\n                    IF EXISTS (\n                        SELECT FROM council_term t JOIN members_member m ON m.id = t.member_id\n                         WHERE m.id = NEW.id AND NOT isempty(t.during)\n                           AND ((lower(t.during) AT TIME ZONE zone_here)::date < m.joined_on\n                                OR upper(t.during) AT TIME ZONE zone_here > m.left_on\n                                OR EXISTS (\n                                    SELECT FROM members_period p\n                                     WHERE p.member_id = m.id\n                                       AND p.state NOT IN ('trial', 'active', 'suspended')\n                                       AND tsrange(p.since, p.until) && tsrange(\n                                           lower(t.during) AT TIME ZONE zone_here,\n                                           upper(t.during) AT TIME ZONE zone_here)))\n                    ) THEN\n                        RAISE EXCEPTION 'member % is off the register with a term that goes on', NEW.number;\n                    END IF;\n                    RETURN NULL;\n                ", hash='090a4f89c3209a27abb929091caebcd663668b86', operation='UPDATE', pgid='pgtrigger_leaves_no_term_behind_ba412', table='members_member', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
