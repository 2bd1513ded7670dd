"""While a package is sealed, its call stands still."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tender.core.actor import system
from tender.core.transaction import set_context
from tender.notices.models import Tender
from tender.notices.queries import hold_still
from tests.factories import make_tender


def test_no_import_changes_a_call_that_is_held(clone: Engine) -> None:
    with Session(clone, expire_on_commit=False) as first, Session(clone) as second:
        set_context(first, system("operator"))
        tender_id = make_tender(first).id
        first.commit()
        set_context(first, system("operator"))
        assert hold_still(first, tender_id).cancelled_at is None
        set_context(second, system("import"))
        import_ = select(Tender).where(Tender.id == tender_id).with_for_update(nowait=True)
        with pytest.raises(OperationalError, match="lock"):
            second.scalars(import_).one()
        second.rollback()
        first.commit()
        set_context(second, system("import"))
        assert second.scalars(import_).one().id == tender_id
