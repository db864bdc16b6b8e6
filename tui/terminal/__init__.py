"""Bytes to and from a terminal: reading keys, sending only the cells that changed, ending well.

Front: `DiffDriver` and `OutputDriver` (drivers for Textual), `handling_signals`, the crash report,
`count_colours`, `draws_boxes` and `over_ssh`. It stands on Textual's driver and on nothing of
Offwall; no session is known here. Start reading at `output_driver`, then `screen_diff`. `worker` is
the one thread class, `textual_private` the one file with private names of Textual. The drivers are
loaded where they are chosen: on Windows there is no termios. `capabilities` and `tuning` load no
Textual, as every command asks them.
"""
