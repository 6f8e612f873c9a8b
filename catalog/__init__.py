"""What is sold: products, barcodes, taxes and prices."""
