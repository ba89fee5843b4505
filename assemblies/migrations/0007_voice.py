from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assemblies", "0006_mandates")]

    operations = [
        migrations.AddField(
            model_name="poll",
            name="voice_only",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(("voice_only__lte", models.F("present"))),
                name="poll_voice_only_were_present",
            ),
        ),
    ]
