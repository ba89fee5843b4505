"""`make bench`: what the product does per second, beside what the database alone does in the same run."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coop.settings")

import django

if __name__ == "__main__":
    django.setup()

    from benchmarks import casting

    casting.run()
