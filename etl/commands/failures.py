"""What the commands say, in one sentence with what to do, when the machine or the warehouse does not let them go on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import duckdb
import typer

from etl.commands.console import errors, visible
from etl.load.executors import OtherVersionError
from etl.warehouse.faults import Fault, fault, first_line
from etl.warehouse.known import is_of_this_version
from etl.warehouse.store import DamagedWarehouseError, LoadRunningError, NoWarehouseError
from etl.warehouse.warehouse import NotWrittenError, OtherStructureError

BAD_USAGE = 2
NOT_DONE = 3
_MEND = {
    Fault.IN_USE: "another program has the file open for writing: {error}; close it and repeat (duckdb -readonly looks "
    "at a file without holding it)",
    Fault.NOT_PERMITTED: "not permitted: {error}; repeat as the user who owns {folder}, or let this one in",
    Fault.NO_ROOM: "there is no room: {error}; make room and repeat",
    Fault.NO_MEMORY: "the memory does not suffice: {error}; end other programs, or repeat on a machine with more",
    Fault.DAMAGED: "the warehouse is damaged: {error}; point {folder}/current to the other wh-*.duckdb or restore the "
    "backup, then load again; without either, remove the folder and load everything",
    Fault.SYSTEM: "the system refused: {error}; repeat once this is mended",
}


@contextmanager
def failures(folder: Path) -> Iterator[None]:
    """Say what to do when a command over the warehouse in `folder` cannot be done; what no such cause explains raises.

    The old data stay as they were in every case. Exit code 3, or 2 where there is no warehouse.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except NoWarehouseError as error:
        give_up(f"there is no warehouse in {error}; load reports first", error, BAD_USAGE)
    except LoadRunningError as error:
        give_up(f"another load is writing to {folder}; wait for it to end and repeat this one", error)
    except DamagedWarehouseError as error:
        give_up(_MEND[Fault.DAMAGED].format(error=first_line(error), folder=folder), error)
    except OtherStructureError as error:
        give_up(
            f"another version made {error}; load the reports you have into a new folder with --warehouse and use that",
            error,
        )
    except OtherVersionError as error:
        give_up(f"these workers have another version of nianbao: {error}; install the same on all", error)
    except ModuleNotFoundError as error:
        if error.name != "distributed":
            raise
        give_up("--cluster needs the extra: pip install nianbao[cluster]", error)
    except (NotWrittenError, OSError) as error:
        give_up(f"stopped: {first_line(error)}; the old data are as they were, repeat it once this is mended", error)
    except MemoryError as error:
        give_up(_MEND[Fault.NO_MEMORY].format(error="out of memory", folder=folder), error)
    except duckdb.Error as error:
        _explain(error, folder)


def _explain(error: duckdb.Error, folder: Path) -> NoReturn:
    found = fault(error)
    if found is not None:
        give_up(_MEND[found].format(error=first_line(error), folder=folder), error)
    if isinstance(error, duckdb.CatalogException | duckdb.BinderException) and not is_of_this_version(folder):
        give_up(f"another version made the warehouse in {folder}; load the reports again, then repeat this", error)
    raise error


def give_up(message: str, cause: Exception, code: int = NOT_DONE) -> NoReturn:
    """Print the sentence and end the command."""
    errors.print(visible(message), markup=False)
    raise typer.Exit(code) from cause
