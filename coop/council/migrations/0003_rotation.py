import coop.common.triggers
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('council', '0002_terms_that_end'),
        ('members', '0006_exclusion_needs_a_file'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('places', models.PositiveSmallIntegerField()),
                ('participants', models.JSONField()),
                ('public_value', models.CharField(max_length=200)),
                ('not_before', models.DateTimeField()),
                ('commitment', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='DrawResult',
            fields=[
                ('draw', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='result', serialize=False, to='council.draw')),
                ('seed', models.CharField(max_length=64)),
                ('public_value', models.CharField(max_length=60)),
                ('drawn', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), size=None)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='DrawSeed',
            fields=[
                ('draw', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='seed', serialize=False, to='council.draw')),
                ('seed', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Slate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_on', models.DateField()),
                ('title', models.CharField(max_length=120)),
                ('facts', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member')),
            ],
            options={
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Declaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('willing', models.BooleanField()),
                ('offices', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('skills', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('kin', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), blank=True, default=list, size=None)),
                ('gender', models.CharField(blank=True, choices=[('', 'prefiero no decirlo'), ('woman', 'mujer'), ('man', 'varón'), ('non_binary', 'no binaria')], max_length=12)),
                ('at', models.DateTimeField()),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='members.member')),
            ],
            options={
                'ordering': ['member', '-position'],
                'constraints': [models.UniqueConstraint(fields=('member', 'position'), name='declaration_has_its_place'), models.CheckConstraint(condition=models.Q(('gender__in', ['', 'woman', 'man', 'non_binary'])), name='declaration_gender_is_known'), models.CheckConstraint(condition=models.Q(('willing', True), ('offices', []), _connector='OR'), name='declaration_names_offices_if_willing')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaration',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='681ae4b2eb17c3f176f68222b748942c8a820ef4', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_0aa54', table='council_declaration', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='declaration',
            trigger=pgtrigger.compiler.Trigger(name='follows', sql=coop.common.triggers.HeldSql(func="\n                    IF NEW.position <> 1 + (\n                        SELECT COALESCE(max(d.position), 0) FROM council_declaration d\n                         WHERE d.member_id = NEW.member_id)\n                    THEN\n                        RAISE EXCEPTION 'a declaration follows the one before';\n                    END IF;\n                    RETURN NEW;\n                ", hash='f3eca1ae642cdd6dfb976e6936ebe075e27856fd', operation='INSERT', pgid='pgtrigger_follows_19457', table='council_declaration', when='BEFORE')),
        ),
        migrations.AddField(
            model_name='drawresult',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='members.member'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='drawseed',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='397bc0cda1c608e9005a450b59ce1c5730ca92cf', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_016b0', table='council_drawseed', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='drawseed',
            trigger=pgtrigger.compiler.Trigger(name='is_the_announced_one', sql=coop.common.triggers.HeldSql(func="\n                    IF encode(sha256(convert_to(NEW.seed, 'UTF8')), 'hex') <> (\n                        SELECT d.commitment FROM council_draw d WHERE d.id = NEW.draw_id) THEN\n                        RAISE EXCEPTION 'that is not the seed that was announced';\n                    END IF;\n                    RETURN NEW;\n                ", hash='2139ce47f1be0737cab794534c5a9c36f37576dd', operation='INSERT', pgid='pgtrigger_is_the_announced_one_a4811', table='council_drawseed', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(('commitment__regex', '^[0-9a-f]{64}$')), name='draw_has_its_code'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.UniqueConstraint(fields=('commitment',), name='draw_has_a_seed_of_its_own'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(('places__gte', 1)), name='draw_has_places'),
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(('not_before__gt', models.F('at'))), name='draw_is_announced_before'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draw',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='acc2d13b605fdfa5dbadc47525ec9f7922cab621', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_b3c58', table='council_draw', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='draw',
            trigger=pgtrigger.compiler.Trigger(name='has_participants', sql=coop.common.triggers.HeldSql(func="\n                    IF jsonb_typeof(NEW.participants) <> 'array'\n                       OR jsonb_array_length(NEW.participants) < greatest(NEW.places, 2)\n                       OR jsonb_array_length(NEW.participants) <> (\n                           SELECT count(DISTINCT one->>'number')\n                             FROM jsonb_array_elements(NEW.participants) one\n                            WHERE one->>'number' ~ '^[1-9][0-9]*$')\n                    THEN\n                        RAISE EXCEPTION 'a draw has as many participants as places at least, each once';\n                    END IF;\n                    RETURN NEW;\n                ", hash='ea183b605d4d1a40fd32940f455b860afa9e9b67', operation='INSERT', pgid='pgtrigger_has_participants_7eeb4', table='council_draw', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='slate',
            constraint=models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='slate_has_its_code'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='slate',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='600e9d18629bfb3cfa67ff4399180488b7892450', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_7fc51', table='council_slate', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='drawresult',
            trigger=pgtrigger.compiler.Trigger(name='never_changes', sql=coop.common.triggers.HeldSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='45ec19d613d5300e15111a3da0d6cc62d86dbdaa', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changes_e2545', table='council_drawresult', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='drawresult',
            trigger=pgtrigger.compiler.Trigger(name='follows_from_the_seed', sql=coop.common.triggers.HeldSql(declare='DECLARE announced record; follows integer[];', func='\n                    SELECT d.* INTO announced FROM council_draw d WHERE d.id = NEW.draw_id;\n                    IF encode(sha256(convert_to(NEW.seed, \'UTF8\')), \'hex\') <> announced.commitment THEN\n                        RAISE EXCEPTION \'that is not the seed that was announced\';\n                    END IF;\n                    IF NEW.at < announced.not_before OR NEW.public_value = \'\' THEN\n                        RAISE EXCEPTION \'a draw is held at its time, with the public value named\';\n                    END IF;\n                    SELECT array_agg(number ORDER BY encode(sha256(convert_to(\n                               NEW.seed || \':\' || NEW.public_value || \':\' || number, \'UTF8\')), \'hex\')\n                               COLLATE "C", number)\n                      INTO follows\n                      FROM (SELECT (one->>\'number\')::integer AS number\n                              FROM jsonb_array_elements(announced.participants) one) those;\n                    IF follows IS DISTINCT FROM NEW.drawn THEN\n                        RAISE EXCEPTION \'the draw gives another order\';\n                    END IF;\n                    RETURN NEW;\n                ', hash='4b869184b56c72c25c9223d3be0cb4df591d59df', operation='INSERT', pgid='pgtrigger_follows_from_the_seed_de2bc', table='council_drawresult', when='BEFORE')),
        ),
    ]
