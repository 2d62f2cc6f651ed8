"""Ending processes with all that they started."""
import psutil


def family(process: int) -> list[psutil.Process]:
    """The process and every one below it, the process last; empty if it has ended."""
    try:
        top = psutil.Process(process)
        return [*top.children(recursive=True), top]
    except psutil.Error:
        return []


def end(processes: list[psutil.Process]) -> None:
    """Kill them; those that have ended already are no fault."""
    for process in processes:
        try:
            process.kill()
        except psutil.Error:
            pass
