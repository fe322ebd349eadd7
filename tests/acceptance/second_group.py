"""Synthesizes the stacks with a second origin group, as a user would add it in Python."""

from app.lazy_bindings import load_only_what_is_used

load_only_what_is_used()

from cdktf import App  # noqa: E402

from constructs.front_door.origin_group import FrontDoorOriginGroup  # noqa: E402
from constructs.front_door.profile import FrontDoorProfile  # noqa: E402
from settings import load_environments, settings_files  # noqa: E402
from stacks.app import build  # noqa: E402
from stacks.istio import IstioStack  # noqa: E402

if __name__ == "__main__":
    app = App()
    build(app, load_environments(settings_files()))
    istio = app.node.find_child("istio")
    profile = istio.node.find_child("front-door")
    assert isinstance(istio, IstioStack)
    assert isinstance(profile, FrontDoorProfile)
    FrontDoorOriginGroup(istio, "second", name="Second", profile_id=profile.id, probe=None)
    app.synth()
