"""From files to a plan and back: git, YAML and CSV, loading, edits, repairs and layout."""
