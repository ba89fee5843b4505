import coop.common.triggers
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assemblies', '0005_matters'),
        ('council', '0001_initial'),
        ('members', '0003_facts'),
        ('statute', '0005_paper_book'),
    ]

    operations = [
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=300)),
                ('due_on', models.DateField()),
                ('people', models.PositiveSmallIntegerField()),
                ('given_at', models.DateTimeField()),
                ('follows', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='assemblies.mandate')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('motion', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='assemblies.motion')),
                ('resolution', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='statute.resolution')),
                ('seat', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='council.seat')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MandateHolder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holders', to='assemblies.mandate')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
            ],
            options={
                'ordering': ['member__sort_name'],
            },
        ),
        migrations.CreateModel(
            name='MandateReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('progress', 'Sigue en marcha'), ('done', 'Está hecho'), ('given_back', 'No se puede: vuelve a la asamblea'), ('cancelled', 'Queda sin efecto')], max_length=12)),
                ('text', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='assemblies.mandate')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(('resolution__isnull', False), ('motion__isnull', False), _connector='OR'), name='mandate_was_given_by_an_assembly'),
        ),
        migrations.AddConstraint(
            model_name='mandate',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('people', 0), ('seat__isnull', False)), models.Q(('people__gte', 1), ('seat__isnull', True)), _connector='OR'), name='mandate_is_somebodys'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mandate',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3a99a4ffbb29c1c0c7aece8be0ad6cdf028bc072', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_847c0', table='assemblies_mandate', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='mandateholder',
            constraint=models.UniqueConstraint(fields=('mandate', 'member'), name='mandate_names_a_member_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mandateholder',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0059f901fb5fc2621001e9e9456ea8c71a27db37', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_de377', table='assemblies_mandateholder', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mandateholder',
            trigger=pgtrigger.compiler.Trigger(name='named_when_it_is_given', sql=coop.common.triggers.HeldSql(declare='DECLARE places integer; taken integer;', func="\n                    SELECT m.people INTO places FROM assemblies_mandate m\n                     WHERE m.id = NEW.mandate_id;\n                    SELECT count(*) INTO taken FROM assemblies_mandateholder h\n                     WHERE h.mandate_id = NEW.mandate_id;\n                    IF taken >= places THEN\n                        RAISE EXCEPTION 'mandate % has its % people', NEW.mandate_id, places;\n                    END IF;\n                    RETURN NEW;\n                ", hash='31b7252d0f9b2818566c89c35e65e8f9974418f0', operation='INSERT', pgid='pgtrigger_named_when_it_is_given_411fc', table='assemblies_mandateholder', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='mandatereport',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ('done', 'cancelled'))), fields=('mandate',), name='mandate_is_closed_once'),
        ),
        migrations.AddConstraint(
            model_name='mandatereport',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'given_back')), fields=('mandate',), name='mandate_is_given_back_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mandatereport',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8d452b533ce8bbf8636872364f9752cbb1b54ea0', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_f6135', table='assemblies_mandatereport', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='mandatereport',
            trigger=pgtrigger.compiler.Trigger(name='only_while_it_stands', sql=coop.common.triggers.HeldSql(func="\n                    IF EXISTS (\n                        SELECT FROM assemblies_mandatereport r\n                         WHERE r.mandate_id = NEW.mandate_id AND r.kind IN ('done', 'cancelled')\n                    ) OR EXISTS (\n                        SELECT FROM assemblies_mandate m WHERE m.follows_id = NEW.mandate_id\n                    ) THEN\n                        RAISE EXCEPTION 'mandate % is settled', NEW.mandate_id;\n                    END IF;\n                    RETURN NEW;\n                ", hash='f634a379a1fdde2619da06dd1c0a06e94616d6d7', operation='INSERT', pgid='pgtrigger_only_while_it_stands_8142b', table='assemblies_mandatereport', when='BEFORE')),
        ),
    ]
