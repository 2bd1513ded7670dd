"""Every table: importing this makes the metadata whole."""

from tender.accounts import models as accounts
from tender.assembly import models as assembly
from tender.bids import models as bids
from tender.claims import models as claims
from tender.companies import models as companies
from tender.contributions import models as contributions
from tender.core import queue
from tender.core.orm import Model
from tender.history import models as history
from tender.messages import models as messages
from tender.notices import models as notices
from tender.notices.sources import models as sources
from tender.outcomes import models as outcomes
from tender.reference import models as reference
from tender.submissions import models as submissions
from tender.vault import models as vault
from tender.watches import models as watches

MODULES = (
    accounts, assembly, bids, claims, companies, contributions, queue, history, messages,
    notices, outcomes, reference, sources, submissions, vault, watches,
)  # fmt: skip
metadata = Model.metadata
