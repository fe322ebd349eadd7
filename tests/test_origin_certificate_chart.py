"""The chart of the origin's certificate, as Helm renders it."""

import pytest
import yaml

from constructs.helm_release import yaml_text
from constructs.ingress.origin_certificate import CHART
from tests.rendering import helm
from tests.synthesis import Json


def rendered(values: Json) -> Json:
    """The one object of these values."""
    ended = helm("template", CHART.name, str(CHART), values={}, written=yaml_text(values))
    assert ended.returncode == 0, ended.stderr
    (made,) = [each for each in yaml.safe_load_all(ended.stdout) if each]
    return dict(made)


@pytest.mark.parametrize(
    "name", ["origin", "2024", "true", "null", "1e3", "0x1F", "-", "2024-01-01"]
)
def test_a_certificate_of_the_vault_may_have_any_name(name: str) -> None:
    spec = rendered(
        {"mounted": {"vault": "v", "certificate": name, "tenant": "t", "clientId": "c"}}
    )
    (made,) = spec["spec"]["secretObjects"]
    assert [each["objectName"] for each in made["data"]] == [name, name]
    (inner,) = yaml.safe_load(spec["spec"]["parameters"]["objects"])["array"]
    assert yaml.safe_load(inner) == {"objectName": name, "objectType": "secret"}
