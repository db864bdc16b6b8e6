"""How it looks: settings, themes with contrast that can be read, and filters for poor terminals.

Front: `Looks` (chooses and keeps the theme), `Settings` with `read_settings`, and
`AsciiFilter` with `KEY_NAMES`. It stands on `terminal` (how many colours there are) and `kit`
(messages). Start reading at `appearance`; the rule of contrast is in `contrast`. `settings` loads
no Textual, as every command may read it.
"""
