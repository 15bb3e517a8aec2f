"""The search for secrets in what the suite wrote finds what it must."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.secrets import SECRETS, leaked


def test_a_secret_in_a_log_a_database_or_an_answer_is_found(tmp_path: Path) -> None:
    names = ("program.log", "program.log.1", "data.db-wal", "answer.json", "report.html")
    for name, secret in zip(names, SECRETS, strict=True):
        path = tmp_path / "deep" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"before {secret} after", encoding="utf-8")
    (tmp_path / "given.toml").write_text(SECRETS[0], encoding="utf-8")
    try:
        found = list(leaked(tmp_path))
    finally:
        for path in tmp_path.rglob("*"):
            if path.is_file():
                path.unlink()
    assert [Path(line.split(" holds ")[0]).name for line in found] == sorted(names)
    assert not any(secret in line for line in found for secret in SECRETS)
    assert list(leaked(tmp_path)) == []
