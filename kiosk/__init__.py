"""The kiosk: the touchscreen in the kitchen or the hall, a client of `hub.client`.

What exists of it today is on the hub's side: visits by card and PIN, commands, votes, sheets.
"""
