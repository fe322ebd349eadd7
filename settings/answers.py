"""Settings of what Front Door does with answers: headers that it writes, and its cache."""

from collections.abc import Iterator
from typing import Annotated, Literal

from rules import rule_set, whole_number
from settings.table import Finding, Table, together

# hstspreload.org asks for a year.
YEAR_IN_SECONDS = 31_536_000


class StrictTransportSecurity(Table):
    """Browsers then ask for the host by HTTPS only; before its time is over nobody can undo it."""

    enabled: bool = True
    """Whether `Strict-Transport-Security` is written."""
    max_age: Annotated[int, whole_number(0, 2 * YEAR_IN_SECONDS, "seconds")] = YEAR_IN_SECONDS
    """For how long browsers ask by HTTPS only, and nobody can undo it; 0 makes them forget it."""
    include_subdomains: bool = False
    """Whether it holds for all hosts below, also those of others."""
    preload: bool = False
    """Whether browsers may be shipped with it. Takes months to undo."""

    @together("max_age", "include_subdomains", "preload")
    def _preloaded(self) -> Iterator[Finding]:
        if self.preload and not (self.include_subdomains and self.max_age >= YEAR_IN_SECONDS):
            yield Finding(
                "preload",
                f"false without include_subdomains and a max_age of {YEAR_IN_SECONDS} or more: the"
                " list refuses it",
                "set both, or leave it out",
            )

    @property
    def value(self) -> str:
        """The header's value."""
        parts = (
            f"max-age={self.max_age}",
            "includeSubDomains" if self.include_subdomains else "",
            "preload" if self.preload else "",
        )
        return "; ".join(part for part in parts if part)


class Headers(Table):
    """Headers of answers, written over what a service has sent, for every host.

    Switching them on or off, and every change, updates rules in place or makes and removes some.
    """

    enabled: bool = False
    """Whether headers are written into every answer, over what a service has sent."""
    strict_transport_security: StrictTransportSecurity = StrictTransportSecurity()
    content_type_options: bool = True
    """Whether `X-Content-Type-Options: nosniff` is written."""
    referrer_policy: Literal[
        "off",
        "no-referrer",
        "no-referrer-when-downgrade",
        "origin",
        "origin-when-cross-origin",
        "same-origin",
        "strict-origin",
        "strict-origin-when-cross-origin",
        "unsafe-url",
    ] = "strict-origin-when-cross-origin"
    """What `Referrer-Policy` says; `off` leaves it to the service."""
    frame_options: Literal["off", "DENY", "SAMEORIGIN"] = "SAMEORIGIN"
    """What `X-Frame-Options` says; `off` leaves it to the service."""
    extra: dict[Annotated[str, rule_set.header_name], Annotated[str, rule_set.header_value]] = {}
    """More headers, such as `Permissions-Policy`."""

    @together("extra")
    def _once(self) -> Iterator[Finding]:
        keys = {
            "strict-transport-security": "strict_transport_security",
            "x-content-type-options": "content_type_options",
            "referrer-policy": "referrer_policy",
            "x-frame-options": "frame_options",
        }
        seen: dict[str, str] = {}
        for name in self.extra:
            key = keys.get(name.lower()) or seen.get(name.lower())
            if key:
                yield Finding(
                    f"extra.{name}", f"a header other than that of {key}", f"set {key}, or this"
                )
            seen.setdefault(name.lower(), f"extra.{name}")

    def written(self) -> dict[str, str]:
        """The headers by name."""
        if not self.enabled:
            return {}
        transport, referrer = self.strict_transport_security, self.referrer_policy
        made = {
            "Strict-Transport-Security": transport.value if transport.enabled else "",
            "X-Content-Type-Options": "nosniff" if self.content_type_options else "",
            "Referrer-Policy": referrer if referrer != "off" else "",
            "X-Frame-Options": self.frame_options if self.frame_options != "off" else "",
        }
        return {name: value for name, value in (made | self.extra).items() if value}


class Cache(Table):
    """Front Door's cache, for every path of every host. Updates the route in place."""

    enabled: bool = False
    """Whether Front Door keeps answers, those without `Cache-Control` for one to three days:
    services must send `no-store` or `private` where an answer is for one client. It keeps nothing
    while `front_door.session_affinity` is on, which `make check` notes."""
    query_string_caching_behavior: Literal[
        "UseQueryString",
        "IgnoreQueryString",
        "IncludeSpecifiedQueryStrings",
        "IgnoreSpecifiedQueryStrings",
    ] = "UseQueryString"
    """Which answers are one: with `IgnoreQueryString`, all of a path."""
    query_strings: tuple[Annotated[str, rule_set.query_string], ...] = ()
    """The parameters that the two others are about."""
    compression_enabled: bool = True
    """Whether Front Door compresses answers of 1 KB to 8 MB."""
    content_types_to_compress: tuple[Annotated[str, rule_set.content_type], ...] = (
        "application/javascript",
        "application/json",
        "application/xml",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
        "text/plain",
        "text/xml",
    )
    """Of these types."""

    @together("query_string_caching_behavior", "query_strings")
    def _parameters(self) -> Iterator[Finding]:
        specified = "Specified" in self.query_string_caching_behavior
        if specified != bool(self.query_strings):
            yield Finding(
                "query_strings",
                f"{'names' if specified else 'no value'} with {self.query_string_caching_behavior}",
                "name the parameters" if specified else "remove the key",
            )

    @together("compression_enabled", "content_types_to_compress")
    def _types(self) -> Iterator[Finding]:
        if self.compression_enabled and not self.content_types_to_compress:
            yield Finding(
                "content_types_to_compress",
                "a type or more where compression_enabled is true",
                "name some, or set compression_enabled = false",
            )
