"""Give a parameterised notebook to JupyterLab's scheduler, once or on a schedule.

Needs ``pip install jupyter-scheduler`` in the environment of a running JupyterLab. The same can be
done by hand: right click on the notebook, Create Notebook Job. Parameters are Python source there,
so text stands in quotes; this script adds them.

    python submit.py URL TOKEN notebooks/indicator.ipynb indicator=nonfossil_share lang=en
    python submit.py URL TOKEN notebooks/indicator.ipynb --schedule "17 2 * * *" lang=en
"""

from __future__ import annotations

import argparse
import ast
import json
import time
import urllib.request


def main() -> None:
    """Submit; wait for a job that runs once, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url", help="of JupyterLab, as http://localhost:8888/")
    parser.add_argument("token")
    parser.add_argument("notebook", help="relative to the folder that JupyterLab serves")
    parser.add_argument("parameters", nargs="*", metavar="name=value")
    parser.add_argument("--schedule", help="a cron expression: run again and again")
    options = parser.parse_intermixed_args()
    pairs = (text.split("=", 1) for text in options.parameters)
    job = {
        "name": options.notebook.rpartition("/")[2],
        "input_uri": options.notebook,
        "runtime_environment_name": _call(options, "runtime_environments")[0]["name"],
        "output_formats": ["ipynb", "html"],
        "parameters": {name: _source(value) for name, value in pairs},
    }
    if options.schedule:
        job |= {"schedule": options.schedule, "timezone": "UTC"}
        print(_call(options, "job_definitions", job)["job_definition_id"])
        return
    job_id = _call(options, "jobs", job)["job_id"]
    begun = False
    while True:
        now = _call(options, f"jobs/{job_id}")
        # a job says STOPPED until it starts
        begun = begun or now["status"] == "IN_PROGRESS"
        if now["status"] in ("COMPLETED", "FAILED") or (begun and now["status"] == "STOPPED"):
            break
        time.sleep(1)
    print(now["status"], now.get("status_message") or "")
    raise SystemExit(now["status"] != "COMPLETED")


def _source(value: str) -> str:
    """A value as Python source: literals as they are, everything else in quotes."""
    try:
        ast.literal_eval(value)
        return value
    except (ValueError, SyntaxError):
        return repr(value)


def _call(options, path: str, body: dict | None = None):
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"token {options.token}", "Content-Type": "application/json"}
    url = f"{options.url.rstrip('/')}/scheduler/{path}"
    with urllib.request.urlopen(urllib.request.Request(url, data, headers), timeout=60) as answer:
        return json.load(answer)


if __name__ == "__main__":
    main()
