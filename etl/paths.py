"""Where things lie in the project; every other module asks here."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT / "data"
SAMPLE_REPORTS = DATA / "reports"
GAZETTEER = DATA / "gazetteer"
LEXICON = DATA / "lexicon"
FORMS = PROJECT / "etl" / "forms"
SQL = PROJECT / "etl" / "sql"
DASHBOARD_SERVER = PROJECT / "dashboard" / "server.py"
WAREHOUSE_VARIABLE = "NIANBAO_WAREHOUSE"


def warehouse_folder() -> Path:
    """The folder that NIANBAO_WAREHOUSE names, else `data/warehouse` of the project."""
    named = os.environ.get(WAREHOUSE_VARIABLE)
    return Path(named) if named else DATA / "warehouse"
