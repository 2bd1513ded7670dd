"""The areas of the site, in the order of its navigation."""

from flask import Blueprint

from tender.web import (
    activity,
    admin,
    assembly,
    bids,
    companies,
    decision,
    invitations,
    lots,
    notice_import,
    notices,
    outcomes,
    pages,
    plan,
    run_progress,
    seals,
    section_review,
    sections,
    triage,
    vault,
    work,
)

AREAS: tuple[Blueprint, ...] = (
    work.bp,
    notices.bp,
    bids.bp,
    sections.bp,
    assembly.bp,
    outcomes.bp,
    vault.bp,
    companies.bp,
    admin.bp,
    invitations.bp,  # with auth and account: one blueprint in three modules
    pages.bp,
)
BID_PAGES = (
    lots,
    decision,
    activity,
    plan,
)  # importing them gives the blueprint of bids their pages
SECTION_PAGES = (section_review,)
ASSEMBLY_PAGES = (run_progress, seals)
NOTICE_PAGES = (triage, notice_import)
