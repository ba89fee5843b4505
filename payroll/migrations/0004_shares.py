from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("payroll", "0003_seals_with_salt")]

    operations = []
