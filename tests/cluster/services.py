"""The gateway's Service as the real chart renders it with our values, and what becomes of it."""

import time
from collections.abc import Callable
from pathlib import Path

import yaml

from tests.cluster.programs import charts
from tests.rendering import helm
from tests.synthesis import Json, settings_text, synthesize, values

PATIENCE = 90


def rendered_service(folder: Path, settings: str = "") -> Json:
    """The Service of the chart gateway, for a settings file."""
    istio = synthesize(settings_text(folder, settings), folder / "out")["istio"]
    release = istio["resource"]["helm_release"]["istio-ingress"]
    ended = helm("template", "istio-ingress", str(charts() / "gateway"), values=values(release))
    assert ended.returncode == 0, ended.stderr
    made = [each for each in yaml.safe_load_all(ended.stdout) if each]
    (service,) = [each for each in made if each["kind"] == "Service"]
    return dict(service)


def wait_until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Look again and again.

    Raises:
        TimeoutError: when it does not hold in this time.
    """
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"not within {seconds} s")
        time.sleep(0.2)
