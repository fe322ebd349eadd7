"""Outputs: what a person gets to know after a deploy. Nothing in them is secret."""

from cdktf import TerraformOutput, TerraformStack


def add_output(stack: TerraformStack, name: str, value: str, description: str) -> None:
    """An output of the stack, named as a person will ask for it."""
    TerraformOutput(stack, name, value=value, description=description)
