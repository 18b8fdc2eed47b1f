"""The mesh: hubs agreeing over LoRa radios and, where there is a wire, over it.

A client of `hub.client`: it follows the journal, sends the street's batches, and hands in what it hears.
What exists of it today is on the hub's side: batches with fixed bytes, and the door that takes them in.
"""
