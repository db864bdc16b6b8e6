"""The brief and the feedback: `papers` says what, `export` writes Word or Markdown."""
