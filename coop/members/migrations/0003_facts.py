from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("members", "0002_ways_in"), ("statute", "0005_paper_book")]

    operations = []
