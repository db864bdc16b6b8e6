"""Presets and catalogues, as TOML beside this file: data, not code. `catalogues` reads them."""
