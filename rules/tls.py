"""TLS between Front Door and the gateway: what both accept, and who signs."""

from rules import RuleError, monitoring, names, rule, text_rule

HTTP, HTTPS = 80, 443
LETS_ENCRYPT = "https://acme-v02.api.letsencrypt.org/directory"
# How long Front Door may need until every point of presence knows a change (azure-docs,
# frontdoor/front-door-faq.yml).
SPREAD_MINUTES = 45

_LABEL = r"[a-zA-Z\d]([-a-zA-Z\d]{0,61}[a-zA-Z\d])?"
_PORT = r"(6553[0-5]|655[0-2]\d|65[0-4]\d\d|6[0-4]\d{3}|[1-5]\d{4}|[1-9]\d{0,3})"
directory = text_rule(
    rf"https://{_LABEL}(\.{_LABEL})*(:{_PORT})?/[\w./-]*",
    "the https:// address of an ACME directory",
    LETS_ENCRYPT,
)


def is_address(name: str) -> bool:
    """Whether a host is an IPv4 address, or ends like one, as no name in DNS does."""
    return name.rpartition(".")[2].isdigit()


@rule(names.host.allowed + ", no address", **names.host.schema)
def host(value: str) -> str:
    """A rule for the name in a certificate; returns it in lower case."""
    name = names.host(value)
    if is_address(name):
        raise RuleError(
            "a host name, no address: no public authority signs one for that",
            'write a name such as "origin.contoso.com"',
        )
    return name


@rule("an e-mail address in ASCII", r"[^@\s]+@[^@\s]+\.[^@\s]+")
def contact(value: str) -> str:
    """A rule for the address of an account at an authority (RFC 8555, section 7.3)."""
    if not value.isascii():
        raise RuleError("an e-mail address in ASCII", 'write it as "operations@contoso.com"')
    return monitoring.email(value)
