import coop.common.triggers
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0001_devices"), ("members", "0003_facts")]

    operations = [
        migrations.CreateModel(
            name="HallPin",
            fields=[
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="hall_pin",
                        serialize=False,
                        to="members.member",
                    ),
                ),
                ("secret", models.CharField(max_length=128)),
                ("set_at", models.DateTimeField()),
            ],
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hallpin",
            trigger=pgtrigger.compiler.Trigger(
                name="never_deleted",
                sql=coop.common.triggers.HeldSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="999c2d9c9af8c7cdc1b0f4c7eeaeeef0ee41e94a",
                    operation="DELETE",
                    pgid="pgtrigger_never_deleted_2a210",
                    table="access_hallpin",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="hallpin",
            trigger=pgtrigger.compiler.Trigger(
                name="a_new_one_is_newer",
                sql=coop.common.triggers.HeldSql(
                    condition='WHEN (NEW."set_at" <= (OLD."set_at"))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="1969c53144005e571ea8b22b5ddf6ceae968e5e4",
                    operation="UPDATE",
                    pgid="pgtrigger_a_new_one_is_newer_cfe14",
                    table="access_hallpin",
                    when="BEFORE",
                ),
            ),
        ),
    ]
