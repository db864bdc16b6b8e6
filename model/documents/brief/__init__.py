"""The brief and the feedback: `report` says what, `export` writes Word or Markdown."""
