"""`python -m tests.support.template`: makes what tests clone, if this state of the source has none yet."""

import django

if __name__ == "__main__":
    django.setup()
    # Settings first: what makes databases knows their address from there.
    from tests.support.database import Databases

    databases = Databases()
    databases.make_template()
    databases.restore()
