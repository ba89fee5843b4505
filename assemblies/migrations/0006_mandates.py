from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("assemblies", "0005_matters"), ("members", "0003_facts")]

    operations = []
