"""Old Word and WPS files and RTF, turned into .docx by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from etl.document import Document, Rejected
from etl.readers import docx

SECONDS = 50
_PROGRAMS = ("soffice", "libreoffice")
# Macros off, and nothing that a document links to is fetched.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"
 oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"
 oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def read(source: str, data: bytes) -> Document:
    """The Document of an old office file. Rejected: needs_libreoffice, damaged_office, too_slow, encrypted, empty."""
    return replace(docx.read(source, to_docx(data)), layout="office")


def to_docx(data: bytes) -> bytes:
    """The file as LibreOffice writes it anew. Rejected: needs_libreoffice, damaged_office, too_slow."""
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise Rejected("needs_libreoffice")
    with tempfile.TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        settings = place / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS, encoding="utf-8")
        (place / "report.doc").write_bytes(data)
        _convert(program, place)
        converted = place / "out" / "report.docx"
        if not converted.is_file():
            raise Rejected("damaged_office")
        return converted.read_bytes()


def _convert(program: str, place: Path) -> None:
    command = [
        program,
        f"-env:UserInstallation={(place / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(place / "out"), str(place / "report.doc")),
    ]
    environment = os.environ | {"HOME": str(place), "SAL_USE_VCLPLUGIN": "svp"}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as fault:
        raise Rejected("too_slow", f"LibreOffice, {SECONDS} s") from fault
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """No process of the conversion outlives it, whatever ended the wait."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()
