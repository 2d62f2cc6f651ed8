"""The doors into the project name the same things: pyproject.toml, the lock, requirements.txt, environment.yml, make, CI."""
import os
import re
import subprocess
import sys
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

PYTHONS = ("3.11.0", "3.11.14", "3.12.0", "3.13.0", "3.13.9")


@pytest.fixture(scope="module")
def declared(root):
    return tomllib.loads((root / "pyproject.toml").read_text())["project"]


def pinned(lines) -> list[Requirement]:
    return [Requirement(line.rstrip(" \\")) for line in lines if re.match(r"[A-Za-z0-9]", line)]


@pytest.fixture(scope="module")
def lock(root):
    return pinned((root / "requirements.lock").read_text().splitlines())


def test_the_lock_pins_everything_that_is_declared_for_every_python(declared, lock):
    for python in PYTHONS:
        known = {canonicalize_name(r.name): r for r in lock
                 if not r.marker or r.marker.evaluate({"python_full_version": python, "python_version": python[:4]})}
        for requirement in map(Requirement, declared["dependencies"]):
            version = next(iter(known[canonicalize_name(requirement.name)].specifier)).version
            assert requirement.specifier.contains(version), f"{requirement} but the lock has {version} for {python}"


def test_the_lock_has_one_exact_version_and_a_hash_each_and_no_address(root, lock):
    text = (root / "requirements.lock").read_text()
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert len(blocks) == len(lock) > 100
    assert all(re.match(r"\S+==\S+", block) and "--hash=sha256:" in block for block in blocks)
    for file in ("requirements.lock", "requirements.txt", "environment.yml", "pyproject.toml", "Makefile"):
        assert not re.search(r"https?://|index-url|find-links|file:", (root / file).read_text()), file


def test_requirements_txt_is_the_lock_without_hashes_and_the_project_itself(root, lock):
    lines = (root / "requirements.txt").read_text().splitlines()
    assert lines[0] == "-e ." and list(map(str, pinned(lines[1:]))) == list(map(str, lock))


def test_the_conda_door_has_the_same_python_and_the_same_packages(root, declared):
    door = yaml.safe_load((root / "environment.yml").read_text())
    python, pip, through_pip = door["dependencies"]
    assert SpecifierSet(python.removeprefix("python ")) == SpecifierSet(declared["requires-python"])
    assert (door["name"], door["channels"][0], pip) == (declared["name"], "conda-forge", "pip")
    assert through_pip == {"pip": ["-r requirements.txt"]}


def test_this_python_is_one_that_is_declared(declared):
    assert SpecifierSet(declared["requires-python"]).contains(Version(".".join(map(str, sys.version_info[:3]))))


@pytest.mark.parametrize("version, ready", [((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False)])
def test_make_says_which_python_it_needs(root, tmp_path, version, ready):
    """A stand-in for python3 that says it is of some version, and that it could make no virtual environment."""
    for name in ("requirements.lock", "pyproject.toml", "Makefile"):
        (tmp_path / name).write_bytes((root / name).read_bytes())
    python = tmp_path / "python"
    python.write_text(f"#!{sys.executable}\nimport sys\nsys.version_info = {version + (0,)}\n"
                      "exec(sys.argv[2]) if sys.argv[1] == '-c' else sys.exit(1)\n")
    python.chmod(0o755)
    made = subprocess.run(["make", f"PYTHON={python}"], cwd=tmp_path, capture_output=True, text=True)
    said = "Setting up in .venv" in made.stdout, "Retold needs Python 3.11, 3.12 or 3.13" in made.stderr
    assert made.returncode != 0 and said == (ready, not ready)


def test_make_sets_up_once(root, tmp_path):
    for name in ("requirements.lock", "pyproject.toml", "Makefile"):
        (tmp_path / name).write_bytes((root / name).read_bytes())
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / ".ready").touch()
    assert planned(tmp_path) == [".venv/bin/python -m pytest"]
    later = (tmp_path / ".venv" / ".ready").stat().st_mtime + 60
    os.utime(tmp_path / "requirements.lock", (later, later))
    assert any("--require-hashes -r requirements.lock" in line for line in planned(tmp_path))


def planned(folder) -> list[str]:
    outside = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}  # `make test` runs this test
    made = subprocess.run(["make", "-n", "test"], cwd=folder, env=outside, capture_output=True, text=True, check=True)
    return made.stdout.splitlines()


def test_ci_runs_what_a_newcomer_runs(root):
    run = root / ".ci" / "run"
    assert os.access(run, os.X_OK) and run.read_text().rstrip().endswith("make test")
    for script in (run, root / "scripts" / "install-system-packages.sh"):
        subprocess.run(["bash", "-n", str(script)], check=True)


def test_the_licences_are_said_apart(root):
    assert "MIT License" in (root / "LICENSE").read_text()
    assert "CC BY 4.0" in (root / "LICENSE-data").read_text()


@pytest.mark.parametrize("name, fails", [("shared", True), ("plain", False)])
def test_a_test_of_the_shared_folder_may_not_be_skipped_where_it_is(shared, root, pytester_like, name, fails):
    marker = "@pytest.mark.shared\n" if name == "shared" else ""
    out = pytester_like(f"import pytest\n\n\n{marker}def test_it():\n    pytest.skip('no time')\n")
    assert ("1 failed" in out) == fails and ("1 skipped" in out) != fails


@pytest.fixture
def pytester_like(root, tmp_path):
    """Run one test file under this conftest, as if it lay in tests/."""
    def run(content: str) -> str:
        (tmp_path / "test_it.py").write_text(content)
        made = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "conftest", "-p", "no:cacheprovider",
                               "--rootdir", str(tmp_path), "-c", str(root / "pyproject.toml"), "test_it.py"],
                              cwd=tmp_path, capture_output=True, text=True,
                              env=os.environ | {"PYTHONPATH": str(root / "tests")})
        return made.stdout
    return run
