"""Who may call whom in the mesh, and what its proxies know: values as Istio takes them."""

import re

from rules import RuleError, names, rule, text_rule

# istio, pkg/config/protocol/instance.go, Parse; UDP passes by the proxies, HTTP_PROXY is for their
# own use.
PROTOCOLS = ("GRPC", "HTTP", "HTTP2", "HTTPS", "MONGO", "MYSQL", "REDIS", "TCP", "TLS")
# Of these a proxy sees no host name in a connection, only the address that it goes to.
WITHOUT_A_NAME = ("MONGO", "MYSQL", "REDIS", "TCP")
EVERY = "*"

_NAME = r"[a-z\d](?:[-a-z\d]{0,61}[a-z\d])?"
_LABEL = r"[A-Za-z\d](?:[-\w.]{0,61}[A-Za-z\d])?"
_HEARD = rf"(?:{_NAME}|\*)/(?:\*|(?:\*\.)?{_NAME}(?:\.{_NAME})*)"

label_key = text_rule(
    rf"(?:[a-z\d](?:[-a-z\d.]{{0,251}}[a-z\d])?/)?{_LABEL}",
    "a label of Kubernetes: up to 63 letters, digits and - _ ., perhaps after a domain and a slash",
    "app",
)
# istio, pkg/config/validation, validateWorkloadSelector: a selector by an empty value selects what
# nobody means.
label_value = text_rule(
    _LABEL,
    "1 to 63 letters, digits and - _ ., starting and ending with a letter or digit",
    "legacy",
)
caller = text_rule(
    rf"{_NAME}(?:/{_NAME})?",
    "a namespace, or a namespace, a slash and a service account",
    "cart",
)
heard = text_rule(
    _HEARD,
    "a namespace, a slash, and a host or `*`; `*/*` for all of the mesh",
    "catalog/*",
)


@rule(
    "a host name, or `*.` and a domain; none of the cluster's own",
    r"(?:\*\.)?[-A-Za-z\d]+(?:\.[-A-Za-z\d]+)+",
)
def outside_host(value: str) -> str:
    """A rule for a host outside of the mesh (istio, ValidateServiceEntry); in lower case."""
    try:
        host: str = names.host(value.removeprefix("*."))
    except RuleError:
        raise RuleError(
            'a host name such as "api.contoso.com", or "*." before a domain',
            "write the host alone, without scheme, port or path",
        ) from None
    if re.fullmatch(r"\d+", host.rpartition(".")[2]):
        raise RuleError("a host name, not an address", "write addresses into addresses")
    if host.endswith((".cluster.local", ".svc")):
        raise RuleError(
            "a host outside of the cluster: Istio knows its services by itself", "remove it"
        )
    return value.lower()


def namespace_of(named: str) -> str:
    """The namespace in what names a caller or something that is heard."""
    return named.partition("/")[0]
