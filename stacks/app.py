"""The app: the stacks of the settings, and their order."""

from cdktf import App

from settings import Settings
from stacks.aks import AksStack
from stacks.istio import IstioStack


def build(app: App, settings: Settings) -> None:
    """Add the stacks of the settings to the app; `cdktf deploy` runs them in this order."""
    aks = AksStack(app, "aks", settings=settings) if "aks" in settings.stacks else None
    istio = IstioStack(app, "istio", settings=settings) if "istio" in settings.stacks else None
    if aks and istio:
        istio.add_dependency(aks)


def synthesize(settings: Settings) -> None:
    """Write cdktf.out, or the folder that CDKTF_OUTDIR names."""
    app = App()
    build(app, settings)
    app.synth()
