"""The flows, one file an institution: screens as plain objects that make pages and ask the hub. No Kivy."""
