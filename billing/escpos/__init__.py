"""Receipts as the bytes that a receipt printer takes (Epson's ESC/POS)."""
