from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("assemblies", "0006_mandates")]

    operations = []
