"""The demo: a grocery chain and two other retailers with a few weeks of trade behind them.

Everything is made through the operations that people use, in one transaction for each organization, so a
start that was cut off leaves nothing half done. All names, products and numbers are invented.
"""
