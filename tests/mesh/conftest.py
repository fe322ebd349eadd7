"""Tests that need programs which no package registry has are collected where these are named."""

import os

from tests.mesh.kubernetes import VARIABLE

collect_ignore = [] if os.environ.get(VARIABLE) else ["on_request"]
