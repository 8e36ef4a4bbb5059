"""diplan: a tracker for a council's digital inclusion plan, kept as YAML and CSV in git."""

__version__ = "0.1.0"
