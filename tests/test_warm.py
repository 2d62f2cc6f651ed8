"""Warm kernels: they do what ordinary ones do, and nothing is left of them.

The entry point is put where an installed one would be found, so that papermill starts kernels as it does by hand.
"""
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import psutil
import pytest

from helpers import notebooks, warm, worker
from small_notebooks import notebook

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kernels are forked where there is fork")
ROOT = Path(__file__).resolve().parents[1]
STAY = "from pathlib import Path\nimport os, time\nPath('kernel').write_text(str(os.getpid()))\ntime.sleep(600)"
# As a program of a person's own: it has a main module that does something when it is imported.
PROGRAM = """
import json, os, sys, tempfile
from pathlib import Path
from helpers import warm, worker
with open("mains", "a") as file:
    file.write("imported\\n")
if __name__ == "__main__":
    warm.use() if sys.argv[1] == "warm" else None
    home = tempfile.mkdtemp()
    outcomes = [worker.execute(Path(name), Path.cwd(), {}, home) for name in sys.argv[2:]]
    Path("said").write_text(json.dumps([outcomes, [s.process.pid for s in warm._servers.values()]]))
"""


@pytest.fixture
def place(tmp_path):
    """A folder with a program, a folder for notebooks, and the plug-in as it is when installed."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "program.py").write_text(PROGRAM)
    info = tmp_path / "site" / "warm-0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: warm\nVersion: 0\n")
    (info / "entry_points.txt").write_text(
        f"[jupyter_client.kernel_provisioners]\n{warm.NAME} = helpers.warm:WarmProvisioner\n")
    return tmp_path


def environment(place):
    paths = [str(ROOT / "src"), str(place / "site"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return os.environ | worker.ENVIRONMENT | {
        "PYTHONPATH": os.pathsep.join(paths), "IPYTHONDIR": str(place / "ipython"), "PYTHONWARNINGS": "ignore",
        "JUPYTER_PATH": str(place / "jupyter")}


def program(place, kind, *books):
    """What the program says of each notebook, the bytes that each leaves, and what it says last."""
    names = [f"{n}.ipynb" for n in range(len(books))]
    for name, book in zip(names, books):
        nbformat.write(book, place / name)
    subprocess.run([sys.executable, "program.py", kind, *names], cwd=place, env=environment(place), timeout=120,
                   stdout=subprocess.DEVNULL, check=True)
    outcomes, servers = json.loads((place / "said").read_text())
    return outcomes, [(place / "notebooks" / name).read_bytes() for name in names], servers


def gone(process, seconds=10):
    until = time.monotonic() + seconds
    while psutil.pid_exists(process) and psutil.Process(process).status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def test_a_warm_kernel_leaves_the_bytes_of_an_ordinary_one(place):
    (place / "pandas.py").write_text("raise SystemExit('a stranger')")  # what lies about is imported by neither
    seen = notebook("import os, sys\nos.getcwd(), sys.path, sys.argv[0], sys.argv[1] == '-f', __name__, sys.flags",
                    "{k: v for k, v in sorted(os.environ.items()) if k not in ('JPY_PARENT_PID', 'IPYTHONDIR')}",
                    "list({'a', 'b', 'c', 'd'}), hash('a')", "os.getpid() == os.getsid(0)",
                    "print(input.__module__); os.system('echo from below'); print('é', file=sys.stdout)")
    work = notebook("import sys; sys.path.remove('')\nimport pandas as pd\npd.DataFrame([range(30)])",
                    "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
                    "from helpers import language, proposals, tagger",
                    "[(t.lemma_, t.tag_) for t in language.load()('The mayors were asked by unions.')]",
                    "proposals.propose('The mayor said that the bridge was shut. Critics denied it.').claims",
                    "tagger.load() is not None, 1 / 0")
    plain, warmed = (program(place, kind, seen, work) for kind in ("plain", "warm"))
    assert warmed[2] and not plain[2], "the one had a server, the other none"
    assert [(o["cell"], o["error"]) for o in warmed[0]] == [(o["cell"], o["error"]) for o in plain[0]]
    assert "ZeroDivisionError" in warmed[0][1]["error"] and not warmed[0][0]["error"]
    assert warmed[1] == plain[1]


def test_kernels_share_one_server_draw_numbers_of_their_own_and_never_import_the_main_module(place):
    draw = notebook("import os, random, numpy, sys\nfrom pathlib import Path",
                    "drawn = f'{random.random()} {numpy.random.random()} {os.getppid()}'",
                    "Path(f'drawn-{os.getpid()}').write_text(drawn)",
                    "leak = getattr(sys, 'leak', None); sys.leak = 1; assert leak is None")
    outcomes, _, servers = program(place, "warm", draw, draw, draw)
    assert [o["error"] for o in outcomes] == ["", "", ""]
    drawn = [file.read_text().split() for file in place.glob("drawn-*")]
    assert len(drawn) == len({d[0] for d in drawn}) == len({d[1] for d in drawn}) == 3
    assert {int(d[2]) for d in drawn} == set(servers) and len(servers) == 1
    assert (place / "mains").read_text() == "imported\n"
    assert gone(servers[0]), "the server outlived the process that it served"


def test_a_warm_kernel_that_dies_is_reported_with_its_cell_and_the_next_one_runs(place):
    outcomes, _, _ = program(place, "warm", notebook("1", "import os; os._exit(3)", "2"), notebook("3"))
    assert "`import os; os._exit(3)`" in outcomes[0]["cell"] and "Dead" in outcomes[0]["error"]
    assert outcomes[1]["error"] == ""


@pytest.mark.parametrize("victim", ["parent", "server"])
def test_whoever_is_killed_no_process_is_left(place, victim):
    nbformat.write(notebook(STAY), place / "0.ipynb")
    parent = subprocess.Popen([sys.executable, "program.py", "warm", "0.ipynb"], cwd=place, env=environment(place),
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while not ((place / "kernel").is_file() and (place / "kernel").read_text()) and time.monotonic() < until:
            time.sleep(0.1)
        kernel = int((place / "kernel").read_text())
        server = psutil.Process(kernel).ppid()
        assert psutil.Process(server).ppid() == parent.pid
        os.kill(parent.pid if victim == "parent" else server, signal.SIGKILL)
        assert gone(kernel) and gone(server)
    finally:
        parent.kill()
        parent.wait()


def test_papermill_finds_the_kernel_by_its_name(place):
    spec = place / "jupyter" / "kernels" / warm.NAME
    spec.mkdir(parents=True)
    shipped = ROOT / "src" / "helpers" / "kernels" / warm.NAME / "kernel.json"
    (spec / "kernel.json").write_text(shipped.read_text())
    nbformat.write(notebook("import sys\n'helpers.proposals' in sys.modules, document"), place / "in.ipynb")
    subprocess.run([sys.executable, "-m", "papermill", "--kernel", warm.NAME, "-p", "document", "vote", "in.ipynb",
                    "out.ipynb"], cwd=place, env=environment(place), check=True, timeout=120, capture_output=True)
    done = notebooks.read(place / "out.ipynb")
    assert done.cells[-1].outputs[0].data["text/plain"] == "(True, 'vote')"
    assert json.loads(shipped.read_text())["metadata"]["kernel_provisioner"]["provisioner_name"] == warm.NAME


def test_where_the_server_cannot_start_an_ordinary_kernel_serves(place):
    (place / "site" / "sitecustomize.py").write_text(
        "import socket\nif hasattr(socket, 'recv_fds'):\n    del socket.recv_fds\n")
    outcomes, _, _ = program(place, "warm", notebook("import os, sys; assert 'helpers' not in sys.modules"))
    assert outcomes[0]["error"] == ""


def test_a_child_that_ends_before_it_is_a_kernel_is_not_taken_for_one(tmp_path):
    server = warm.Server([sys.executable], os.environ | {"PYTHONPATH": str(ROOT / "src")})
    with pytest.raises(ValueError, match="no kernel was forked"):
        server.kernel({"args": [], "cwd": str(tmp_path / "nowhere"), "env": {}, "silent": []})
    server.stop()
    assert server.process.poll() == 0


def test_a_server_that_hangs_is_not_waited_for_without_end(tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text("import time\ntime.sleep(600)")
    monkeypatch.setattr(warm, "PATIENCE", 0.5)
    server = warm.Server([sys.executable], os.environ | {"PYTHONPATH": str(tmp_path)})
    with pytest.raises(OSError, match="timed out"):
        server.kernel({"args": [], "cwd": str(tmp_path), "env": {}, "silent": []})
    server.stop(1)
    assert gone(server.process.pid)
