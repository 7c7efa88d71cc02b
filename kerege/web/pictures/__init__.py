"""Pictures the server draws: plain SVG text, no script, no style attribute, nothing to download.

Colours, dark mode and print come from kerege.css through the classes that start with `pic`. Every
picture is drawn for a phone 360 pixels wide and stands beside a table or a list that says the
same.
"""
