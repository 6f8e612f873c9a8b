"""Taxes as they are filed: by rate and HSN, and the sections of GSTR-1."""
