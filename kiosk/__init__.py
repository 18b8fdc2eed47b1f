"""The kiosk: the touchscreen in the kitchen or the hall, a client of `hub.client`.

`flows` say what is on a screen, `widgets` draw it and are touched, `session` is one person's time between
the two, `app` composes them. docs/screens.md tells how screens are written.
"""
