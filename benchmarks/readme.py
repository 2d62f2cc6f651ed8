"""Where the benchmarks' tables stand in README.md: between two lines with the benchmark's mark."""
from pathlib import Path

FILE = Path(__file__).with_name("README.md")


def put(mark: str, table: str) -> None:
    """Replace what stands between the two marks by the table."""
    before, _, after = FILE.read_text(encoding="utf-8").split(mark)
    FILE.write_text(f"{before}{mark}\n{table}\n{mark}{after}", encoding="utf-8")
