"""The settings of a deployment: one TOML file, overridable from the environment."""

from settings.loader import environment_of, load_settings, settings_file
from settings.model import Settings

__all__ = ["Settings", "environment_of", "load_settings", "settings_file"]
