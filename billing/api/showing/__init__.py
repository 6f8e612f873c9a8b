"""Rows and quotes as the API shows them."""
