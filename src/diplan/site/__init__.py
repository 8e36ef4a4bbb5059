"""The plan as a website: static pages, feeds and files for programs, with links between them.

What the pages say is made by `report`, as for papers; here are the addresses, the layout and the
order in which files are written.
"""
