"""What the room sees: ``offwall show`` on a projector, in a terminal or in a browser.

Front: `ShowApp` and `serve`. It follows the session file and the live line, shows the editor's own
lists, and can change nothing. It stands on the parts' rooms, `services` (watching) and `looks`.
Start reading at `show_app`, then `show_screen`. `browser_page` is loaded where a page is served: it
needs the extra ``serve``.
"""
