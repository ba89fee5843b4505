import hashlib
import json
import uuid

import coop.common.triggers
import django.db.models.deletion
import django.db.models.lookups
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


def seal_versions(apps, schema_editor):
    """SHA-256 of the canonical JSON, as coop.statute.rules.seal_of makes it today."""
    for version in apps.get_model('statute', 'StatuteVersion').objects.all():
        text = json.dumps(version.document, ensure_ascii=False, sort_keys=True, separators=(',', ':'))
        version.sha256 = hashlib.sha256(text.encode()).hexdigest()
        version.save(update_fields=['sha256'])


class Migration(migrations.Migration):

    dependencies = [
        ('statute', '0003_matters'),
    ]

    operations = [
        migrations.CreateModel(
            name='Logo',
            fields=[
                ('id', models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('content', models.BinaryField()),
                ('kind', models.CharField(max_length=20)),
                ('sha256', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='StatuteDraft',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=120)),
                ('why', models.TextField(blank=True)),
                ('holds_from', models.DateField(null=True)),
                ('document', models.JSONField()),
                ('begun_at', models.DateTimeField()),
                ('begun_by', models.CharField(max_length=200)),
                ('edited_at', models.DateTimeField()),
                ('edited_by', models.CharField(max_length=200)),
                ('turn', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ['-edited_at'],
            },
        ),
        migrations.CreateModel(
            name='StatuteReform',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('holds_from', models.DateField(null=True)),
                ('facts', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('presented_at', models.DateTimeField()),
                ('presented_number', models.PositiveIntegerField(null=True)),
                ('presented_by', models.CharField(max_length=200)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        # The versions there are get their seals before anything rests on them; a version never changes, so
        # its trigger steps aside for that.
        migrations.AddField(
            model_name='statuteversion',
            name='sha256',
            field=models.CharField(default='', editable=False, max_length=64),
            preserve_default=False,
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='statuteversion',
            name='never_changes',
        ),
        migrations.RunPython(seal_versions, migrations.RunPython.noop),
        pgtrigger.migrations.AddTrigger(
            model_name='statuteversion',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2cfc52fc04823f5f3ec2125a511798ba770ac1a4', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_2b1b2', table='statute_statuteversion', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='cooperative',
            name='address',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='cooperative',
            name='currency',
            field=models.CharField(default='ARS', max_length=3),
        ),
        migrations.AddField(
            model_name='cooperative',
            name='fiscal_day',
            field=models.PositiveSmallIntegerField(default=31),
        ),
        migrations.AddField(
            model_name='cooperative',
            name='fiscal_month',
            field=models.PositiveSmallIntegerField(default=12),
        ),
        migrations.AddField(
            model_name='cooperative',
            name='founded_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='cooperative',
            name='legal_name',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='cooperative',
            name='logo_sha256',
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name='cooperative',
            name='registry_number',
            field=models.CharField(blank=True, max_length=30),
        ),
        migrations.AddField(
            model_name='cooperative',
            name='tax_number',
            field=models.CharField(blank=True, max_length=11),
        ),
        migrations.AddField(
            model_name='statuteversion',
            name='resolution',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='statute_version', to='statute.resolution'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statuteversion',
            trigger=pgtrigger.compiler.Trigger(name='rests_on_its_resolution', sql=coop.common.triggers.HeldSql(declare='DECLARE last_day date; zone_here text;', func="\n                    PERFORM pg_advisory_xact_lock(hashtext(current_schema() || '.statute'));\n                    SELECT max(holds_from) INTO last_day FROM statute_statuteversion;\n                    IF last_day IS NULL THEN\n                        IF NEW.resolution_id IS NOT NULL THEN\n                            RAISE EXCEPTION 'the first statute rests on no resolution';\n                        END IF;\n                        RETURN NEW;\n                    END IF;\n                    SELECT zone INTO zone_here FROM statute_cooperative;\n                    IF NOT EXISTS (\n                        SELECT FROM statute_resolution r\n                          JOIN statute_statutereform f\n                            ON r.proposal_kind = 'statute_reform' AND r.proposal_id = f.id\n                           AND r.proposal_sha256 = f.sha256\n                         WHERE r.id = NEW.resolution_id AND r.matter = 'statute_reform'\n                           AND f.id = NEW.reform_id\n                           AND f.facts->'document' = NEW.document\n                           AND f.facts->>'document_sha256' = NEW.sha256\n                           AND f.title = NEW.title\n                           AND NEW.holds_from > (r.adopted_at AT TIME ZONE zone_here)::date\n                           AND NEW.holds_from > last_day\n                    ) THEN\n                        RAISE EXCEPTION 'a statute after the first rests on a resolution that adopted it';\n                    END IF;\n                    RETURN NEW;\n                ", hash='ff4866e81b22dcfabf123ff8388e650c0689ce94', operation='INSERT', pgid='pgtrigger_rests_on_its_resolution_77403', table='statute_statuteversion', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='cooperative',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='cooperative_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='cooperative',
            constraint=models.CheckConstraint(condition=models.Q(('tax_number', ''), ('tax_number__regex', '^[0-9]{11}$'), _connector='OR'), name='cooperative_tax_number_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='cooperative',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('fiscal_day__gte', 1), ('fiscal_day__lte', 31), ('fiscal_month', 1)), models.Q(('fiscal_day__gte', 1), ('fiscal_day__lte', 28), ('fiscal_month', 2)), models.Q(('fiscal_day__gte', 1), ('fiscal_day__lte', 31), ('fiscal_month', 3)), models.Q(('fiscal_day__gte', 1), ('fiscal_day__lte', 30), ('fiscal_month', 4)), models.Q(('fiscal_day__gte', 1), ('fiscal_day__lte', 31), ('fiscal_month', 5)), models.Q(('fiscal_day__gte', 1), ('fiscal_day__lte', 30), ('fiscal_month', 6)), models.Q(('fiscal_day__gte', 1), ('fiscal_day__lte', 31), ('fiscal_month', 7)), models.Q(('fiscal_day__gte', 1), ('fiscal_day__lte', 31), ('fiscal_month', 8)), models.Q(('fiscal_day__gte', 1), ('fiscal_day__lte', 30), ('fiscal_month', 9)), models.Q(('fiscal_day__gte', 1), ('fiscal_day__lte', 31), ('fiscal_month', 10)), models.Q(('fiscal_day__gte', 1), ('fiscal_day__lte', 30), ('fiscal_month', 11)), models.Q(('fiscal_day__gte', 1), ('fiscal_day__lte', 31), ('fiscal_month', 12)), _connector='OR'), name='cooperative_fiscal_year_ends'),
        ),
        migrations.AddConstraint(
            model_name='cooperative',
            constraint=models.CheckConstraint(condition=models.Q(('currency__regex', '^[A-Z]{3}$')), name='cooperative_currency_is_a_code'),
        ),
        migrations.AddConstraint(
            model_name='logo',
            constraint=models.CheckConstraint(condition=models.Q(('id', 1)), name='logo_is_one'),
        ),
        migrations.AddConstraint(
            model_name='logo',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('image/png', 'image/jpeg'))), name='logo_is_a_picture'),
        ),
        migrations.AddConstraint(
            model_name='logo',
            constraint=models.CheckConstraint(condition=models.Q(django.db.models.lookups.LessThanOrEqual(models.Func('content', function='octet_length', output_field=models.IntegerField()), 204800)), name='logo_is_small'),
        ),
        migrations.AddField(
            model_name='statutedraft',
            name='base',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statute.statuteversion'),
        ),
        migrations.AddField(
            model_name='statutereform',
            name='base',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reforms', to='statute.statuteversion'),
        ),
        migrations.AddField(
            model_name='statuteversion',
            name='reform',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='version', to='statute.statutereform'),
        ),
        migrations.AddConstraint(
            model_name='statuteversion',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='statute_is_sealed'),
        ),
        migrations.AddConstraint(
            model_name='statuteversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reform__isnull', True), ('resolution__isnull', True)), models.Q(('reform__isnull', False), ('resolution__isnull', False)), _connector='OR'), name='statute_reform_has_its_resolution'),
        ),
        migrations.AddConstraint(
            model_name='statutereform',
            constraint=models.UniqueConstraint(fields=('sha256',), name='statute_reform_presented_once'),
        ),
        migrations.AddConstraint(
            model_name='statutereform',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='statute_reform_is_sealed'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statutereform',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ac2e0951b7a3041500ccf18c5d409ec448de4b51', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_15ebf', table='statute_statutereform', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='statutereform',
            trigger=pgtrigger.compiler.Trigger(name='is_what_it_seals', sql=coop.common.triggers.HeldSql(func="\n                    IF NEW.facts->'title' IS DISTINCT FROM to_jsonb(NEW.title)\n                       OR NEW.facts->>'holds_from' IS DISTINCT FROM NEW.holds_from::text\n                       OR NOT EXISTS (\n                           SELECT FROM statute_statuteversion v\n                            WHERE v.id = NEW.base_id AND v.sha256 = NEW.facts->'base'->>'sha256'\n                       )\n                    THEN\n                        RAISE EXCEPTION 'a reform has the title, the day and the base that it seals';\n                    END IF;\n                    RETURN NEW;\n                ", hash='91ff4e2c73f393190334e2422d0c3abe37444906', operation='INSERT', pgid='pgtrigger_is_what_it_seals_5cf83', table='statute_statutereform', when='BEFORE')),
        ),
    ]
