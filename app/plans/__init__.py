"""Terraform's plans: made, read, judged, shown as a table, and applied as they were judged."""
