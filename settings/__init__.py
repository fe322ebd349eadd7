"""The settings of a deployment: one TOML file for each environment, overridable from outside."""

from settings.environments import Environment, chosen_stacks, load_environments
from settings.loader import load_settings, settings_files
from settings.model import Settings

__all__ = [
    "Environment",
    "Settings",
    "chosen_stacks",
    "load_environments",
    "load_settings",
    "settings_files",
]
