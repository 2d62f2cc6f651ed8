# make        set up once, then run the notebooks on the shipped documents
# make test   set up once, then all tests
# make lab    set up once, then open the notebooks in JupyterLab
# make batch  set up once, then make the runs of data/raw/runs.csv that are not current
# make bench  measure batches, small (benchmarks/batch.py says how to measure more)
# make check  hold the tables and the notebooks to their rules
# make notebooks, make pictures   for maintainers: refresh the notebooks' outputs and the README's pictures
# make baseline   for maintainers: keep the shipped document's figures as the tests' pictures, once you have looked at them
# make train CORPUS=/path/to/polnear   train the tagger anew, in .venv-train (a little more than an hour on two cores)
# make lock   for maintainers: compile the lock anew (needs uv)
# make clean  delete what the machine made, the virtual environment excepted
#
# Another Python than python3: make PYTHON=python3.12

PYTHON ?= python3
UV ?= uv
PIP_INSTALL = .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-compile
READY := .venv/.ready
# What no notebook imports: a third of the code. It is compiled when it is first used, if ever.
UNUSED := /tests?/|/spacy/lang/[a-df-z][a-z]+/|/(jedi/third_party|playwright|fontTools|huggingface_hub|pip|setuptools)/
UNUSED := $(UNUSED)|/pygments/lexers/|/onnxruntime/(transformers|quantization|tools)/
UNUSED := $(UNUSED)|/scipy/(stats|signal|optimize|interpolate|ndimage|io|integrate|spatial|cluster|datasets|odr|sparse)/

.DELETE_ON_ERROR:
.PHONY: run batch bench test lab check notebooks baseline pictures train lock clean

run: $(READY)
	.venv/bin/retold run
	.venv/bin/retold survey

batch: $(READY)
	.venv/bin/retold batch

bench: $(READY)
	.venv/bin/python benchmarks/batch.py walk --size 2
	.venv/bin/python benchmarks/batch.py current --size 100

test: $(READY)
	.venv/bin/python -m pytest

lab: $(READY)
	.venv/bin/jupyter lab notebooks

check: $(READY)
	.venv/bin/retold check

notebooks: $(READY)
	.venv/bin/python scripts/refresh_notebooks.py

baseline: $(READY)
	.venv/bin/python -m pytest -q tests/test_figures_baseline.py --mpl-generate-path=tests/baseline

pictures: $(READY)
	.venv/bin/retold run kursk-retelling
	.venv/bin/python scripts/pictures.py

train:
	@test -d "$(CORPUS)/train" || { echo "make train CORPUS=FOLDER with train/ and dev/; see benchmarks/README.md"; exit 1; }
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check -e '.[train]'
	.venv-train/bin/python scripts/train_tagger.py "$(CORPUS)" --out build/tagger
	.venv-train/bin/python scripts/export_tagger.py "$(CORPUS)" build/tagger/tagger.pt src/helpers/models/tagger
	.venv-train/bin/python scripts/train_weights.py "$(CORPUS)"

# The lock has every dependency, so nothing is left to resolve; setuptools is in it, so nothing more is fetched to build.
# Compiled at once on all processors rather than by pip on one: every kernel of every run would do it otherwise, where
# Python may not write what it compiled.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; v = sys.version_info; ok = (3, 11) <= v[:2] < (3, 14); \
	  ok or sys.exit("Retold needs Python 3.11, 3.12 or 3.13; $(PYTHON) is %d.%d. Try: make PYTHON=python3.12" % v[:2])'
	@echo "Setting up in .venv, once (a minute or two)"
	@$(PYTHON) -m venv --clear .venv || { echo "venv failed; on Debian or Ubuntu: apt install python3-venv"; exit 1; }
	$(PIP_INSTALL) --no-deps --require-hashes -r requirements.lock
	.venv/bin/python -m compileall -qq -j 0 -x '$(UNUSED)' .venv/lib || true
	$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@mkdir -p .venv/share/jupyter/kernels && cp -r src/helpers/kernels/retold-warm .venv/share/jupyter/kernels/
	@touch $@

lock:
	$(UV) pip compile --quiet pyproject.toml --extra dask --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	  -o requirements.lock
	{ echo '-e .'; sed -n 's/^\([a-zA-Z0-9].*[^ \\]\) *\\*$$/\1/p' requirements.lock; } > requirements.txt

clean:
	rm -rf data/processed .pytest_cache .hypothesis src/retold.egg-info
	find src tests notebooks -name __pycache__ -o -name .ipynb_checkpoints | xargs rm -rf
