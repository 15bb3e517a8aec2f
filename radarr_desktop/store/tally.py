"""How indexers answered."""

from __future__ import annotations

from datetime import datetime

from radarr_desktop.domain.indexer_tally import Answer
from radarr_desktop.store import sql
from radarr_desktop.store.fields import moment
from radarr_desktop.store.models import IndexerAnswerRow

_time = IndexerAnswerRow.at.db_value
_ADD = """
    INSERT INTO indexer_answer (indexer_id, at, kind, took, found, problem)
    SELECT id, ?2, ?3, ?4, ?5, ?6 FROM plugin_instance WHERE id = ?1
"""


def add(indexer_id: int, answer: Answer) -> None:
    """Remember an answer; nothing when the indexer was removed meanwhile."""
    took = round(answer.took * 1000)
    sql.change(_ADD, indexer_id, _time(answer.at), answer.kind, took, answer.found, answer.problem)


def since(at: datetime) -> dict[int, list[Answer]]:
    """The answers of each indexer since then, oldest first."""
    answers: dict[int, list[Answer]] = {}
    statement = "SELECT indexer_id, at, kind, took, found, problem FROM indexer_answer WHERE at >= ? ORDER BY id"
    for id_, when, kind, took, found, problem in sql.execute(statement, _time(at)):
        answers.setdefault(id_, []).append(Answer(moment(when), kind, took / 1000, found, problem))
    return answers


def forget(before: datetime) -> None:
    """Drop what is older."""
    sql.change("DELETE FROM indexer_answer WHERE at < ?", _time(before))
