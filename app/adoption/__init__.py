"""How a deployment of the original comes under these stacks."""

from app.adoption.command import adopt

__all__ = ["adopt"]
