from django.contrib.auth.hashers import make_password
from django.db import migrations, models


def expire_codes(apps, schema_editor):
    """One-use codes that were handed over and never used open nothing any more: cards take their place."""
    for account in apps.get_model("members", "Account").objects.filter(must_choose=True):
        account.password = make_password(None)
        account.save(update_fields=["password"])


class Migration(migrations.Migration):
    dependencies = [("members", "0003_facts")]

    operations = [
        migrations.AddField(
            model_name="signin", name="opened_with", field=models.UUIDField(null=True)
        ),
        migrations.RunPython(expire_codes, migrations.RunPython.noop),
        migrations.RemoveField(model_name="account", name="must_choose"),
        migrations.RemoveField(model_name="account", name="code_expires_at"),
    ]
