"""Figures that people print, file and act on."""
