"""environment.yml names the same direct dependencies as pyproject.toml."""

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
CONDA_NAME = {
    "duckdb": "python-duckdb",
    "jupyter-client": "jupyter_client",
    "jupyter-core": "jupyter_core",
}


def _split(spec):
    name, rest = re.fullmatch(r"([A-Za-z0-9._-]+)(.*)", spec).groups()
    return CONDA_NAME.get(name, name), rest


def test_conda_file_is_in_step():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [d for group in project["optional-dependencies"].values() for d in group]
    wanted = dict(map(_split, project["dependencies"] + extras))
    conda = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    by_pip = next(d["pip"] for d in conda if isinstance(d, dict))
    given = dict(_split(d) for d in conda if isinstance(d, str)) | dict(
        _split(d) for d in by_pip if not d.startswith("-e")
    )
    assert given.pop("python") == project["requires-python"]
    given.pop("pip")
    assert given == wanted
    assert "-e ." in by_pip


def test_lock_holds_hashes_and_no_addresses():
    for name in ("requirements.lock", "uv.lock"):
        text = (ROOT / "requirements" / name).read_text()
        pins = re.findall(r"^[a-z0-9._-]+(?:\[[a-z,]+\])?==\S+", text, re.M)
        assert len(pins) >= 1
        assert "://" not in text and "index" not in text
        for block in re.split(r"\n(?=[a-z0-9])", text.split("\n", 2)[2]):
            assert "--hash=sha256:" in block, block[:60]
