"""What the proxies of the mesh write down of requests."""

from typing import Literal

from settings.table import Table


class AccessLog(Table):
    """The access log of every proxy, to `/dev/stdout`."""

    format: Literal["text", "json"] = "text"
    """`json`: one object a line, with Istio's fields, and what joins it to Front Door's log:
    `x_azure_ref` is `trackingReference` there. Takes effect at once, in every pod; what reads the
    lines must know both meanwhile."""
