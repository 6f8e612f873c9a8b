"""From the rows of somebody's list to candidate products: pure, without a query.

columns     which column holds what, by the words of its header or by what is in it
numbers     prices as people write them
codes       barcodes, PLUs and scale labels
settings    all that has been recognised or chosen about one list
recognition a file -> its settings
candidates  a row -> a candidate, or the reason why not
sieve       the rules between rows: items with several barcodes, barcodes on several items
"""
