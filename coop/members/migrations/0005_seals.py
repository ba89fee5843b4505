"""Salts for what the record seals of applications and sanction files. Rows from before keep none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0004_signing"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="salt",
            field=models.CharField(blank=True, default="", editable=False, max_length=32),
        ),
        migrations.AddField(
            model_name="sanctionfile",
            name="salt",
            field=models.CharField(blank=True, default="", editable=False, max_length=32),
        ),
    ]
