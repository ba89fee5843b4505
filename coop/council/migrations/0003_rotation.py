from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('council', '0002_terms_that_end'),
    ]

    operations = []
