"""What cannot be known without Azure: small trials beside the deployment, and what Azure did.

Each is a few resources in a stack of their own, applied and taken away again. No outcome is wrong:
what comes is written down.
"""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from tests.acceptance.terraform.process import TerraformError
from tests.live.life import Life
from tests.live.report import errors

Json = dict[str, Any]
RELEASE = "helm_release.istio-ingress"
ORIGIN = "azurerm_cdn_frontdoor_origin.istio-ingress-origin"


def _noted(ask: Callable[[], Any]) -> tuple[bool, Any]:
    return True, ask()


@dataclass(frozen=True)
class Domain:
    """A host name that may be used for the trials, and its zone in Azure DNS.

    Args:
        host: not in use otherwise.
        zone: the id of the zone.
    """

    host: str
    zone: str

    @property
    def label(self) -> str:
        """The host inside its zone."""
        return self.host.removesuffix("." + self.zone.rpartition("/")[2])


@dataclass
class Questions:
    """The trials on a deployment that answers."""

    life: Life
    domain: Domain | None = None

    def ask_all(self) -> None:
        """Ask them one after the other, the ones that take the deployment apart last."""
        asked: list[tuple[str, Callable[[], Any]]] = [
            ("a rule that leads into an empty group", self._rule_into_an_empty_group)
        ]
        if self.domain:
            asked += [
                ("a domain without a route: answer and certificate", self._unrouted),
                ("minutes to a managed certificate", self._certificate),
                ("a domain deleted while its CNAME points here", self._deleted),
            ]
        asked += [
            ("the private endpoint after its origin is deleted", self._origin_deleted),
            ("the private endpoint after a service of the same name returns", self._returned),
        ]
        for title, ask in asked:
            self.life.report.step(f"to be known: {title}", partial(_noted, ask))

    def end(self) -> None:
        """Take away what the trials have left, also after an interruption."""
        if self._folder.exists():
            self.life.report.step("the trials are taken away", self._taken_away)

    def _taken_away(self) -> tuple[bool, Any]:
        said = self._apply({})
        return said == "accepted", said

    def _rule_into_an_empty_group(self) -> Any:
        balancing = {"sample_size": 4, "successful_samples_required": 3}
        group = {
            "cdn_frontdoor_profile_id": self._profile,
            "name": "live-empty",
            "load_balancing": balancing,
        }
        leads = {
            "cdn_frontdoor_origin_group_id": "${azurerm_cdn_frontdoor_origin_group.empty.id}",
            "forwarding_protocol": "HttpOnly",
            "cache_behavior": "Disabled",
        }
        rule = {
            "cdn_frontdoor_rule_set_id": "${azurerm_cdn_frontdoor_rule_set.live.id}",
            "name": "liveEmpty",
            "order": 1,
            "actions": {"route_configuration_override_action": leads},
        }
        profile = {"cdn_frontdoor_profile_id": self._profile}
        return self._apply(
            {
                "azurerm_cdn_frontdoor_origin_group": {"empty": group},
                "azurerm_cdn_frontdoor_rule_set": {"live": {**profile, "name": "live"}},
                "azurerm_cdn_frontdoor_rule": {"empty": rule},
            }
        )

    def _unrouted(self) -> Any:
        said = self._apply(self._domain_resources() | self._records())
        site = self.life.site(self._domain.host)
        seen = site.wait_for(200, min(10, self.life.minutes), self.life.pause)
        return {"apply": said, "answers": seen, "certificate": site.certificate()}

    def _certificate(self) -> Any:
        said = self._apply(self._domain_resources() | self._records() | self._route())
        site = self.life.site(self._domain.host)
        seen = site.wait_for(200, self.life.minutes, self.life.pause)
        return {"apply": said, "answers": seen, "certificate": site.certificate()}

    def _deleted(self) -> Any:
        return self._apply(self._records(value=self.life.entrance.host))

    def _origin_deleted(self) -> Any:
        folder = self.life.istio
        self.life.scratch.run(
            folder, "destroy", "-input=false", "-auto-approve", f"-target={ORIGIN}"
        )
        seen = self._connections()
        self.life.apply(self.life.ids[-1])
        return {"connections": seen, "answers again": self.life.first_answer()[1]}

    def _returned(self) -> Any:
        if RELEASE not in self.life.scratch.run(self.life.istio, "state", "list").split():
            return "there is no release here"
        self.life.apply(self.life.ids[-1], f"-replace={RELEASE}")
        seen = self._connections()
        return {"connections": seen, "answers again": self.life.first_answer()[1]}

    def _connections(self) -> list[tuple[float, Any]]:
        """The connections of the Private Link Service for some minutes, whenever they change."""
        found = "azurerm_private_link_service_endpoint_connections"
        outputs = self.life.scratch.outputs(self.life.istio)
        id_ = str(outputs["private_link_service_id"])
        source = {"service_id": id_, "resource_group_name": id_.split("/")[4]}
        shown = f"${{data.{found}.live.private_endpoint_connections[*].status}}"
        begin, seen = time.monotonic(), list[tuple[float, Any]]()
        while True:
            said = self._apply(
                {}, data={found: {"live": source}}, output={"live": {"value": shown}}
            )
            now = (
                self.life.scratch.outputs(self._folder).get("live") if said == "accepted" else said
            )
            if not seen or seen[-1][1] != now:
                seen.append((round(time.monotonic() - begin, 1), now))
            if time.monotonic() - begin > min(5, self.life.minutes) * 60:
                return seen
            time.sleep(self.life.pause)

    def _apply(self, resources: Json, **others: Json) -> str:
        """Make the trial's resources, and only those; what Azure said."""
        version = json.loads((self.life.istio / "cdk.tf.json").read_text())["terraform"]
        azurerm = {"azurerm": version["required_providers"]["azurerm"]}
        content = {
            "terraform": {"required_providers": azurerm},
            "provider": {"azurerm": [{"features": [{}]}]},
            **({"resource": resources} if resources else {}),
            **others,
        }
        fresh = not self._folder.exists()
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "live.tf.json").write_text(json.dumps(content, indent=1))
        if fresh:
            self.life.scratch.init(self._folder)
        try:
            self.life.scratch.run(self._folder, "apply", "-input=false", "-auto-approve")
        except TerraformError as refused:
            return errors(refused)
        return "accepted"

    @property
    def _folder(self) -> Path:
        return self.life.scratch.folder / "questions"

    @property
    def _domain(self) -> Domain:
        assert self.domain is not None
        return self.domain

    @property
    def _profile(self) -> str:
        return self._known("azurerm_cdn_frontdoor_profile")

    def _known(self, kind: str) -> str:
        """The id of the one resource of a kind in the stack istio."""
        content = json.loads(self.life.scratch.run(self.life.istio, "show", "-json"))
        resources = content["values"]["root_module"]["resources"]
        (id_,) = [each["values"]["id"] for each in resources if each["type"] == kind]
        return str(id_)

    def _domain_resources(self) -> Json:
        tls = {"certificate_type": "ManagedCertificate", "minimum_tls_version": "TLS12"}
        domain = {
            "cdn_frontdoor_profile_id": self._profile,
            "name": "live",
            "host_name": self._domain.host,
            "dns_zone_id": self._domain.zone,
            "tls": tls,
        }
        return {"azurerm_cdn_frontdoor_custom_domain": {"live": domain}, **self._token()}

    def _token(self) -> Json:
        value = "${azurerm_cdn_frontdoor_custom_domain.live.validation_token}"
        return {
            "azurerm_dns_txt_record": {"live": self._record("_dnsauth.", record={"value": value})}
        }

    def _records(self, value: str | None = None) -> Json:
        host = value or self.life.entrance.host
        return {"azurerm_dns_cname_record": {"live": self._record(record=host)}}

    def _record(self, before: str = "", **content: Any) -> Json:
        zone = self._domain.zone.split("/")
        place = {"zone_name": zone[-1], "resource_group_name": zone[4], "ttl": 60}
        return {"name": f"{before}{self._domain.label}", **place, **content}

    def _route(self) -> Json:
        route = {
            "name": "live",
            "cdn_frontdoor_endpoint_id": self._known("azurerm_cdn_frontdoor_endpoint"),
            "cdn_frontdoor_origin_group_id": self._known("azurerm_cdn_frontdoor_origin_group"),
            "cdn_frontdoor_origin_ids": [self._known("azurerm_cdn_frontdoor_origin")],
            "cdn_frontdoor_custom_domain_ids": ["${azurerm_cdn_frontdoor_custom_domain.live.id}"],
            "patterns_to_match": ["/*"],
            "supported_protocols": ["Http", "Https"],
            "forwarding_protocol": "HttpOnly",
            "link_to_default_domain": False,
        }
        return {"azurerm_cdn_frontdoor_route": {"live": route}}
