"""Tests of the store: tables, history, questions."""
