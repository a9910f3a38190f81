"""What a department runs Heard with is whole: files that are named exist, settings are known."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import yaml

from tests.conftest import ROOT

FOLDER = ROOT / ".docker"
OTHERS = {"HEARD_HOST", "HEARD_DB_PASSWORD"}  # of the compose file itself


def compose() -> dict[str, Any]:
    made = yaml.safe_load((FOLDER / "compose.yaml").read_text())
    assert isinstance(made, dict)
    return made


def test_services_use_what_is_declared() -> None:
    made = compose()
    for name, service in made["services"].items():
        assert ("build" in service) != ("image" in service), name
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in made["volumes"] or (FOLDER / source).is_file(), volume
        assert set(service.get("secrets", [])) <= made["secrets"].keys()
        assert set(service.get("depends_on", [])) <= made["services"].keys()
        if "build" in service:
            assert service["init"], name  # as the first process, Python would not hear SIGTERM
            build = service["build"]
            assert (FOLDER / build["context"] / build["dockerfile"]).is_file()
    assert [n for n, s in made["services"].items() if "ports" in s] == ["proxy"]


def test_every_setting_of_heard_is_known_to_it() -> None:
    known = "".join(p.read_text() for p in (ROOT / "analysis").rglob("*.py"))
    named = {v for s in compose()["services"].values() for v in s.get("environment", {})}
    wanted = {v for v in named if v.startswith("HEARD_")} - OTHERS
    assert wanted <= set(re.findall(r"HEARD_\w+", known))


def test_readme_names_every_setting_that_is_read_and_no_other() -> None:
    rooms = (ROOT / "analysis", ROOT / "dashboard")
    code = "".join(p.read_text() for room in rooms for p in room.rglob("*.py"))
    read = set(re.findall(r"\"(HEARD_\w+)\"", code))
    table = (ROOT / "README.md").read_text()
    named = set(re.findall(r"^\| `(.+?)` \|", table, re.M))
    assert read == set(re.findall(r"HEARD_\w+", " ".join(named)))
    assert read >= {"HEARD_HOME", "HEARD_NER", "HEARD_LLM_PRICE"}
    assert set(re.findall(r"HEARD_\w+", table)) <= read | OTHERS


def test_what_the_language_model_needs_reaches_both_who_ask_it() -> None:
    for name in ("app", "worker"):
        given = compose()["services"][name]["environment"]
        for wanted in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "HEARD_LLM_MODEL", "HEARD_LICENCE"):
            assert given[wanted] is None, wanted  # whatever the machine has, or nothing


def test_the_image_copies_what_is_there() -> None:
    steps = (FOLDER / "Dockerfile").read_text()
    sources = re.findall(r"^COPY (\S+)", steps, re.M)
    assert all((ROOT / source).exists() for source in sources)
    let_in = (FOLDER / "Dockerfile.dockerignore").read_text()
    assert all(f"!{source}" in let_in for source in sources)
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    assert config["server"]["address"] == "localhost"
    assert '"--server.address", "0.0.0.0"' in steps
    assert "USER heard" in steps


def test_the_section_for_departments_is_short() -> None:
    text = (ROOT / "README.md").read_text()
    section = text.split("## Running Heard for a department\n")[1].split("\n## ")[0]
    assert len(section.splitlines()) <= 40
