"""A table of settings as it is written in the configuration: typed, frozen, and strict about what it does not know."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """A table of settings. A field's description and example are what a complaint says was expected."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, str_strip_whitespace=True)
