"""What is wrong with a setting, in words people use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WORDS = {
    "missing": "this is needed",
    "extra_forbidden": "there is no such setting",
    "string_type": "a text is needed",
    "string_too_short": "it is too short, {min_length} characters are needed",
    "string_too_long": "it is too long, at most {max_length} characters fit",
    "too_short": "it is too short, at least {min_length} are needed",
    "too_long": "it is too long, at most {max_length} fit",
    "string_pattern_mismatch": "it has characters that cannot be in there",
    "int_type": "a whole number is needed",
    "int_parsing": "a whole number is needed",
    "int_from_float": "a whole number is needed",
    "float_type": "a number is needed",
    "float_parsing": "a number is needed",
    "finite_number": "a number is needed",
    "bool_type": "yes or no is needed",
    "bool_parsing": "yes or no is needed",
    "greater_than": "it must be more than {gt}",
    "greater_than_equal": "it must be at least {ge}",
    "less_than": "it must be less than {lt}",
    "less_than_equal": "it must be at most {le}",
    "enum": "it must be {expected}",
    "literal_error": "it must be {expected}",
    "url_parsing": "write the address in full, like https://host:port/path",
    "url_scheme": "the address must begin with {expected_schemes}",
    "path_type": "a path is needed",
    "list_type": "a list is needed",
    "tuple_type": "a list is needed",
    "set_type": "a list is needed",
    "frozen_set_type": "a list is needed",
}
"""By pydantic's names of errors."""


def sentence(error: Mapping[str, Any]) -> str:
    """One of pydantic's errors; what a plugin's own check says is passed on as it is."""
    words = _WORDS.get(error["type"])
    if words is not None:
        text = words.format_map(error.get("ctx", {}))
    elif error["type"] in ("value_error", "assertion_error"):
        text = str(error["msg"]).partition(", ")[2]
    else:
        text = str(error["msg"])[:1].lower() + str(error["msg"])[1:]
    return text if text.endswith((".", "?")) else f"{text}."
