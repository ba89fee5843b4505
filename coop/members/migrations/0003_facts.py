import coop.common.triggers
import django.contrib.postgres.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models
from django.utils import timezone

from coop.common.names import fold

REASONS = (("renun", "resigned"), ("exclu", "excluded"), ("expul", "excluded"), ("jubil", "retired"),
           ("retir", "retired"), ("fallec", "died"), ("muer", "died"), ("defunc", "died"))
BEFORE = "el registro de antes"


def tell_what_is_there(apps, schema_editor):
    """Whoever is on the register already gets the facts that its line says: joined, and left."""
    Member, Fact, Period, Section, SectionName, Posting = (
        apps.get_model("members", name)
        for name in ("Member", "MemberFact", "Period", "Section", "SectionName", "Posting")
    )
    now = timezone.now()
    sections = {}
    for member in Member.objects.order_by("pk").iterator(chunk_size=2000):
        told = {"member": member, "source": BEFORE, "at": now}
        Fact.objects.create(position=1, kind="entered", day=member.joined_on, **told)
        if member.left_on:
            reason = fold(member.leaving_reason)
            kind = next((kind for start, kind in REASONS if reason.startswith(start)), "left")
            Fact.objects.create(
                position=2, kind=kind, day=member.left_on, note=member.leaving_reason, **told
            )
            Period.objects.create(member=member, state=kind, since=member.left_on)
        if member.left_on != member.joined_on:
            Period.objects.create(
                member=member, state="active", since=member.joined_on, until=member.left_on
            )
        if name := " ".join(member.section.split()):
            key = fold(name)
            if key not in sections:
                sections[key] = Section.objects.create(name=name, folded=key)
                SectionName.objects.create(section=sections[key], name=name, since=member.joined_on, at=now)
            Posting.objects.create(
                member=member, section=sections[key], since=member.joined_on, at=now
            )


