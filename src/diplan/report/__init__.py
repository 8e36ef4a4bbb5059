"""Assessments to documents: what a reader is told, before anybody decides how it looks."""
