"""Translators of the tests of other rule languages into rule files."""
