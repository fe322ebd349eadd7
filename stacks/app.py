"""The app: the stacks of the settings, and their order."""

from cdktf import App

from settings import Settings
from stacks.aks import AksStack
from stacks.istio import IstioStack


def build(app: App, settings: Settings, environment: str = "") -> None:
    """Add the stacks of the settings to the app; `cdktf deploy` runs them in this order.

    Args:
        app: the app.
        settings: the settings.
        environment: the environment that they describe, after which the states are named.
    """
    aks = istio = None
    if "aks" in settings.stacks:
        aks = AksStack(app, "aks", settings=settings, environment=environment)
    if "istio" in settings.stacks:
        istio = IstioStack(app, "istio", settings=settings, environment=environment)
    if aks and istio:
        istio.add_dependency(aks)


def synthesize(settings: Settings, environment: str) -> None:
    """Write cdktf.out, or the folder that CDKTF_OUTDIR names."""
    app = App()
    build(app, settings, environment)
    app.synth()
