import coop.common.triggers
import coop.statute.words_index
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('statute', '0004_reform'),
    ]

    operations = [
        migrations.CreateModel(
            name='BookPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entered_by_number', models.PositiveIntegerField(null=True)),
                ('entered_by_name', models.CharField(max_length=200)),
                ('entered_at', models.DateTimeField()),
                ('file_name', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='BookLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('day', models.DateField()),
                ('matter', models.CharField(choices=[('ordinary_decision', 'decisión de trabajo'), ('pay_unit', 'valor de la hora'), ('surplus_distribution', 'reparto del excedente'), ('statute_reform', 'reforma del estatuto'), ('membership', 'ingresos, sanciones y bajas de asociados/as'), ('exclusion_appeal', 'apelación de una sanción'), ('election', 'elección de autoridades'), ('recall', 'revocación del mandato'), ('annual_report', 'memoria y balance'), ('council_pay', 'retribución del consejo'), ('object_change', 'cambio del objeto social'), ('merger', 'fusión o incorporación'), ('dissolution', 'disolución')], max_length=40)),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField(blank=True)),
                ('adopted_by', models.CharField(max_length=200)),
                ('folio', models.CharField(blank=True, max_length=40)),
                ('yes', models.PositiveIntegerField(null=True)),
                ('no', models.PositiveIntegerField(null=True)),
                ('abstain', models.PositiveIntegerField(null=True)),
                ('proposal_kind', models.CharField(blank=True, max_length=40)),
                ('proposal_id', models.PositiveBigIntegerField(null=True)),
                ('proposal_sha256', models.CharField(blank=True, max_length=64)),
                ('state', models.CharField(choices=[('waiting', 'Espera confirmación'), ('returned', 'Devuelta para corregir'), ('confirmed', 'Confirmada'), ('dropped', 'Descartada')], default='waiting', max_length=10)),
                ('remark', models.CharField(blank=True, max_length=300)),
                ('entered_by_number', models.PositiveIntegerField(null=True)),
                ('entered_by_name', models.CharField(max_length=200)),
                ('entered_at', models.DateTimeField()),
                ('decided_by_number', models.PositiveIntegerField(null=True)),
                ('decided_by_name', models.CharField(blank=True, max_length=200)),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['page', 'position'],
            },
        ),
        migrations.AddField(
            model_name='resolution',
            name='source',
            field=models.CharField(choices=[('assembly', 'votada acá en asamblea'), ('paper', 'del libro de papel')], default='assembly', max_length=10),
        ),
        migrations.AddField(
            model_name='resolution',
            name='paper',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resolution', to='statute.bookline'),
        ),
        migrations.AddConstraint(
            model_name='resolution',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('paper__isnull', False), ('source', 'paper')), models.Q(('paper__isnull', True), ('source', 'assembly')), _connector='OR'), name='resolution_of_the_paper_book_names_its_line'),
        ),
        migrations.AddField(
            model_name='bookline',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='statute.bookpage'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bookpage',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a51459b5d21685b056351cdfcda3a4630e979c3b', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_b8b4f', table='statute_bookpage', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='resolution',
            name='words',
            field=models.GeneratedField(db_persist=True, expression=coop.statute.words_index.Vector('title', 'text', 'adopted_by'), output_field=django.contrib.postgres.search.SearchVectorField()),
        ),
        migrations.AddIndex(
            model_name='resolution',
            index=django.contrib.postgres.indexes.GinIndex(fields=['words'], name='resolution_words'),
        ),
        migrations.AddIndex(
            model_name='bookline',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'returned'])), fields=['page', 'position'], name='book_line_open'),
        ),
        migrations.AddConstraint(
            model_name='bookline',
            constraint=models.UniqueConstraint(fields=('page', 'position'), name='book_line_has_its_place'),
        ),
        migrations.AddConstraint(
            model_name='bookline',
            constraint=models.CheckConstraint(condition=models.Q(('position__gte', 1), ('position__lte', 25)), name='book_page_is_short'),
        ),
        migrations.AddConstraint(
            model_name='bookline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('decided_at__isnull', False), ('decided_by_number__isnull', False), models.Q(('entered_by_number__isnull', True), models.Q(('entered_by_number', models.F('decided_by_number')), _negated=True), _connector='OR')), _connector='OR'), name='book_line_is_confirmed_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='bookline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('abstain__isnull', True), ('no__isnull', True), ('yes__isnull', True)), models.Q(('abstain__isnull', False), ('no__isnull', False), ('yes__gte', 1), ('yes__isnull', False)), _connector='OR'), name='book_line_counts_votes_whole'),
        ),
        migrations.AddConstraint(
            model_name='bookline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('proposal_id__isnull', True), ('proposal_kind', ''), ('proposal_sha256', '')), models.Q(('proposal_id__isnull', False), ('proposal_sha256__regex', '^[0-9a-f]{64}$'), models.Q(('proposal_kind', ''), _negated=True)), _connector='OR'), name='book_line_names_its_proposal_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bookline',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='986aefca9557b2343d4251d91fed8f8c42fd0d25', operation='DELETE', pgid='pgtrigger_never_deleted_5cdcf', table='statute_bookline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bookline',
            trigger=pgtrigger.compiler.Trigger(name='decided_never_changes', sql=coop.common.triggers.HeldSql(condition='WHEN (OLD."state" IN (\'confirmed\', \'dropped\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ba883ed04f2d3cd77e0b5dd4c48db5de61da0435', operation='UPDATE', pgid='pgtrigger_decided_never_changes_505f0', table='statute_bookline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='bookline',
            trigger=pgtrigger.compiler.Trigger(name='begins_waiting', sql=coop.common.triggers.HeldSql(func="\n                    IF NEW.state <> 'waiting' OR NEW.decided_by_number IS NOT NULL THEN\n                        RAISE EXCEPTION 'a line of the paper book waits for a second person';\n                    END IF;\n                    RETURN NEW;\n                ", hash='03934c153ec15e8307ae890db84df53b68684b62', operation='INSERT', pgid='pgtrigger_begins_waiting_c54aa', table='statute_bookline', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='resolution',
            trigger=pgtrigger.compiler.Trigger(name='says_what_was_confirmed', sql=coop.common.triggers.HeldSql(condition='WHEN (NEW."paper_id" IS NOT NULL)', declare='DECLARE zone_here text;', func="\n                    SELECT zone INTO zone_here FROM statute_cooperative;\n                    IF NOT EXISTS (\n                        SELECT FROM statute_bookline l\n                         WHERE l.id = NEW.paper_id AND l.state = 'confirmed' AND l.matter = NEW.matter\n                           AND l.title = NEW.title AND l.text = NEW.text AND l.adopted_by = NEW.adopted_by\n                           AND l.proposal_kind = NEW.proposal_kind\n                           AND l.proposal_id IS NOT DISTINCT FROM NEW.proposal_id\n                           AND l.proposal_sha256 = NEW.proposal_sha256\n                           AND l.day = (NEW.adopted_at AT TIME ZONE zone_here)::date\n                    ) THEN\n                        RAISE EXCEPTION 'resolution %/% is not what a second person confirmed',\n                            NEW.number, NEW.year;\n                    END IF;\n                    RETURN NEW;\n                ", hash='c73f2cd5ff9a05994ae271f52f283bca9712f8e6', operation='INSERT', pgid='pgtrigger_says_what_was_confirmed_1ab72', table='statute_resolution', when='BEFORE')),
        ),
    ]
