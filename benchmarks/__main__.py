"""`make bench [casting|ledger|pages]`: what the product does, beside what the database alone does."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coop.settings")

import django


def main(names: list[str]) -> None:
    from benchmarks import casting, council, documents, ledger, pages, pay, register
    from tests.support.database import Databases, cloned

    known = {"casting": casting.run, "ledger": ledger.run, "pages": pages.run, "documents": documents.run}
    known["pay"] = pay.run
    known["register"] = register.run
    known["council"] = council.run
    databases = Databases()
    databases.make_template()
    try:
        for name in names or list(known):
            with cloned(databases) as database:
                known[name](database)
    finally:
        databases.restore()


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1:])
