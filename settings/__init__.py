"""The settings of a deployment: one TOML file for each environment, overridable from outside."""

from settings.environments import Environment, load_environments
from settings.loader import environment_of, load_settings, settings_files
from settings.model import Settings

__all__ = [
    "Environment",
    "Settings",
    "environment_of",
    "load_environments",
    "load_settings",
    "settings_files",
]
