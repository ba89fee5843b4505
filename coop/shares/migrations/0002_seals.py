"""Salts for what the record seals of plans and accounts; the register shows the account that two confirmed."""

from typing import Any

from django.db import migrations, models


def show_what_was_confirmed(apps: Any, schema_editor: Any) -> None:
    """A spreadsheet loaded later could write over it: pay never took that one, the register showed it."""
    changes = apps.get_model("shares", "BankChange").objects.filter(state="done").order_by("pk")
    members = apps.get_model("members", "Member").objects
    for member, account in dict(changes.values_list("member", "new")).items():
        members.filter(pk=member).exclude(bank_account=account).update(bank_account=account)


class Migration(migrations.Migration):
    dependencies = [
        ("shares", "0001_initial"),
        ("members", "0005_seals"),
    ]

    operations = [
        migrations.AddField(
            model_name="bankchange",
            name="salt",
            field=models.CharField(blank=True, default="", editable=False, max_length=32),
        ),
        migrations.AddField(
            model_name="subscription",
            name="salt",
            field=models.CharField(blank=True, default="", editable=False, max_length=32),
        ),
        migrations.RunPython(show_what_was_confirmed, migrations.RunPython.noop),
    ]
