"""Open SDG: the form in which statistical offices keep indicators, read within bounds.

A repository of that kind has a folder `data/` with a CSV file for each indicator, and a folder
`meta/` with what is to be known of it. Whoever made it, nothing in it is trusted: files are read
within limits, none from outside the folder, and what is not understood is counted.
"""
