"""Pins: hashes of what Terraform and Helm install, taken by `make pins`, checked at every synth.

docs/supply-chain.md says what is pinned, and docs/decisions/pins-over-json.md why it is laid over
the synthesized JSON.
"""
