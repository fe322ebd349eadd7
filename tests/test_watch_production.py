"""What production watches: what becomes of the Private Link Service is written down."""

from pathlib import Path

from settings import load_settings

ROOT = Path(__file__).parents[1]
# AKS makes the service in its cloud controller manager, and says there why it could not.
CONTROLLER = "cloud-controller-manager"


def test_production_keeps_the_log_of_what_makes_the_private_link_service() -> None:
    watch = load_settings(ROOT / "settings.production.toml").watch
    assert CONTROLLER in watch.control_plane_logs


def test_production_is_told_when_a_private_link_service_is_deleted() -> None:
    assert load_settings(ROOT / "settings.production.toml").watch.alerts.are_on
