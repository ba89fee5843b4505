"""The product as it is served, with the tests' kinds of document."""

from coop.wsgi import application as application
from tests.documents import support as support
