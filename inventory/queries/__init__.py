"""Reads that pages, API and operations share."""
