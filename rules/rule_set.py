"""What Front Door accepts of rule sets and of caching."""

import zlib

from rules import RuleError, rule, text_rule

# cdn/validate/front_door_rule_set_name.go, front_door_validation_helpers.go:111
name = text_rule(
    r"[a-zA-Z][a-zA-Z\d]{0,59}", "1 to 60 letters and digits, starting with a letter", "Rules"
)
rule_name = text_rule(
    r"[a-zA-Z][a-zA-Z\d]{0,259}", "1 to 260 letters and digits, starting with a letter", "Headers"
)
# azure-docs, frontdoor/front-door-rules-engine-actions.md; azurerm 4.55.0 counts at apply only.
MOST_ACTIONS = 5
# azure-docs, includes/front-door-limits.md, 2023-06-19, here and for the value of a header.
MOST_RULES = 100
LONGEST_VALUE = 640
# RFC 9110, 5.6.2.
header_name = text_rule(r"[a-zA-Z\d!#$%&'*+.^_`|~-]+", "the name of a header", "Permissions-Policy")
_REDIRECTS = range(100, 10_000)


# cdn_frontdoor_helpers.go:155-199
CONTENT_TYPES = (
    "application/eot",
    "application/font",
    "application/font-sfnt",
    "application/javascript",
    "application/json",
    "application/opentype",
    "application/otf",
    "application/pkcs7-mime",
    "application/truetype",
    "application/ttf",
    "application/vnd.ms-fontobject",
    "application/xhtml+xml",
    "application/xml",
    "application/xml+rss",
    "application/x-font-opentype",
    "application/x-font-truetype",
    "application/x-font-ttf",
    "application/x-httpd-cgi",
    "application/x-mpegurl",
    "application/x-opentype",
    "application/x-otf",
    "application/x-perl",
    "application/x-ttf",
    "application/x-javascript",
    "font/eot",
    "font/ttf",
    "font/otf",
    "font/opentype",
    "image/svg+xml",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/js",
    "text/plain",
    "text/richtext",
    "text/tab-separated-values",
    "text/xml",
    "text/x-script",
    "text/x-component",
    "text/x-java-source",
)


@rule(f"text in ASCII, 1 to {LONGEST_VALUE} characters", minLength=1, maxLength=LONGEST_VALUE)
def header_value(value: str) -> str:
    """A rule for the value of a header."""
    if not value.strip() or not value.isascii() or len(value) > LONGEST_VALUE:
        raise RuleError(
            f"text in ASCII, 1 to {LONGEST_VALUE} characters",
            "write the value as clients are to see it, or let the service send a longer one",
        )
    return value


@rule("a parameter's name, without a comma", r"[^,]+")
def query_string(value: str) -> str:
    """A rule for the name of a parameter in a query string."""
    if not value or "," in value:
        raise RuleError("a parameter's name, without a comma", "name each by itself")
    return value


def redirect_name(host: str) -> str:
    """The name of the rule that redirects a host; names of rules have letters and digits only."""
    # A host is in small letters, so that Dot and Dash are no part of it.
    return "Redirect" + host.replace(".", "Dot").replace("-", "Dash")


def redirect_order(host: str) -> int:
    """An order that follows from the host, so that no other redirect moves it.

    Azure refuses two rules of one order, also while they change places.
    """
    return _REDIRECTS[zlib.crc32(host.encode()) % len(_REDIRECTS)]


@rule("a type that azurerm lists, such as `text/html`", enum=list(CONTENT_TYPES))
def content_type(value: str) -> str:
    """A rule for a type of content that Front Door compresses."""
    if value not in CONTENT_TYPES:
        raise RuleError("one of " + ", ".join(CONTENT_TYPES), "leave it out")
    return value
