"""Bills as PDF: typst templates, filled with the one document of billing.documents."""
