"""The settings of a deployment: one TOML file, overridable from the environment."""

from settings.loader import load_settings, settings_file
from settings.model import Settings

__all__ = ["Settings", "load_settings", "settings_file"]
