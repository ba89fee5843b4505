import pytest

from coop.members.models import Member
from tests.shares.sharing import Drawer


@pytest.fixture
def drawer(treasurer: Member) -> Drawer:
    return Drawer(treasurer)
