"""The areas of the site, in the order of its navigation."""

from flask import Blueprint

AREAS: tuple[Blueprint, ...] = ()
