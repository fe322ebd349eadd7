"""HTTPS switched on step by step on a deployment without it, the kind of certificate changed."""

import ssl
import time
from pathlib import Path

import yaml

from tests.acceptance.azure.managed_identities import KIND as IDENTITIES
from tests.acceptance.project import Synthesized
from tests.cluster.acme import Acme
from tests.cluster.deployment import Deployment
from tests.cluster.https_seen import KINDS, Noted, seen
from tests.cluster.https_settings import MOUNTED, issued, settings
from tests.cluster.issuing import PATIENCE, SECRET, issuing, ready, renew, without_a_name
from tests.cluster.journal import Journal
from tests.cluster.programs import charts
from tests.cluster.services import wait_until
from tests.cluster.told_by_istiod import told_by_istiod
from tests.envoy import Gateway
from tests.mesh.test_https import asking, shown
from tests.test_tls import VAULT, ZONE


def live(made: Deployment, synthesized: Synthesized, work: Path) -> Noted:
    """Live it, and destroy what is there at the end; what was seen."""
    journal = Journal(made.world.azure)
    noted: Noted = {}
    for needed in (ZONE, VAULT):
        group = needed.partition("/providers/")[0]
        made.world.azure.make(group, {"location": "westeurope"})
    made.world.azure.make(ZONE, {"location": "global"})
    _add_kinds_of_the_driver(made)
    with issuing(made, work / "issuing") as authority:
        ours = issued(authority.directory)
        with journal.step("off: apply istio without HTTPS"):
            made.stack().apply()
        noted["off"] = seen(made, ours)
        for name, stage, tls in (
            ("listen", "listen", ours),
            ("mounted", "listen", MOUNTED),
            ("back", "listen", ours),
            ("forward", "forward", ours),
            ("close", "close", ours),
        ):
            made.world.project.resynthesize(synthesized(settings(stage, tls)))
            with journal.step(f"{name}: apply aks and istio"):
                made.world.stack("aks").apply()
                made.stack().apply()
            if tls is ours:
                with journal.step(f"certificate of {name}: cert-manager gets it"):
                    ready(made)
            noted[name] = seen(made, ours)
        noted["nameless"] = without_a_name(made)
        noted["client-ids"] = {
            each["name"].removeprefix("istio-aks-"): each["properties"]["clientId"]
            for each in made.world.azure.store.of_kind(IDENTITIES)
        }
        with journal.step("renewed: a new certificate while clients ask"):
            noted["renewed"] = _renewed(made, authority, work)
        with journal.step("destroyed: destroy istio"):
            made.stack().destroy()
    noted["left"] = [made.releases(), made.objects("/api/v1/services"), made.objects(KINDS)]
    noted["namespaces"] = made.objects("/api/v1/namespaces")
    noted["report"] = journal.text()
    noted["steps"] = {each.name.partition(":")[0]: each.changes for each in journal.steps}
    return noted


def _add_kinds_of_the_driver(made: Deployment) -> None:
    """What AKS's add-on brings."""
    for file in sorted((charts() / "secrets-store-csi-driver" / "crds").glob("*.yaml")):
        made.cluster.server.ask("POST", KINDS, yaml.safe_load(file.read_text()))


def _renewed(made: Deployment, authority: Acme, work: Path) -> Noted:
    """cert-manager renews, and clients ask on new connections all the while."""
    tls = authority.client()
    # One that was found in the Secret has none.
    before = ready(made)["status"].get("revision", 0)
    with told_by_istiod(made, work / "told") as envoy:
        wait_until(lambda: _shown(envoy, tls))
        first = _shown(envoy, tls)
        with asking(envoy, tls) as statuses:
            secret = made.get(SECRET)["data"]
            renew(made)
            wait_until(lambda: made.get(SECRET)["data"] != secret, PATIENCE)
            begin = time.monotonic()
            wait_until(lambda: _shown(envoy, tls) != first)
            seconds = time.monotonic() - begin
        both = [made.get(SECRET)["data"][name] != secret[name] for name in ("tls.crt", "tls.key")]
    return {
        "told-after": seconds,
        "new": both,
        "statuses": sorted(set(statuses)),
        "asked": len(statuses),
        "revisions": ready(made)["status"]["revision"] - before,
    }


def _shown(envoy: Gateway, tls: ssl.SSLContext) -> bytes | None:
    try:
        return shown(envoy, tls)
    except OSError:
        return None  # Envoy has not been told any yet.
