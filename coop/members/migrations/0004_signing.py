from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0003_facts")]

    operations = [
        migrations.AddField(
            model_name="signin", name="opened_with", field=models.UUIDField(null=True)
        ),
    ]
