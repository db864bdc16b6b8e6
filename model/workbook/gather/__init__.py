"""Many sessions into one set of tidy tables: for Excel and Power BI, or as Parquet.

Start with `tidy_tables`.
"""
