import coop.common.triggers
import coop.record.words_index
import django.contrib.postgres.indexes
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('record', '0003_more_acts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Verification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begun_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField()),
                ('holds', models.BooleanField()),
                ('rows', models.PositiveBigIntegerField()),
                ('proofs', models.JSONField()),
            ],
            options={
                'ordering': ['-begun_at'],
            },
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['actor_number', 'position'], name='record_actor'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['at', 'position'], name='record_at'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('facts', 'jsonb_path_ops'), name='record_facts'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=django.contrib.postgres.indexes.GinIndex(coop.record.words_index.Words('actor_name', 'facts'), name='record_words'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.UniqueConstraint(fields=('begun_at',), name='verification_begins_once'),
        ),
        migrations.AddConstraint(
            model_name='verification',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__gte', models.F('begun_at'))), name='verification_ends_after_it_begins'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verification',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5657203ed2bbcd2387b11223b2182fa45537824c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_78ca6', table='record_verification', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='verification',
            trigger=pgtrigger.compiler.Trigger(name='says_what_its_proofs_say', sql=coop.common.triggers.HeldSql(func="\n                    IF jsonb_array_length(NEW.proofs) = 0 OR NEW.holds IS DISTINCT FROM NOT EXISTS (\n                        SELECT FROM jsonb_array_elements(NEW.proofs) p\n                         WHERE p->'broken' IS DISTINCT FROM 'null'::jsonb\n                    ) THEN\n                        RAISE EXCEPTION 'a verification says what its proofs say';\n                    END IF;\n                    RETURN NEW;\n                ", hash='2148d916eb9d7fafb267129dee6cbc8c78322d23', operation='INSERT', pgid='pgtrigger_says_what_its_proofs_say_2a3ed', table='record_verification', when='BEFORE')),
        ),
    ]
