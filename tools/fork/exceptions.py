"""A plugin of pytest for `make fork-check`: the unit tests that must fail on the fork, and why.

One of them that passes fails the run, and so does one that is not there: the list in
exceptions.toml is neither longer nor shorter than what is true.
"""

import tomllib
from pathlib import Path

import pytest

LISTED = Path(__file__).with_name("exceptions.toml")


def reasons() -> dict[str, str]:
    """Why each of the tests must fail, by the test's id."""
    return {
        test: each["reason"]
        for each in tomllib.loads(LISTED.read_text())["exception"]
        for test in each["tests"]
    }


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark them: pytest itself reports one of them that passes as failed."""
    listed = reasons()
    for item in items:
        if reason := listed.get(item.nodeid):
            item.add_marker(pytest.mark.xfail(reason=reason, strict=True))


def pytest_configure(config: pytest.Config) -> None:
    """Look for what is not there, in the process that hears of all tests."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Missing())


class _Missing:
    def __init__(self) -> None:
        self._listed = set(reasons())

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._listed.discard(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self._listed:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for test in sorted(self._listed):
            terminalreporter.line(f"{LISTED.name}: {test}: there is no such test", red=True)
