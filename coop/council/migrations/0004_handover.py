from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('council', '0003_rotation'),
    ]

    operations = []
