"""Many sessions into one set of tables: for Excel and Power BI, or as Parquet for DuckDB.

Files are read one after another and written as they come, so that memory does not grow with their
number.
"""

from model.exchange.gathering.finding import Found, find
from model.exchange.gathering.forms import FORMS, Form, Rows
from model.exchange.gathering.reading import Gathered, read_all

__all__ = ["FORMS", "Form", "Found", "Gathered", "Rows", "find", "read_all"]
