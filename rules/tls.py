"""TLS between Front Door and the gateway: what both accept, and who signs."""

from rules import text_rule

LETS_ENCRYPT = "https://acme-v02.api.letsencrypt.org/directory"
# How long Front Door may need until every point of presence knows a change (azure-docs,
# frontdoor/front-door-faq.yml).
SPREAD_MINUTES = 45

directory = text_rule(
    r"https://[\w.-]+(:\d{1,5})?/[\w./-]*",
    "the https:// address of an ACME directory",
    LETS_ENCRYPT,
)
