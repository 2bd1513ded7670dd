"""The areas of the site, in the order of its navigation."""

from flask import Blueprint

from tender.web import (
    activity,
    admin,
    bids,
    companies,
    decision,
    invitations,
    lots,
    notice_import,
    notices,
    outcomes,
    pages,
    triage,
    vault,
    work,
)

AREAS: tuple[Blueprint, ...] = (
    work.bp,
    notices.bp,
    bids.bp,
    outcomes.bp,
    vault.bp,
    companies.bp,
    admin.bp,
    invitations.bp,  # with auth and account: one blueprint in three modules
    pages.bp,
)
BID_PAGES = (lots, decision, activity)  # importing them gives the blueprint of bids their pages
NOTICE_PAGES = (triage, notice_import)
