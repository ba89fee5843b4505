
import coop.common.triggers
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('council', '0003_rotation'),
        ('members', '0006_exclusion_needs_a_file'),
    ]

    operations = [
        migrations.CreateModel(
            name='Checklist',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('items', models.JSONField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checklists', to='council.seat')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Filing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('bank', 'firmas en el banco'), ('registry', 'inscripción de autoridades'), ('other', 'otro trámite')], max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('changed_on', models.DateField(null=True)),
                ('due_on', models.DateField()),
                ('source', models.CharField(blank=True, max_length=120)),
                ('opened_at', models.DateTimeField()),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FilingRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('bank', 'firmas en el banco'), ('registry', 'inscripción de autoridades'), ('other', 'otro trámite')], max_length=10)),
                ('days', models.PositiveSmallIntegerField()),
                ('source', models.CharField(max_length=120)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='FilingStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('taken', 'a cargo de'), ('put_off', 'nueva fecha'), ('note', 'novedad'), ('done', 'hecho'), ('dropped', 'ya no hace falta')], max_length=10)),
                ('due_on', models.DateField(null=True)),
                ('day', models.DateField(null=True)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('filing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='council.filing')),
                ('who', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='filings_taken', to='members.member')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField()),
                ('incoming', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='handover_in', to='council.term')),
                ('outgoing', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='handover_out', to='council.term')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='council.seat')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='HandoverItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('keys', 'llaves'), ('bank', 'firmas en el banco'), ('filings', 'trámites en curso'), ('access', 'claves y accesos'), ('papers', 'libros y papeles'), ('money', 'dinero y valores'), ('other', 'otra cosa')], max_length=10)),
                ('text', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='council.handover')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='HandoverMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('out', 'entrega'), ('in', 'recibe'), ('witness', 'testigo')], max_length=10)),
                ('said', models.CharField(choices=[('given', 'entregado'), ('not_given', 'no se entrega'), ('received', 'recibido'), ('missing', 'falta')], max_length=10)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='council.handoveritem')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='HandoverSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('out', 'entrega'), ('in', 'recibe'), ('witness', 'testigo')], max_length=10)),
                ('at', models.DateTimeField()),
                ('sha256', models.CharField(max_length=64)),
                ('remark', models.CharField(blank=True, max_length=500)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='council.handover')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='TermReminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.PositiveSmallIntegerField()),
                ('ends_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('mailed_at', models.DateTimeField(null=True)),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='council.term')),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='checklist',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d4d085f0ee41ba6778feead248d5dc101d0749ab', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_448f6', table='council_checklist', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='filing',
            constraint=models.UniqueConstraint(condition=models.Q(('changed_on__isnull', False)), fields=('kind', 'changed_on'), name='filing_once_a_renewal'),
        ),
        migrations.AddConstraint(
            model_name='filing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(models.Q(('changed_on__isnull', True), ('kind', 'other'), ('opened_by__isnull', False)), models.Q(('changed_on__isnull', False), ('kind__in', ['bank', 'registry']), ('opened_by__isnull', True)), _connector='OR')), name='filing_is_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='filing',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9fd9d2ea8daab3bcfcb176759eae185a2224de9a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a2b35', table='council_filing', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='filingrule',
            constraint=models.CheckConstraint(condition=models.Q(('days__gte', 1), ('days__lte', 365), ('kind__in', ['bank', 'registry']), models.Q(('source', ''), _negated=True)), name='filing_rule_is_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='filingrule',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='583371116c1f3b29ac26413aae2152594c129617', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c5186', table='council_filingrule', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='filingstep',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ('done', 'dropped'))), fields=('filing',), name='filing_closes_once'),
        ),
        migrations.AddConstraint(
            model_name='filingstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('day__isnull', True), ('due_on__isnull', True), ('kind', 'taken'), ('number', ''), ('who__isnull', False)), models.Q(('day__isnull', True), ('due_on__isnull', False), ('kind', 'put_off'), ('number', ''), ('who__isnull', True), models.Q(('note', ''), _negated=True)), models.Q(('day__isnull', True), ('due_on__isnull', True), ('kind__in', ['note', 'dropped']), ('number', ''), ('who__isnull', True), models.Q(('note', ''), _negated=True)), models.Q(('day__isnull', False), ('due_on__isnull', True), ('kind', 'done'), ('who__isnull', True), models.Q(('number', ''), _negated=True)), _connector='OR'), name='filing_step_is_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='filingstep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ada63f4646a6b781045ee7143ac0d6ed237a32a6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1ee71', table='council_filingstep', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='filingstep',
            trigger=pgtrigger.compiler.Trigger(name='while_it_is_open', sql=coop.common.triggers.HeldSql(func="\n                    PERFORM pg_advisory_xact_lock(\n                        hashtext(current_schema() || '.council.filing/' || NEW.filing_id::text));\n                    IF EXISTS (\n                        SELECT FROM council_filingstep\n                         WHERE filing_id = NEW.filing_id AND kind IN ('done', 'dropped')\n                    ) THEN\n                        RAISE EXCEPTION 'a filing that is closed does not change';\n                    END IF;\n                    RETURN NEW;\n                ", hash='c923b8cf67f4d5623572ecd765bc8c581fcd3f94', operation='INSERT', pgid='pgtrigger_while_it_is_open_b82ae', table='council_filingstep', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('outgoing__isnull', False), ('incoming__isnull', False), _connector='OR'), name='handover_has_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handover',
            trigger=pgtrigger.compiler.Trigger(name='history', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='fe0e10d0e7e4866b3819960acd05ec602ec88ac5', operation='DELETE', pgid='pgtrigger_history_c761e', table='council_handover', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handover',
            trigger=pgtrigger.compiler.Trigger(name='follows_its_terms', sql=coop.common.triggers.HeldSql(declare='DECLARE gone record; come record;', func="\n                    IF TG_OP = 'UPDATE' THEN\n                        IF (NEW.id, NEW.seat_id, NEW.outgoing_id, NEW.opened_at)\n                               IS DISTINCT FROM (OLD.id, OLD.seat_id, OLD.outgoing_id, OLD.opened_at)\n                           OR NEW.incoming_id IS NULL THEN\n                            RAISE EXCEPTION 'of a handover only who comes next is written later';\n                        END IF;\n                        IF EXISTS (SELECT FROM council_handoversignature WHERE handover_id = NEW.id) THEN\n                            RAISE EXCEPTION 'a handover that somebody signed does not change';\n                        END IF;\n                    END IF;\n                    SELECT * INTO gone FROM council_term WHERE id = NEW.outgoing_id;\n                    SELECT * INTO come FROM council_term WHERE id = NEW.incoming_id;\n                    IF gone.seat_id <> NEW.seat_id OR come.seat_id <> NEW.seat_id\n                       OR lower(come.during) < upper(gone.during) THEN\n                        RAISE EXCEPTION 'a seat is handed over by who held it to who holds it next';\n                    END IF;\n                    RETURN NEW;\n                ", hash='07b136076df606303d15c759464b97e799fd9f32', operation='INSERT OR UPDATE', pgid='pgtrigger_follows_its_terms_03d0b', table='council_handover', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='handoveritem',
            constraint=models.UniqueConstraint(fields=('handover', 'position'), name='handover_item_has_its_place'),
        ),
        migrations.AddConstraint(
            model_name='handoveritem',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['keys', 'bank', 'filings', 'access', 'papers', 'money', 'other']), models.Q(('text', ''), _negated=True)), name='handover_item_says_what'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handoveritem',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a77ec58d41476e69cc3e1b25925e5e55002592f6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_51892', table='council_handoveritem', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handoveritem',
            trigger=pgtrigger.compiler.Trigger(name='before_the_signatures', sql=coop.common.triggers.HeldSql(func="\n    PERFORM FROM council_handover WHERE id = NEW.handover_id FOR SHARE;\n    IF EXISTS (SELECT FROM council_handoversignature WHERE handover_id = NEW.handover_id) THEN\n        RAISE EXCEPTION 'a handover that somebody signed does not change';\n    END IF;\nRETURN NEW;", hash='9d72651e45840bb913cbe7ed3073c73c0d7b7fed', operation='INSERT', pgid='pgtrigger_before_the_signatures_508a1', table='council_handoveritem', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='handovermark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('said__in', ('given', 'not_given')), ('side', 'out')), models.Q(('said__in', ('received', 'missing')), ('side', 'in')), _connector='OR'), name='handover_mark_is_of_its_side'),
        ),
        migrations.AddConstraint(
            model_name='handovermark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('said__in', ['missing', 'not_given']), _negated=True), models.Q(('note', ''), _negated=True), _connector='OR'), name='handover_mark_says_why'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handovermark',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f4400d45fec45681d3231764caaf140d32a99613', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a77f1', table='council_handovermark', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handovermark',
            trigger=pgtrigger.compiler.Trigger(name='by_its_own_side', sql=coop.common.triggers.HeldSql(declare='DECLARE handed bigint; gone bigint; come bigint;', func="SELECT handover_id INTO handed FROM council_handoveritem WHERE id = NEW.item_id;\n    PERFORM FROM council_handover WHERE id = handed FOR SHARE;\n    IF EXISTS (SELECT FROM council_handoversignature WHERE handover_id = handed) THEN\n        RAISE EXCEPTION 'a handover that somebody signed does not change';\n    END IF;\n\n                    SELECT o.member_id, i.member_id INTO gone, come\n                      FROM council_handover h\n                      LEFT JOIN council_term o ON o.id = h.outgoing_id\n                      LEFT JOIN council_term i ON i.id = h.incoming_id\n                     WHERE h.id = handed;\n                    IF NEW.side = 'out' AND NEW.by_id IS DISTINCT FROM gone\n                       OR NEW.side = 'in' AND NEW.by_id <> COALESCE(come, NEW.by_id)\n                       OR NEW.side = 'in' AND NEW.by_id = gone THEN\n                        RAISE EXCEPTION 'each side of a handover speaks for itself';\n                    END IF;\n                    RETURN NEW;\n                ", hash='79596e5ecd2b11e14f2c96dd2907c1f8ae909e3e', operation='INSERT', pgid='pgtrigger_by_its_own_side_5a0c3', table='council_handovermark', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='handoversignature',
            constraint=models.UniqueConstraint(fields=('handover', 'side'), name='handover_signed_once_a_side'),
        ),
        migrations.AddConstraint(
            model_name='handoversignature',
            constraint=models.UniqueConstraint(fields=('handover', 'by'), name='handover_signed_once_each'),
        ),
        migrations.AddConstraint(
            model_name='handoversignature',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['out', 'in', 'witness']), ('sha256__regex', '^[0-9a-f]{64}$')), name='handover_signature_seals'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handoversignature',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ef43f67f3fe68303617bda2750b622a9fb2d053c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4b087', table='council_handoversignature', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handoversignature',
            trigger=pgtrigger.compiler.Trigger(name='by_whom_it_is', sql=coop.common.triggers.HeldSql(declare='DECLARE gone bigint; come bigint;', func="\n                    PERFORM FROM council_handover WHERE id = NEW.handover_id FOR UPDATE;\n                    SELECT o.member_id, i.member_id INTO gone, come\n                      FROM council_handover h\n                      LEFT JOIN council_term o ON o.id = h.outgoing_id\n                      LEFT JOIN council_term i ON i.id = h.incoming_id\n                     WHERE h.id = NEW.handover_id;\n                    IF NEW.side = 'out' AND NEW.by_id IS DISTINCT FROM gone\n                       OR NEW.side = 'in' AND NEW.by_id <> COALESCE(come, NEW.by_id)\n                       OR NEW.side <> 'out' AND NEW.by_id = gone\n                       OR NEW.side = 'witness' AND NEW.by_id = come THEN\n                        RAISE EXCEPTION 'a handover is signed by its two sides, or a third';\n                    END IF;\n                    IF EXISTS (\n                        SELECT FROM council_handoversignature s\n                         WHERE s.handover_id = NEW.handover_id\n                           AND (s.sha256 <> NEW.sha256 OR (s.side, NEW.side) IN (\n                                ('out', 'witness'), ('witness', 'out')))\n                    ) THEN\n                        RAISE EXCEPTION 'all who sign a handover sign the same';\n                    END IF;\n                    RETURN NEW;\n                ", hash='4d8dc98061bd459414e2cbbca68af61891048869', operation='INSERT', pgid='pgtrigger_by_whom_it_is_d5325', table='council_handoversignature', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='termreminder',
            constraint=models.UniqueConstraint(fields=('term', 'days'), name='term_reminder_once'),
        ),
        migrations.AddConstraint(
            model_name='termreminder',
            constraint=models.CheckConstraint(condition=models.Q(('days__in', (90, 30, 7))), name='term_reminder_on_its_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='termreminder',
            trigger=pgtrigger.compiler.Trigger(name='history', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='481373b0ee3c88a7a14c7026ec489ba65787deb9', operation='DELETE', pgid='pgtrigger_history_a1c82', table='council_termreminder', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='termreminder',
            trigger=pgtrigger.compiler.Trigger(name='mailed_once', sql=coop.common.triggers.HeldSql(func="\n                    IF OLD.mailed_at IS NOT NULL OR NEW.mailed_at IS NULL OR\n                       (NEW.id, NEW.term_id, NEW.days, NEW.ends_at, NEW.at)\n                       IS DISTINCT FROM (OLD.id, OLD.term_id, OLD.days, OLD.ends_at, OLD.at) THEN\n                        RAISE EXCEPTION 'a reminder is sent once, and never changes';\n                    END IF;\n                    RETURN NEW;\n                ", hash='4923cacfc1e21df789d8cd864a925049a62b27a3', operation='UPDATE', pgid='pgtrigger_mailed_once_08d4f', table='council_termreminder', when='BEFORE')),
        ),
    ]
