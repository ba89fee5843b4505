import coop.common.triggers
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("members", "0003_facts"),
        ("statute", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Beginning",
            fields=[
                (
                    "id",
                    models.SmallIntegerField(default=1, editable=False, primary_key=True, serialize=False),
                ),
                ("code", models.CharField(blank=True, max_length=64)),
                ("code_until", models.DateTimeField(null=True)),
                ("key", models.CharField(blank=True, max_length=64)),
                ("touched_at", models.DateTimeField()),
                ("house", models.JSONField(default=dict)),
                ("statute", models.JSONField(default=dict)),
                ("people", models.JSONField(default=list)),
                ("council", models.JSONField(default=dict)),
                ("terms", models.JSONField(default=list)),
                ("resolutions", models.JSONField(default=list)),
                ("begun_at", models.DateTimeField(null=True)),
                (
                    "secretary",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.member",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="beginning_is_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "^([0-9a-f]{64})?$"), ("key__regex", "^([0-9a-f]{64})?$")
                        ),
                        name="beginning_keeps_digests_only",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code", ""), ("code_until__isnull", True)),
                            models.Q(models.Q(("code", ""), _negated=True), ("code_until__isnull", False)),
                            _connector="OR",
                        ),
                        name="beginning_code_has_its_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("begun_at__isnull", True), ("secretary__isnull", True)),
                            models.Q(
                                ("begun_at__isnull", False),
                                ("code", ""),
                                ("council", {}),
                                ("house", {}),
                                ("people", []),
                                ("resolutions", []),
                                ("secretary__isnull", False),
                                ("statute", {}),
                                ("terms", []),
                            ),
                            _connector="OR",
                        ),
                        name="beginning_ends_empty_with_a_secretary",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="beginning",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=coop.common.triggers.HeldSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="9845f86102a42f584fdef3dd7189f8a01c0bea93",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_9ba80",
                    table="portal_beginning",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="beginning",
            trigger=pgtrigger.compiler.Trigger(
                name="over_for_ever",
                sql=coop.common.triggers.HeldSql(
                    condition='WHEN (OLD."begun_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="2550f569663509512b9d70eae56cc7a06c80532e",
                    operation="UPDATE",
                    pgid="pgtrigger_over_for_ever_06c84",
                    table="portal_beginning",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="beginning",
            trigger=pgtrigger.compiler.Trigger(
                name="before_there_is_a_cooperative",
                sql=coop.common.triggers.HeldSql(
                    func="\n                    IF (NEW.begun_at IS NULL) = EXISTS (SELECT FROM statute_cooperative) THEN\n                        RAISE EXCEPTION 'a cooperative is begun once, where there is none yet';\n                    END IF;\n                    RETURN NEW;\n                ",
                    hash="797ee639aeed642f2941c6775a4fcb28cc98f03f",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_before_there_is_a_cooperative_6aee1",
                    table="portal_beginning",
                    when="BEFORE",
                ),
            ),
        ),
    ]
