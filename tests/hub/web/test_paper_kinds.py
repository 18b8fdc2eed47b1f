"""Sheets that are asked for by number or by name: a blank slip, the handing over of a role."""

from __future__ import annotations

import json

from kitchen import Kitchen, own_program

from hub.domain import ballots, roles
from hub.domain.ballots import Method
from hub.domain.base import LEDGER_KEEPER, BallotId, Tier, Words

POT = Words({"en": "Shall we buy the big pot?"})


def test_a_question_for_raised_hands_has_a_slip_while_it_is_open(kitchen: Kitchen) -> None:
    members = kitchen.opening_evening()
    kitchen.submit(ballots.OpenHandCount(POT), members[0])
    client, token = own_program(kitchen.app())
    sheet = json.loads(client.get("/api/documents/ballot_slip?ballot=1", headers=token).text)
    assert "Shall we buy the big pot?" in sheet["text"]
    for counter in members[:2]:
        kitchen.submit(ballots.EnterCount(BallotId(1), 2, 1, 0), counter)
    assert client.get("/api/documents/ballot_slip?ballot=1", headers=token).status_code == 404


def test_a_secret_vote_at_the_kiosk_has_no_slip(kitchen: Kitchen) -> None:
    members = kitchen.opening_evening()
    kitchen.submit(ballots.OpenBallot(Method.YES_NO, POT), members[0], Tier.PIN)
    client, token = own_program(kitchen.app())
    for asked in ("1", "2", "x", ""):
        assert client.get(f"/api/documents/ballot_slip?ballot={asked}", headers=token).status_code == 404


def test_a_role_is_handed_over_by_name_and_who_learned_it_is_for_members(kitchen: Kitchen) -> None:
    members = kitchen.opening_evening("Rosa", "Ali", "Mei")
    kitchen.submit(roles.TakeRole(LEDGER_KEEPER), members[0])
    kitchen.submit(roles.Learn(LEDGER_KEEPER), members[1])
    kitchen.submit(roles.ConfirmTrained(LEDGER_KEEPER, members[1]), members[0])
    client, token = own_program(kitchen.app())
    sheet = json.loads(client.get("/api/documents/handover?role=ledger_keeper", headers=token).text)
    assert "Rosa" in sheet["text"]
    assert "Ali" not in sheet["text"]
    for asked in ("cook", ""):
        assert client.get(f"/api/documents/handover?role={asked}", headers=token).status_code == 404
