"""`trestle found`: bring a hub into being, with its seven lines."""

from __future__ import annotations

import json
import string
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from babel.numbers import get_currency_precision, list_currencies

from hub.commands.options import data_option, json_option, open_new
from hub.domain.base import HubId, Refusal, Words
from hub.domain.constitution import Found, Line
from hub.domain.founding import TEXTS
from hub.service import Receipt, Service
from hub.words import Catalogue


@click.command()
@data_option
@click.option("--name", required=True, help="What the hub is called, as its people say it.")
@click.option("--text", type=click.Choice(sorted(TEXTS)), default="kitchen", show_default=True, help="Founding text.")
@click.option("--language", default="en", show_default=True, help="First language, as “en” or “es”.")
@click.option("--currency", default="EUR", show_default=True, help="Money the ledger is kept in (ISO 4217).")
@click.option("--zone", default="UTC", show_default=True, help="Time zone, as “Europe/Madrid”.")
@click.option(
    "--set", "values", multiple=True, metavar="ARTICLE=VALUE", help="Begin with another value, as quorum=1/4."
)
@click.option("--ephemeral", is_flag=True, help="A practice hub: may forget everything, opens only specimen ballots.")
@json_option
def found(
    data: Path,
    name: str,
    text: str,
    language: str,
    currency: str,
    zone: str,
    values: tuple[str, ...],
    ephemeral: bool,
    as_json: bool,
) -> None:
    """Found a hub: its key, its name, and a page of seven lines with numbers its people can amend."""
    request = founding(HubId(""), name, text, language, currency, zone, _pairs(values), ephemeral)
    service = open_new(data, ephemeral=ephemeral)
    try:
        if service.rules(lambda house: house.constitution.hub) or service.damage:
            raise Refusal("", f"There is a hub in {data} already. Nothing was changed.")
        receipt = found_hub(service, replace(request, hub=service.hub))
    finally:
        service.close()
    _tell(service, data, name, receipt, as_json)


def found_hub(service: Service, request: Found) -> Receipt:
    """Found the hub that `service` opened."""
    return service.submit(request, key="founding")


def founding(
    hub: HubId,
    name: str,
    text: str,
    language: str,
    currency: str,
    zone: str,
    values: dict[str, str],
    ephemeral: bool,
) -> Found:
    """The request that founds a hub with one of our texts, in every language we have. Raises Refusal."""
    catalogue = Catalogue.load()
    chosen = TEXTS[text]
    lines = tuple(Line(cites, _spoken(catalogue, line)) for line, cites in chosen.lines)
    if currency not in list_currencies():
        raise Refusal("", f"“{currency}” is not a currency's code. Try EUR, USD, GBP, MXN …")
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refusal("", f"“{zone}” is not a time zone. Try Europe/Madrid or America/Chicago.") from None
    if language not in dict(catalogue.languages):
        known = ", ".join(tag for tag, _ in catalogue.languages)
        raise Refusal("", f"There is no translation for “{language}” yet. There is: {known}.")
    return Found(
        hub=hub,
        currency=currency,
        exponent=get_currency_precision(currency),
        zone=zone,
        language=language,
        name=Words({language: name}),
        lines=lines,
        values={**chosen.values, **values},
        ephemeral=ephemeral,
    )


def _spoken(catalogue: Catalogue, line: str) -> Words:
    """A line in every language, its `{places}` left for the values in force."""
    places = {name: "{" + name + "}" for _, name, _, _ in string.Formatter().parse(line) if name}
    return Words({tag: catalogue.say(tag, line, **places) for tag, _ in catalogue.languages})


def _pairs(values: tuple[str, ...]) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    for name, equals, _ in pairs:
        if not equals:
            raise click.UsageError(f"--set takes ARTICLE=VALUE, not “{name}”")
    return {name: value for name, _, value in pairs}


def _tell(service: Service, data: Path, name: str, receipt: Receipt, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"hub": service.hub, "data": str(data), "position": receipt.position}))
        return
    click.echo(f"{name} is founded, in {data}.")
    click.echo(f"Its key, by which neighbours know it:\n  {service.hub}")
    click.echo(f"Start it with:  trestle serve --data {data}")
