"""The areas of the site, in the order of its navigation."""

from flask import Blueprint

from tender.web import (
    activity,
    admin,
    assembly,
    assembly_report,
    assembly_styles,
    bids,
    claims,
    companies,
    decision,
    invitations,
    lots,
    notice_import,
    notice_sources,
    notices,
    outcomes,
    pages,
    plan,
    recording,
    reviewers,
    run_progress,
    seals,
    section_house,
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
BID_PAGES = (lots, claims, decision, activity, plan, reviewers)  # importing them adds their pages
SECTION_PAGES = (section_review, section_house)
ASSEMBLY_PAGES = (run_progress, seals, assembly_styles, assembly_report)
OUTCOME_PAGES = (recording,)
NOTICE_PAGES = (triage, notice_import, notice_sources)
