"""Settings of the ingress that are well each by itself, and wrong together."""

from pathlib import Path

import pytest

from app.errors import UserError
from settings import load_settings
from tests.refused import assert_refused
from tests.synthesis import settings_text

ROUTE = "[[routes]]\nwithout_domain = true\nservice = 'shop'\nport = 80\n"


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        (
            f"{ROUTE}prefix = '/pro'",
            "routes[0].prefix",
            "a prefix that is not the beginning of front_door.probe.path, /probe",
        ),
        (
            f"{ROUTE}prefix = '/probe'\nhost = 'shop.contoso.com'",
            "routes[0].prefix",
            "a prefix that is not the beginning of front_door.probe.path, /probe",
        ),
        (
            f"{ROUTE}prefix = '/shop'\n{ROUTE}prefix = '/shop'",
            "routes[1].prefix",
            "a prefix that no other route has for *; routes[0] has this one",
        ),
        (
            f"{ROUTE}host = 'A.com'\n{ROUTE}host = 'a.COM'",
            "routes[1].prefix",
            "a prefix that no other route has for a.com; routes[0] has this one",
        ),
        (
            f"{ROUTE}prefix = '/'",
            "routes[0].prefix",
            "a prefix that no other route has for *; the sample application has this one",
        ),
        (
            f"{ROUTE}host = '*.a.com'\n{ROUTE}host = 'wildcard.a.com'",
            "routes[1].host",
            "a host other than wildcard.a.com beside *.a.com: the VirtualServices of both would",
        ),
        (
            f"{ROUTE}prefix = '/shop'\nnamespace = 'web'",
            "routes[0].namespace",
            "one of the namespaces in the mesh: default",
        ),
        (
            f"[gateway]\nhosts = ['*.contoso.com', 'fd.contoso.com']\n"
            f"[front_door]\norigin_host_name = 'fd.contoso.com'\n{ROUTE}host = 'fabrikam.com'",
            "routes[0].host",
            "a host that gateway.hosts includes: *.contoso.com, fd.contoso.com",
        ),
        (
            f"[front_door]\norigin_host_header = 'www.contoso.com'\n{ROUTE}host = 'a.com'",
            "routes[0].host",
            "a host that front_door.origin_host_header, www.contoso.com, matches",
        ),
        (
            "[gateway]\nhosts = ['www.contoso.com']",
            "gateway.hosts",
            "hosts that include the one Front Door's probes ask for, 10.52.192.20",
        ),
        ("[gateway]\nhosts = ['*', '*']", "gateway.hosts", "one host or more, each once"),
        (
            "[gateway]\nmin_replicas = 6",
            "gateway.max_replicas",
            "at least min_replicas, 6",
        ),
        (
            "[namespaces.default]\nexisting = false",
            "namespaces.default.existing",
            "true: every cluster has default",
        ),
        (
            "[namespaces.default]\nenabled = false",
            "sample.enabled",
            "false, where namespaces has no default",
        ),
    ],
)
def test_is_refused_with_the_key_to_change(
    tmp_path: Path, text: str, key: str, allowed: str
) -> None:
    assert_refused(settings_text(tmp_path, text), key, allowed)


@pytest.mark.parametrize(
    "text",
    [
        f"{ROUTE}prefix = '/probe/x'",
        f"{ROUTE}prefix = '/'\nhost = 'shop.contoso.com'",
        f"[namespaces.web]\n{ROUTE}namespace = 'web'\nprefix = '/web'",
        f"[sample]\nenabled = false\n{ROUTE}prefix = '/'",
        f"[namespaces.web]\nexisting = true\n{ROUTE}namespace = 'web'\nprefix = '/web'",
        "[sample]\nenabled = false\n[namespaces.default]\nenabled = false",
        "[gateway]\nhosts = ['*.contoso.com']\n[front_door]\norigin_host_name = 'fd.contoso.com'",
        "[gateway]\nmin_replicas = 1\nmax_replicas = 1",
    ],
)
def test_is_accepted(tmp_path: Path, text: str) -> None:
    load_settings(settings_text(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{ROUTE}host = 'http://a.com'", 'routes[0].host = "http://a.com": allowed: "*", a host'),
        (f"{ROUTE}host = '10.52.192.20'", 'routes[0].host = "10.52.192.20": allowed: a host name,'),
        (f"{ROUTE}prefix = 'shop'", 'routes[0].prefix = "shop": allowed: the beginning of a path'),
        (
            f"{ROUTE}prefix = '/x'\nnamespace = 'Web'",
            'routes[0].namespace = "Web": allowed: 1 to 63 lower-case',
        ),
        (
            f"{ROUTE}prefix = '/x'\nnamespace = 'kube-system'",
            'routes[0].namespace = "kube-system": allowed: a namespace of applications, none of',
        ),
        (
            "[[routes]]\nprefix = '/x'\nservice = 's'",
            "routes[0].port: allowed: a value; fix: add the key",
        ),
        (
            "[[routes]]\nprefix = '/x'\nservice = 's'\nport = 70000",
            "routes[0].port = 70000: allowed: a whole number from 1 to 65535",
        ),
        (
            f"{ROUTE}prefix = '/x'\npaht = '/'",
            'routes[0].paht = "/": allowed: one of the keys host, prefix',
        ),
        (
            "[namespaces.istio-system]\nexisting = true",
            'namespaces.istio-system = "istio-system": allowed: a namespace of applications',
        ),
        (
            "[sample]\nimage = 'agnhost'",
            'sample.image = "agnhost": allowed: an image of a registry, with a tag or a digest',
        ),
        (
            "[private_link_service]\napproval = 'none'",
            'private_link_service.approval = "none": allowed: "auto" or "manual"',
        ),
        (
            "[private_link_service]\nvisibility = ['all']",
            'private_link_service.visibility[0] = "all": allowed: a subscription id, or "*"',
        ),
        (
            "[gateway]\norigin_lock = 'on please'",
            'gateway.origin_lock = "on please": allowed: true or false',
        ),
    ],
)
def test_one_bad_key_gives_one_line(tmp_path: Path, text: str, line: str) -> None:
    path = settings_text(tmp_path, text)
    with pytest.raises(UserError) as refused:
        load_settings(path)
    assert str(refused.value).startswith(f"{path}: {line}")
    assert "\n" not in str(refused.value)
