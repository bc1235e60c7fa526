"""Search: from a name as people type it to the customers it may mean, in milliseconds."""

from crm_store.search.completing import completing
from crm_store.search.filing import refresh
from crm_store.search.finding import Found, Match, find
from crm_store.search.repair import check, rebuild
from crm_store.search.spotting import NameSpan, names_in

__all__ = [
    "Found",
    "Match",
    "NameSpan",
    "check",
    "completing",
    "find",
    "names_in",
    "rebuild",
    "refresh",
]
