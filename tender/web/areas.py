"""The areas of the site, in the order of its navigation."""

from flask import Blueprint

from tender.web import admin, companies, invitations, pages, vault

AREAS: tuple[Blueprint, ...] = (
    vault.bp,
    companies.bp,
    admin.bp,
    invitations.bp,  # with auth and account: one blueprint in three modules
    pages.bp,
)
