"""Papers of the storeroom: typst templates, filled with strings."""
