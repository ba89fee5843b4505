from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("assemblies", "0007_voice")]

    operations = []
