from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("statute", "0003_matters")]

    operations = []
