import coop.common.triggers
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assemblies", "0007_voice"), ("members", "0003_facts")]

    operations = [
        migrations.CreateModel(
            name="Kiosk",
            fields=[
                (
                    "key",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=40)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["opened_at", "key"],
            },
        ),
        migrations.AddField(
            model_name="ballot",
            name="enrolled_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="ballot",
            name="sign_in",
            field=models.UUIDField(null=True),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="channel",
            field=models.CharField(
                choices=[
                    ("phone", "desde su teléfono"),
                    ("desk", "por la secretaría"),
                    ("kiosk", "en el kiosco de la sala"),
                ],
                max_length=10,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballot",
            trigger=pgtrigger.compiler.Trigger(
                name="with_the_members_own_sign_in",
                sql=coop.common.triggers.HeldSql(
                    declare="DECLARE since timestamptz; opened timestamptz;",
                    func="\n                    SELECT s.enrolled_at, p.opened_at INTO since, opened\n                      FROM assemblies_rollentry r\n                      JOIN assemblies_poll p ON p.id = r.poll_id\n                      JOIN members_signin s ON s.key = NEW.sign_in AND s.member_id = r.member_id\n                     WHERE r.id = NEW.entry_id;\n                    IF NOT FOUND THEN\n                        RAISE EXCEPTION 'a ballot comes with a sign-in of its own member'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    IF since > opened THEN\n                        RAISE EXCEPTION 'what opened this sign-in was enrolled after the poll'\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    NEW.enrolled_at := since;\n                    RETURN NEW;\n                ",
                    hash="fd33bc826294f862cec0442ce6cfde5c0da13cf5",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_with_the_members_own_sign_in_cf5f6",
                    table="assemblies_ballot",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="kiosk",
            name="assembly",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="kiosks", to="assemblies.assembly"
            ),
        ),
        migrations.AddField(
            model_name="kiosk",
            name="closed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
            ),
        ),
        migrations.AddField(
            model_name="kiosk",
            name="opened_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.member"
            ),
        ),
        migrations.AddConstraint(
            model_name="kiosk",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at__isnull", True)),
                fields=("assembly", "name"),
                name="kiosk_named_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="kiosk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                    models.Q(
                        ("closed_at__gte", models.F("opened_at")),
                        ("closed_at__isnull", False),
                        ("closed_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="kiosk_closed_by_somebody",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="kiosk",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=coop.common.triggers.HeldSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="60f4ec39d51f22341449a7c803cf91a3d476e6dd",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_69a53",
                    table="assemblies_kiosk",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="kiosk",
            trigger=pgtrigger.compiler.Trigger(
                name="closed_once",
                sql=coop.common.triggers.HeldSql(
                    condition='WHEN (OLD."closed_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="9d70fbd2a1e5c21bb2a67eebda6f746c83901b50",
                    operation="UPDATE",
                    pgid="pgtrigger_closed_once_99b64",
                    table="assemblies_kiosk",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="kiosk",
            trigger=pgtrigger.compiler.Trigger(
                name="only_in_an_open_assembly",
                sql=coop.common.triggers.HeldSql(
                    func="\n                    IF NEW.closed_at IS NOT NULL OR NOT EXISTS (\n                        SELECT FROM assemblies_assembly a\n                         WHERE a.id = NEW.assembly_id AND a.state = 'open' FOR SHARE\n                    ) THEN\n                        RAISE EXCEPTION 'assembly %: a kiosk opens while it is open', NEW.assembly_id;\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="c4940bb6a66fa19faed75067d1ea90ef33d53f76",
                    operation="INSERT",
                    pgid="pgtrigger_only_in_an_open_assembly_455a9",
                    table="assemblies_kiosk",
                    when="BEFORE",
                ),
            ),
        ),
    ]
