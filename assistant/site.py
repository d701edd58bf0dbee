"""What the owner of a site sets in `site.yml`, and the words that follow from it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import BaseModel, Extra, ValidationError, conint, conlist, constr

from assistant.files import ROOT, read_yaml
from assistant.referral import region

Text = constr(strip_whitespace=True, min_length=1)


class BrokenSite(Exception):
    """`site.yml` does not hold what it must; the message names the place."""


class Colors(BaseModel):
    """Colours of the widget, as CSS writes them."""

    accent: constr(regex=r"^#[0-9a-fA-F]{6}$") = "#0b6e6e"  # type: ignore[valid-type]


class Site(BaseModel):
    """One owner's settings. `retention_days` counts from the last message of a conversation."""

    name: Text  # type: ignore[valid-type]
    region: Text  # type: ignore[valid-type]
    contact: Text  # type: ignore[valid-type]
    provider_link: Text  # type: ignore[valid-type]
    colors: Colors = Colors()
    allowed_origins: conlist(constr(regex=r"^https?://[^/\s]+$"), max_items=50) = []  # type: ignore[valid-type]
    retention_days: conint(ge=1, le=3650) = 30  # type: ignore[valid-type]

    class Config:
        """Refuse a misspelt setting instead of ignoring it."""

        extra = Extra.forbid
        frozen = True

    @property
    def words(self) -> dict[str, str]:
        """Return what fills the placeholders of prepared texts."""
        own = {"name": self.name, "contact": self.contact, "provider_link": self.provider_link}
        own["retention_days"] = str(self.retention_days)
        return {**region(self.region), **own}


@cache
def load(path: Path = ROOT / "site.yml") -> Site:
    """Return the settings in the file at `path`; raise BrokenSite where they do not fit."""
    try:
        return Site.parse_obj(read_yaml(path))
    except ValidationError as error:
        raise BrokenSite(f"{path.name}: {error}") from error
