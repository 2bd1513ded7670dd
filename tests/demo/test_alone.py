"""The demonstration's passwords are public: it is never loaded beside real companies."""

import pytest
from sqlalchemy.orm import Session

from tender.core.errors import Invalid
from tender.demo.cluster import require_alone
from tests.factories import make_company


def test_a_database_with_other_companies_is_refused(session: Session) -> None:
    make_company(session, "Vraie entreprise")
    with pytest.raises(Invalid, match="mots de passe"):
        require_alone(session)
