"""The glass: pages cut to the screen, letters, icons, and the widget that draws them and takes touches.

`lay` and what it uses know no Kivy: a page becomes shapes and targets, which tests can measure.
"""