class Migration(migrations.Migration):

    dependencies = [("members", "0002_ways_in"), ("statute", "0005_paper_book")]

    operations = [
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('family_name', models.CharField(max_length=60)),
                ('given_names', models.CharField(max_length=60)),
                ('document', models.CharField(max_length=8)),
                ('tax_number', models.CharField(max_length=11)),
                ('born_on', models.DateField()),
                ('section', models.CharField(blank=True, max_length=60)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('mobile', models.CharField(blank=True, max_length=40)),
                ('text', models.TextField(blank=True)),
                ('applied_on', models.DateField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-applied_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('member', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='contact', serialize=False, to='members.member')),
                ('address', models.CharField(blank=True, max_length=160)),
                ('emergency_name', models.CharField(blank=True, max_length=120)),
                ('emergency_phone', models.CharField(blank=True, max_length=40)),
                ('email_seen', models.CharField(choices=[('council', 'Solo el consejo'), ('members', 'Todos los asociados/as')], default='council', max_length=8)),
                ('mobile_seen', models.CharField(choices=[('council', 'Solo el consejo'), ('members', 'Todos los asociados/as')], default='council', max_length=8)),
                ('address_seen', models.CharField(choices=[('council', 'Solo el consejo'), ('members', 'Todos los asociados/as')], default='council', max_length=8)),
                ('emergency_seen', models.CharField(choices=[('council', 'Solo el consejo'), ('members', 'Todos los asociados/as')], default='council', max_length=8)),
            ],
        ),
        migrations.CreateModel(
            name='ContactChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=20)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('document', 'documento y CUIL'), ('contact', 'datos de contacto'), ('bank', 'cuenta bancaria'), ('sanction', 'sumario'), ('receipt', 'recibo'), ('shares', 'cuotas sociales'), ('register_file', 'planilla completa del registro')], max_length=16)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MemberFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('applied', 'Pidió ingresar'), ('entered', 'Figura como asociado/a en el registro de antes'), ('admitted', 'Ingresó a prueba'), ('confirmed', 'Terminó la prueba y quedó confirmado/a'), ('suspended', 'Suspendido/a'), ('lifted', 'Se levantó la suspensión'), ('resigned', 'Renunció'), ('excluded', 'Fue excluido/a'), ('retired', 'Se jubiló'), ('died', 'Falleció'), ('left', 'Dejó la cooperativa'), ('readmitted', 'Reingresó'), ('annulled', 'Se anuló un hecho')], max_length=12)),
                ('day', models.DateField()),
                ('until', models.DateField(null=True)),
                ('noticed_on', models.DateField(null=True)),
                ('source', models.CharField(blank=True, max_length=120)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['member', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Period',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('trial', 'a prueba'), ('active', 'activo/a'), ('suspended', 'suspendido/a'), ('resigned', 'renunció'), ('excluded', 'excluido/a'), ('retired', 'jubilado/a'), ('died', 'falleció'), ('left', 'dejó la cooperativa')], max_length=12)),
                ('since', models.DateField()),
                ('until', models.DateField(null=True)),
            ],
            options={
                'ordering': ['member', 'since'],
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['member', '-since', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SanctionFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('charge', models.TextField()),
                ('opened_on', models.DateField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['-number'],
            },
        ),
        migrations.CreateModel(
            name='SanctionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('notified', 'Notificación'), ('defence', 'Descargo'), ('no_defence', 'Venció el plazo sin descargo'), ('decided', 'Decisión'), ('appealed', 'Apelación'), ('appeal_decided', 'Decisión de la asamblea')], max_length=16)),
                ('day', models.DateField()),
                ('due', models.DateField(null=True)),
                ('text', models.TextField(blank=True)),
                ('measure', models.CharField(blank=True, choices=[('none', 'sin sanción'), ('call', 'llamado de atención'), ('warning', 'apercibimiento'), ('suspension', 'suspensión'), ('exclusion', 'exclusión')], max_length=12)),
                ('days', models.PositiveSmallIntegerField(null=True)),
                ('starts_on', models.DateField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('upheld', 'se mantiene'), ('revoked', 'se revoca')], max_length=12)),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['file', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('folded', models.CharField(max_length=120, unique=True)),
                ('closed_on', models.DateField(null=True)),
            ],
            options={
                'ordering': ['folded'],
            },
        ),
        migrations.CreateModel(
            name='SectionName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('since', models.DateField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'ordering': ['section', '-since', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='member',
            name='came_back',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='ApplicationAnswer',
            fields=[
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='answer', serialize=False, to='members.application')),
                ('answer', models.CharField(choices=[('admitted', 'admitida'), ('rejected', 'rechazada'), ('withdrawn', 'retirada')], max_length=12)),
                ('reason', models.TextField(blank=True)),
                ('day', models.DateField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name='application',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='9b798c48fb296cc75fddbc2829510d096b5e2a5d', operation='DELETE', pgid='pgtrigger_never_deleted_3b639', table='members_contact', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='contactchange',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member'),
        ),
        migrations.AddField(
            model_name='contactchange',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contact_changes', to='members.member'),
        ),
        migrations.AddField(
            model_name='look',
            name='who',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks_taken', to='members.member'),
        ),
        migrations.AddField(
            model_name='look',
            name='whose',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='looks_received', to='members.member'),
        ),
        migrations.AddField(
            model_name='memberfact',
            name='annuls',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='annulment', to='members.memberfact'),
        ),
        migrations.AddField(
            model_name='memberfact',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member'),
        ),
        migrations.AddField(
            model_name='memberfact',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='facts', to='members.member'),
        ),
        migrations.AddField(
            model_name='memberfact',
            name='resolution',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statute.resolution'),
        ),
        migrations.AddField(
            model_name='period',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='members.member'),
        ),
        migrations.AddField(
            model_name='posting',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member'),
        ),
        migrations.AddField(
            model_name='posting',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='members.member'),
        ),
        migrations.AddField(
            model_name='sanctionfile',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member'),
        ),
        migrations.AddField(
            model_name='sanctionfile',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sanction_files', to='members.member'),
        ),
        migrations.AddField(
            model_name='memberfact',
            name='sanction',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='effects', to='members.sanctionfile'),
        ),
        migrations.AddField(
            model_name='sanctionstep',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member'),
        ),
        migrations.AddField(
            model_name='sanctionstep',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='members.sanctionfile'),
        ),
        migrations.AddField(
            model_name='sanctionstep',
            name='resolution',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statute.resolution'),
        ),
        migrations.AddField(
            model_name='posting',
            name='section',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='members.section'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='section',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='4dc439a9157b9beb02f7451dd0c2ffddd1ac021d', operation='DELETE', pgid='pgtrigger_never_deleted_667e9', table='members_section', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='sectionname',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member'),
        ),
        migrations.AddField(
            model_name='sectionname',
            name='section',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='names', to='members.section'),
        ),
        migrations.AddField(
            model_name='applicationanswer',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member'),
        ),
        migrations.AddField(
            model_name='applicationanswer',
            name='member',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joined_by', to='members.member'),
        ),
        migrations.AddField(
            model_name='applicationanswer',
            name='resolution',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='statute.resolution'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('applied_on__gt', models.F('born_on'))), name='application_after_birth'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='application',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='178f568a90e4c1e125586c0f6ccd91c7171aaf37', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_fce7e', table='members_application', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='contactchange',
            index=models.Index(fields=['member', 'field', '-at'], name='contact_change_latest'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contactchange',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f76f7f6d8c7377afb99411e256ac81ca1446e079', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_1eb11', table='members_contactchange', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='look',
            index=models.Index(fields=['whose', '-at'], name='look_at_whom'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.CheckConstraint(condition=models.Q(('what__in', ['document', 'contact', 'bank', 'sanction', 'receipt', 'shares', 'register_file'])), name='look_is_known'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.CheckConstraint(condition=models.Q(('whose__isnull', True), models.Q(('whose', models.F('who')), _negated=True), _connector='OR'), name='look_at_somebody_else'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='look',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7c8527c492e19310608992787b2a2f02ec9fa379', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_01083', table='members_look', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='period',
            index=models.Index(fields=['state', 'since', 'until'], name='period_state_and_days'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), ('until__gt', models.F('since')), _connector='OR'), name='period_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['trial', 'active', 'suspended', 'resigned', 'excluded', 'retired', 'died', 'left'])), name='period_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='period',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func('member_id', 'member_id', models.Value('[]'), function='int8range'), '&&'), (models.Func('since', 'until', function='daterange'), '&&')], name='period_one_state_a_day'),
        ),
        migrations.AddConstraint(
            model_name='sanctionfile',
            constraint=models.CheckConstraint(condition=models.Q(('charge', ''), _negated=True), name='sanction_says_what_happened'),
        ),
        migrations.AddConstraint(
            model_name='sanctionfile',
            constraint=models.CheckConstraint(condition=models.Q(('member', models.F('by')), _negated=True), name='sanction_is_opened_by_somebody_else'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sanctionfile',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d0cf66bf08f4d780689a460d81689a468134e377', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_dbad5', table='members_sanctionfile', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='memberfact',
            constraint=models.UniqueConstraint(fields=('member', 'position'), name='fact_has_a_place_of_its_own'),
        ),
        migrations.AddConstraint(
            model_name='memberfact',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['applied', 'entered', 'admitted', 'confirmed', 'suspended', 'lifted', 'resigned', 'excluded', 'retired', 'died', 'left', 'readmitted', 'annulled'])), name='fact_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='memberfact',
            constraint=models.CheckConstraint(condition=models.Q(('resolution__isnull', False), ('sanction__isnull', False), models.Q(('source', ''), _negated=True), _connector='OR'), name='fact_rests_on_something'),
        ),
        migrations.AddConstraint(
            model_name='memberfact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('annuls__isnull', False), ('kind', 'annulled'), models.Q(('note', ''), _negated=True)), models.Q(('annuls__isnull', True), models.Q(('kind', 'annulled'), _negated=True)), _connector='OR'), name='fact_annuls_or_tells'),
        ),
        migrations.AddConstraint(
            model_name='memberfact',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'suspended'), ('until__gt', models.F('day')), ('until__isnull', False)), models.Q(('until__isnull', True), models.Q(('kind', 'suspended'), _negated=True)), _connector='OR'), name='fact_suspension_has_both_ends'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='memberfact',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='56d7586e80faf28a56be693c14347dd112e05c86', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_97b22', table='members_memberfact', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='memberfact',
            trigger=pgtrigger.compiler.Trigger(name='follows', sql=coop.common.triggers.HeldSql(declare='DECLARE last integer; begun date; died date;', func="\n                    SELECT max(position) INTO last FROM members_memberfact WHERE member_id = NEW.member_id;\n                    IF NEW.position <> COALESCE(last, 0) + 1 THEN\n                        RAISE EXCEPTION 'fact % of member % does not follow', NEW.position, NEW.member_id;\n                    END IF;\n                    IF NEW.kind = 'annulled' THEN\n                        IF NOT EXISTS (\n                            SELECT FROM members_memberfact f WHERE f.id = NEW.annuls_id\n                               AND f.member_id = NEW.member_id AND f.kind <> 'annulled'\n                        ) THEN\n                            RAISE EXCEPTION 'what is annulled is a fact of the same member';\n                        END IF;\n                        RETURN NEW;\n                    END IF;\n                    SELECT min(f.day) FILTER (WHERE f.kind IN ('entered', 'admitted')),\n                           min(f.day) FILTER (WHERE f.kind = 'died')\n                      INTO begun, died\n                      FROM members_memberfact f\n                     WHERE f.member_id = NEW.member_id AND f.kind IN ('entered', 'admitted', 'died')\n                       AND NOT EXISTS (SELECT FROM members_memberfact a WHERE a.annuls_id = f.id);\n                    IF NEW.kind IN ('entered', 'admitted') AND begun IS NOT NULL THEN\n                        RAISE EXCEPTION 'member % has joined already', NEW.member_id;\n                    END IF;\n                    IF NEW.kind NOT IN ('entered', 'admitted', 'applied')\n                       AND (begun IS NULL OR NEW.day < begun) THEN\n                        RAISE EXCEPTION 'member % had not joined', NEW.member_id;\n                    END IF;\n                    IF died IS NOT NULL AND (NEW.day > died OR NEW.kind = 'died') THEN\n                        RAISE EXCEPTION 'member % had died', NEW.member_id;\n                    END IF;\n                    RETURN NEW;\n                ", hash='95e53d7826a2536d2958c97c0da7381e382ca6f6', operation='INSERT', pgid='pgtrigger_follows_86da7', table='members_memberfact', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='memberfact',
            trigger=pgtrigger.compiler.Trigger(name='rests_on_its_file', sql=coop.common.triggers.HeldSql(condition='WHEN (NEW."sanction_id" IS NOT NULL)', func="\n                    IF NOT EXISTS (\n                        SELECT FROM members_sanctionfile s WHERE s.id = NEW.sanction_id\n                           AND s.member_id = NEW.member_id\n                    ) OR NEW.kind IN ('suspended', 'excluded') AND NOT EXISTS (\n                        SELECT FROM members_sanctionstep p WHERE p.file_id = NEW.sanction_id\n                           AND p.kind = 'decided'\n                           AND (NEW.kind, p.measure) IN\n                               (('suspended', 'suspension'), ('excluded', 'exclusion'))\n                    ) THEN\n                        RAISE EXCEPTION 'the file decided no such thing of member %', NEW.member_id;\n                    END IF;\n                    RETURN NEW;\n                ", hash='818544e644558d2e515be20a735efa0d23e85f28', operation='INSERT', pgid='pgtrigger_rests_on_its_file_24d39', table='members_memberfact', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='sanctionstep',
            constraint=models.UniqueConstraint(fields=('file', 'position'), name='step_has_a_place_of_its_own'),
        ),
        migrations.AddConstraint(
            model_name='sanctionstep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['notified', 'defence', 'no_defence', 'decided', 'appealed', 'appeal_decided'])), name='step_kind_is_known'),
        ),
        migrations.AddConstraint(
            model_name='sanctionstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'decided'), ('measure__in', ['none', 'call', 'warning', 'suspension', 'exclusion']), ('resolution__isnull', False)), models.Q(models.Q(('kind', 'decided'), _negated=True), ('measure', '')), _connector='OR'), name='step_decision_says_what'),
        ),
        migrations.AddConstraint(
            model_name='sanctionstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('days__gte', 1), ('measure', 'suspension'), ('starts_on__isnull', False)), models.Q(models.Q(('measure', 'suspension'), _negated=True), ('days__isnull', True), ('starts_on__isnull', True)), _connector='OR'), name='step_suspension_has_its_days'),
        ),
        migrations.AddConstraint(
            model_name='sanctionstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'appeal_decided'), ('outcome__in', ['upheld', 'revoked']), ('resolution__isnull', False)), models.Q(models.Q(('kind', 'appeal_decided'), _negated=True), ('outcome', '')), _connector='OR'), name='step_appeal_has_an_outcome'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sanctionstep',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0a832fdf5eb7fd3ca6335baa84ae4f913eea54e3', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_3ba0a', table='members_sanctionstep', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sanctionstep',
            trigger=pgtrigger.compiler.Trigger(name='follows', sql=coop.common.triggers.HeldSql(declare='DECLARE before_it text[]; needs text[];', func="\n                    SELECT COALESCE(array_agg(p.kind::text ORDER BY p.position), '{}') INTO before_it\n                      FROM members_sanctionstep p WHERE p.file_id = NEW.file_id;\n                    IF NEW.position <> cardinality(before_it) + 1 OR NEW.kind = ANY (before_it) THEN\n                        RAISE EXCEPTION 'step % of file % does not follow', NEW.kind, NEW.file_id;\n                    END IF;\n                    needs := CASE NEW.kind\n                        WHEN 'defence' THEN '{notified}'\n                        WHEN 'no_defence' THEN '{notified}'\n                        WHEN 'appealed' THEN '{decided}'\n                        WHEN 'appeal_decided' THEN '{appealed}'\n                        ELSE '{}' END;\n                    IF NOT needs <@ before_it\n                       OR 'decided' = ANY (before_it) AND NEW.kind IN ('notified', 'defence', 'no_defence')\n                       OR NEW.kind IN ('defence', 'no_defence') AND '{defence,no_defence}' && before_it\n                    THEN\n                        RAISE EXCEPTION 'step % of file % does not follow', NEW.kind, NEW.file_id;\n                    END IF;\n                    IF NEW.measure IN ('suspension', 'exclusion')\n                       AND NOT '{defence,no_defence}' && before_it THEN\n                        RAISE EXCEPTION 'nobody is suspended or excluded undefended (file %)', NEW.file_id;\n                    END IF;\n                    RETURN NEW;\n                ", hash='9a73f34a55d72dad74881f277ca9e252530662ee', operation='INSERT', pgid='pgtrigger_follows_63732', table='members_sanctionstep', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(fields=['member', '-since', '-id'], name='posting_latest'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='posting',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='63c41da1835d687e591268f1036bebb2e8957288', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_5f992', table='members_posting', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sectionname',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c67ac0372e619a1db597d487a6c9fa7bcfe695f6', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_0894b', table='members_sectionname', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='applicationanswer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', 'admitted'), ('member__isnull', False), ('resolution__isnull', False)), models.Q(('answer', 'rejected'), ('member__isnull', True), ('resolution__isnull', False), models.Q(('reason', ''), _negated=True)), models.Q(('answer', 'withdrawn'), ('member__isnull', True)), _connector='OR'), name='answer_is_whole'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='applicationanswer',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2315494de4ba32bf838a2625c345ea5531baebd8', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_cc951', table='members_applicationanswer', when='BEFORE')),
        ),
        migrations.RunPython(tell_what_is_there, migrations.RunPython.noop, elidable=False),
    ]
