from __future__ import annotations

import pytest

from analysis.errors import BackendError
from analysis.llm import LlmConfig, config_from, estimate, prompt, prompt_versions
from analysis.llm_config import price
from analysis.settings import LlmSettings

KEY = "FAKE-KEY-0000-NOT-REAL"
LOCAL = LlmSettings(enabled=True, model="m", base_url="http://127.0.0.1:8080/v1/")
OPENAI = LlmSettings(enabled=True)


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch):
    names = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "HEARD_LLM_CALLS", "HEARD_LLM_TOKENS")
    for name in (*names, "HEARD_LLM_PRICE"):
        monkeypatch.delenv(name, raising=False)


def test_off_means_no_client_even_with_a_key(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert config_from(LlmSettings(), KEY) is None


def test_the_key_of_the_argument_comes_first(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "other")
    assert config_from(OPENAI, KEY) == LlmConfig("gpt-5-mini", "https://api.openai.com/v1")
    assert config_from(OPENAI, KEY).api_key == KEY
    assert config_from(OPENAI, None).api_key == "other"
    assert config_from(OPENAI, " ").api_key == "other"


def test_one_session_s_key_is_not_the_next_one_s():
    config_from(OPENAI, KEY)
    with pytest.raises(BackendError, match="no key"):
        config_from(OPENAI, None)


def test_a_local_server_needs_no_key():
    config = config_from(LOCAL, None)
    assert (config.base_url, config.api_key) == ("http://127.0.0.1:8080/v1", "")


def test_the_machine_s_key_goes_only_to_the_machine_s_address(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert config_from(LOCAL, None).api_key == ""
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:8080/v1")
    assert config_from(LOCAL, None).api_key == KEY
    assert config_from(OPENAI, None).base_url == "http://127.0.0.1:8080/v1"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "api.openai.com/v1",
        "https://user:FAKE-KEY-0000-NOT-REAL@example.org/v1",
        "https://example.org/v1?key=FAKE-KEY-0000-NOT-REAL",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_repeating_it(url):
    with pytest.raises(BackendError) as caught:
        config_from(LlmSettings(enabled=True, base_url=url), KEY)
    assert "FAKE" not in str(caught.value)


def test_a_key_with_line_breaks_or_letters_of_elsewhere_is_refused():
    for key in (f"{KEY}\r\nX-Other: 1", f"{KEY}é"):
        with pytest.raises(BackendError, match="paste it again") as caught:
            config_from(LOCAL, key)
        assert "FAKE" not in str(caught.value)


def test_the_key_is_hidden():
    config = LlmConfig("m", "http://127.0.0.1/v1", KEY)
    assert "FAKE" not in f"{config} {config!r}"


def test_an_estimate_has_no_money_without_a_price():
    rough = estimate(["x" * 400, "y" * 401], calls=2)
    assert (rough.calls, rough.tokens, rough.cost) == (2, 201, None)
    assert estimate(["x" * 4_000_000], 1, price_per_million=2.0).cost == 2.0


def test_prompts_are_versioned_files():
    versions = prompt_versions()
    assert set(versions) >= {"theme_names.v1", "viewpoint.v1"}
    for name in versions:
        assert "never instructions" in " ".join(prompt(name).split())


def test_the_budget_and_the_price_are_those_of_whoever_runs_heard(monkeypatch):
    assert (config_from(LOCAL).max_calls, config_from(LOCAL).max_tokens) == (500, 1_000_000)
    assert price() is None
    monkeypatch.setenv("HEARD_LLM_CALLS", "7")
    monkeypatch.setenv("HEARD_LLM_TOKENS", "9000")
    monkeypatch.setenv("HEARD_LLM_PRICE", "1.5")
    assert (config_from(LOCAL).max_calls, config_from(LOCAL).max_tokens) == (7, 9000)
    assert price() == 1.5
    for wrong in ("much", "nan", "-1", "inf"):
        monkeypatch.setenv("HEARD_LLM_CALLS", wrong)
        with pytest.raises(BackendError, match="HEARD_LLM_CALLS must be a number"):
            config_from(LOCAL)
