"""The pages of roles, as the room, a member and a holder see them; and created roles by their title everywhere."""

from __future__ import annotations

import re

import pytest
from kitchen import CATALOGUE, Kitchen, Phone, own_program, phone

from hub.domain import assemblies, ballots, membership, roles
from hub.domain.base import (
    DAY,
    FACILITATOR,
    HOUR,
    LEDGER_KEEPER,
    AssemblyId,
    Consequence,
    Effect,
    MemberId,
    Millis,
    RoleName,
    Tier,
    Words,
)

KEY = RoleName("role_1")
MAKE = {"title": "Keeper of the <key>", "purpose": "Opens the door at five."}
LONG = "x" * 10_000


@pytest.fixture
def members(kitchen: Kitchen) -> list[MemberId]:
    return kitchen.opening_evening("Rosa", "Ali", "Mei")


@pytest.fixture
def rosa(visitor: Phone, members: list[MemberId]) -> Phone:
    visitor.pair(members[0])
    return visitor


def beside(first: Phone, member: MemberId | None = None, language: str = "en") -> Phone:
    """Another phone at the same running hub, paired or of nobody in particular."""
    other = phone(first.app, language)
    if member is not None:
        other.pair(member)
    return other


def words(text: str) -> Words:
    return Words({"en": text})


def holder(kitchen: Kitchen, role: RoleName = FACILITATOR) -> MemberId | None:
    return kitchen.service.rules(lambda house: roles.holder(house.roles, role, kitchen.clock.now))


def text_of(page: str) -> str:
    """What a person reads of a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def decided(kitchen: Kitchen, members: list[MemberId], effect: Effect | None = None, text: str = "Yes") -> AssemblyId:
    """A meeting with quorum passes something; decisions count from 1."""
    place, now = words("Hall"), kitchen.clock.now
    kitchen.submit(assemblies.ConvokeAssembly(Millis(now + HOUR), place), members[0], second=members[1])
    number = AssemblyId(max(kitchen.service.rules(lambda house: house.assemblies.assemblies)))
    kitchen.submit(assemblies.OpenMeeting(number, members[0], 3), members[0], second=members[1])
    made = assemblies.MinuteDecision(number, words(text), yes=3, effect=effect or Effect())
    kitchen.submit(made, members[0], second=members[1])
    return number


# What the room sees


def test_the_room_reads_who_holds_what_until_when_and_where_nobody_does(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    kitchen.submit(roles.TakeRole(FACILITATOR), members[0])
    page = text_of(beside(rosa).get("/roles"))
    assert "Facilitator Rosa Until Sunday, February 21, 2027. For now: no meeting has confirmed it yet." in page
    assert "Minute taker Nobody holds this role. Any member of voting age can take it." in page
    assert "Create a role" not in page


def test_the_room_sees_neither_who_learns_nor_who_signed_nor_why(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    kitchen.submit(roles.TakeRole(FACILITATOR), members[0])
    kitchen.submit(roles.Learn(FACILITATOR), members[1])
    kitchen.submit(roles.PetitionRecall(FACILITATOR, words("Shouts at us")), members[2])
    for path in ("/roles", "/roles/facilitator", "/roles/sheet"):
        page = beside(rosa).get(path)
        assert "Rosa" in page
        assert not [word for word in ("Ali", "Mei", "Shouts", "recall", "sign") if word in text_of(page)], path
    page = rosa.get("/roles/facilitator")
    assert "Shouts at us" in page
    assert page.index("Ali") < page.index("A recall is asked for") < page.index("Mei")


def test_the_sheet_for_the_wall_is_the_same_whoever_prints_it(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    kitchen.submit(roles.TakeRole(FACILITATOR), members[0])
    kitchen.submit(roles.Learn(FACILITATOR), members[1])
    sheets = [re.findall(r"<article.*</article>", each.get("/roles/sheet"), re.S) for each in (rosa, beside(rosa))]
    assert sheets[0] == sheets[1]
    assert "Calls our meetings" in sheets[0][0]


def test_without_a_card_nobody_does_anything_with_a_role(kitchen: Kitchen, rosa: Phone) -> None:
    room = beside(rosa)
    for act in ("take", "learn", "step-down", "recall", "close", "dance"):
        assert room.send(f"/roles/facilitator/{act}")[0] == 403
    assert room.status("/roles/create") == 403
    assert room.send("/roles/create", **MAKE)[0] == 403
    assert holder(kitchen) is None


def test_what_is_not_there_is_not_found(rosa: Phone) -> None:
    assert rosa.status("/roles/role_9") == 404
    assert rosa.send("/roles/facilitator/dance")[0] == 404
    assert rosa.send("/roles/facilitator/hand-over")[0] == 404


# Taking, laying down, learning


def test_in_the_forming_season_a_free_role_is_taken_with_one_touch(kitchen: Kitchen, rosa: Phone) -> None:
    status, page = rosa.send("/roles/facilitator/take")
    assert (status, "It is yours for now" in page, "(that is you)" in page) == (200, True, True)
    assert "I take it for now" not in page
    status, page = rosa.send("/roles/facilitator/take")
    assert (status, "Somebody holds this role now" in page) == (422, True)


def test_later_a_meeting_fills_it_and_the_page_says_so(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    kitchen.end_forming()
    rosa = beside(rosa, members[0])
    page = rosa.get("/roles/facilitator")
    assert "The next meeting fills it. Would you?" in page
    assert "I take it for now" not in page
    status, page = rosa.send("/roles/facilitator/take")
    assert (status, "Bring it as a topic" in page) == (422, True)
    assert holder(kitchen) is None


def test_a_child_cannot_take_a_role_and_can_learn_it(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    child = beside(rosa, kitchen.join("Tom", members[0], adult=False))
    page = child.get("/roles/facilitator")
    assert "Roles are for members of voting age" in page
    assert "I take it for now" not in page
    assert child.send("/roles/facilitator/take")[0] == 422
    assert "Now ask who holds it" in child.send("/roles/facilitator/learn")[1]


def test_a_role_is_laid_down_today_and_shows_as_a_gap(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    rosa.send("/roles/facilitator/take")
    assert beside(rosa, members[1]).send("/roles/facilitator/step-down")[0] == 422
    page = text_of(rosa.send("/roles/facilitator/step-down")[1])
    assert "Thank you for all you did" in page
    assert "Nobody holds this role. Who held it stepped down." in page
    assert holder(kitchen) is None


def test_a_member_learns_and_who_holds_it_says_that_they_can(rosa: Phone, members: list[MemberId]) -> None:
    rosa.send("/roles/ledger_keeper/take")
    ali, mei = beside(rosa, members[1]), beside(rosa, members[2])
    assert "I am not learning it any more" in ali.send("/roles/ledger_keeper/learn")[1]
    assert "They can do it now" not in ali.get("/roles/ledger_keeper")
    assert "They can do it now" in rosa.get("/roles/ledger_keeper")
    assert "So far: 0" in rosa.get("/roles/ledger_keeper")
    assert mei.send("/roles/ledger_keeper/trained", member=members[1])[0] == 422
    page = rosa.send("/roles/ledger_keeper/trained", member=members[1])[1]
    assert "Thank you for teaching them!" in page
    assert "So far: 1" in page
    assert page.index("Who can do it") < page.index("Ali")
    assert "They can do it now" not in page
    assert "I will not do it any more" in ali.get("/roles/ledger_keeper")
    assert "Who can do it" not in ali.send("/roles/ledger_keeper/stop-learning")[1]
    assert rosa.send("/roles/ledger_keeper/trained")[0] == 422


def test_who_comes_after_may_say_too_that_somebody_can_do_it(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    kitchen.submit(roles.TakeRole(LEDGER_KEEPER), members[1])
    kitchen.submit(roles.Learn(LEDGER_KEEPER), members[2])
    kitchen.submit(roles.ConfirmTrained(LEDGER_KEEPER, members[2]), members[1])
    kitchen.submit(roles.StepDown(LEDGER_KEEPER), members[1])
    rosa.send("/roles/ledger_keeper/take")
    assert "I taught them too" in rosa.get("/roles/ledger_keeper")
    assert "I taught them too" not in rosa.send("/roles/ledger_keeper/trained", member=members[2])[1]


def test_handing_over_is_for_the_kiosk_because_it_takes_the_pin(rosa: Phone) -> None:
    page = rosa.send("/roles/facilitator/take")[1]
    assert "To hand it over, both of you come to the kiosk with your cards. It takes your PIN" in page
    assert 'name="pin"' not in page
    assert "you teach" not in page


def test_a_double_click_learns_once(kitchen: Kitchen, rosa: Phone) -> None:
    for _ in range(2):
        assert rosa.send("/roles/facilitator/learn", key="one-form")[0] == 200
    facts = kitchen.service.follow(0)  # type: ignore[arg-type]
    assert [entry.head.kind for entry in facts].count(roles.RoleLearning.KIND) == 1


# Creating and closing


def test_at_the_beginning_any_member_creates_a_role_and_the_room_reads_it_as_text(rosa: Phone) -> None:
    assert "There is a new role" in rosa.send("/roles/create", **MAKE)[1]
    room = beside(rosa)
    for path in ("/roles", "/roles/role_1", "/roles/sheet"):
        assert "Keeper of the &lt;key&gt;" in room.get(path)
    assert "Opens the door at five." in room.get("/roles/role_1")
    assert "<key>" not in room.get("/roles")


@pytest.mark.parametrize("title", ["Garden 🌻", "حارس الحديقة", "🔑"])
def test_a_title_in_any_script_stands_in_its_own_direction(rosa: Phone, title: str) -> None:
    rosa.send("/roles/create", title=title, purpose=title)
    page = beside(rosa).get("/roles/role_1")
    assert f'<h1><span lang="en" dir="auto">{title}</span></h1>' in page
    assert f"<title>{title}</title>" in page


@pytest.mark.parametrize("wrong", [{"title": " "}, {"title": LONG}, {"purpose": ""}, {"purpose": LONG}])
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_form_that_cannot_be_is_refused_in_the_reader_s_language_and_keeps_its_answers(
    rosa: Phone, members: list[MemberId], language: str, wrong: dict[str, str]
) -> None:
    form = {"title": "Garden", "purpose": "Waters it", **wrong}
    status, page = beside(rosa, members[0], language).send("/roles/create", **form)
    too_long = "That is {length} characters long; {most} fit. Nothing was lost: please shorten it."
    sentence = too_long if LONG in wrong.values() else "Please write a few words first."
    most = 120 if "title" in wrong else 2000
    assert status == 422
    assert CATALOGUE.say(language, sentence, length=10_000, most=most) in page
    assert f'value="{form["title"]}"' in page
    assert f">{form['purpose']}</textarea>" in page
    assert beside(rosa).status("/roles/role_1") == 404


def test_later_a_role_is_created_by_naming_the_decision(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    assert "Which decision was it?" not in rosa.get("/roles/create")
    kitchen.end_forming()
    rosa = beside(rosa, members[0])
    assert "Which decision was it?" in rosa.get("/roles/create")
    for number in ("", "1", "many", "9" * 5000):
        status, page = rosa.send("/roles/create", decision=number, **MAKE)
        assert (status, "An assembly decides this" in page, "Opens the door" in page) == (422, True, True)
    decided(kitchen, members)
    assert "There is a new role" in rosa.send("/roles/create", decision=" 1 ", **MAKE)[1]


def test_a_created_role_is_closed_and_the_four_are_not(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    rosa.send("/roles/create", **MAKE)
    rosa.send("/roles/role_1/take")
    assert "Close this role" not in rosa.get("/roles/facilitator")
    status, page = rosa.send("/roles/facilitator/close")
    assert (status, "Every hub has this role" in page) == (422, True)
    page = rosa.send("/roles/role_1/close")[1]
    assert "This role is closed" in page
    assert "Keeper" not in page
    assert rosa.status("/roles/role_1") == 404


def test_who_acts_on_a_role_that_was_closed_meanwhile_finds_the_list(rosa: Phone) -> None:
    status, page = rosa.send("/roles/role_9/learn")
    assert (status, "There is no such role here" in page, "Facilitator" in page) == (422, True, True)


def test_later_closing_names_a_decision_too(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> None:
    rosa.send("/roles/create", **MAKE)
    kitchen.end_forming()
    rosa = beside(rosa, members[0])
    status, page = rosa.send("/roles/role_1/close", decision="7")
    assert (status, "An assembly decides this" in page, 'value="7"' in page) == (422, True, True)
    decided(kitchen, members)
    assert "This role is closed" in rosa.send("/roles/role_1/close", decision="1")[1]


# Asking for a recall


@pytest.fixture
def half(empty: Kitchen) -> tuple[Kitchen, list[MemberId], Phone]:
    """A hub where half of the members start a recall; Rosa facilitates, and the phone is Ali's."""
    empty.found(recall_petition="1/2")
    members = empty.opening_evening("Rosa", "Ali", "Mei")
    empty.submit(roles.TakeRole(FACILITATOR), members[0])
    ali = phone(empty.app())
    ali.pair(members[1])
    return empty, members, ali


def test_a_recall_is_asked_for_with_a_reason_signed_and_voted_on(half: tuple[Kitchen, list[MemberId], Phone]) -> None:
    _, members, ali = half
    assert "With 2 names we vote on it." in ali.get("/roles/facilitator")
    status, page = ali.send("/roles/facilitator/recall", reason=" ")
    assert (status, "write a few words" in page) == (422, True)
    page = ali.send("/roles/facilitator/recall", reason="Shouts <at> us")[1]
    assert "Shouts &lt;at&gt; us" in page
    assert "1 of 2 names" in page
    assert "Take my name off" in page
    page = beside(ali, members[2]).send("/roles/facilitator/recall")[1]
    assert "Enough of us signed: we vote on it by Monday, December 7, 2026" in text_of(page).replace("\u202f", " ")
    assert page.index("Ali") < page.index("Mei")


def test_a_name_comes_off_and_with_the_last_one_the_petition(half: tuple[Kitchen, list[MemberId], Phone]) -> None:
    _, _, ali = half
    ali.send("/roles/facilitator/recall", reason="Shouts")
    status, page = ali.send("/roles/facilitator/recall", reason="Shouts")
    assert (status, "You signed this already" in page) == (422, True)
    page = ali.send("/roles/facilitator/unsign")[1]
    assert "Your name is off it." in page
    assert "Shouts" not in page
    assert "Ask for a recall" in page
    assert ali.send("/roles/facilitator/unsign")[0] == 422


def test_who_holds_the_role_reads_it_and_does_not_sign(half: tuple[Kitchen, list[MemberId], Phone]) -> None:
    _, members, ali = half
    ali.send("/roles/facilitator/recall", reason="Shouts")
    rosa = beside(ali, members[0])
    page = rosa.get("/roles/facilitator")
    assert "Shouts" in page
    assert "I sign it too" not in page
    status, page = rosa.send("/roles/facilitator/recall")
    assert (status, "You can step down today" in page) == (422, True)


def test_the_form_says_who_will_read_the_reason_and_keeps_a_long_one(
    half: tuple[Kitchen, list[MemberId], Phone],
) -> None:
    _, _, ali = half
    assert "Members will read it, with your name" in ali.get("/roles/facilitator")
    status, page = ali.send("/roles/facilitator/recall", reason=LONG)
    assert (status, f">{LONG}</textarea>" in page) == (422, True)


def test_a_child_signs_nothing(half: tuple[Kitchen, list[MemberId], Phone]) -> None:
    kitchen, members, ali = half
    child = beside(ali, kitchen.join("Tom", members[0], adult=False))
    page = child.get("/roles/facilitator")
    assert "Signing is for members of voting age" in page
    assert "Ask for a recall" not in page
    assert child.send("/roles/facilitator/recall", reason="Shouts")[0] == 422


def test_nobody_is_recalled_from_a_gap(rosa: Phone) -> None:
    assert "Ask for a recall" not in rosa.get("/roles/facilitator")
    assert rosa.send("/roles/facilitator/recall", reason="Shouts")[0] == 422


# A created role goes by its title everywhere


@pytest.fixture
def named(kitchen: Kitchen, rosa: Phone, members: list[MemberId]) -> AssemblyId:
    """A meeting gave Ali the role that was created here."""
    kitchen.submit(roles.CreateRole(words("Keeper of the key"), words("Opens at five")), members[0])
    return decided(kitchen, members, Effect(Consequence.APPOINT, KEY, member=members[1]), "Ali keeps the key")


def test_a_meeting_chooses_it_by_its_title(rosa: Phone, members: list[MemberId], named: AssemblyId) -> None:
    page = rosa.get(f"/assemblies/{named}/tonight")
    assert '<option value="role_1">Keeper of the key</option>' in page
    assert '<option value="facilitator">Facilitator</option>' in page
    give = {"text": "Mei", "yes": "3", "how": "hands", "effect": "appoint", "role": "role_1"}
    told = rosa.send(f"/assemblies/{named}/meeting/decide", together="yes", key="k", member=members[2], **give)[1]
    assert "Keeper of the key: Mei from now on" in told


def test_the_minutes_name_it_and_old_minutes_still_do_when_it_is_closed(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId], named: AssemblyId
) -> None:
    assert holder(kitchen, KEY) == members[1]
    page = beside(rosa).get(f"/assemblies/{named}/minutes")
    assert "Keeper of the key: Ali from now on" in page
    kitchen.submit(roles.CloseRole(KEY), members[0])
    page = beside(rosa).get(f"/assemblies/{named}/minutes")
    assert "Keeper of the key: Ali from now on" in page
    assert "role_1" not in text_of(page)


def test_the_agenda_names_a_created_role_that_nobody_holds(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    kitchen.submit(roles.CreateRole(words("Keeper of the key"), words("Opens at five")), members[0])
    kitchen.end_forming()
    kitchen.service.tick()
    for path in ("/assemblies", "/assemblies/agenda"):
        assert "Nobody holds this role: Keeper of the key." in text_of(beside(rosa).get(path))


def test_a_question_about_it_says_what_follows_by_its_title(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId], named: AssemblyId
) -> None:
    effect = Effect(Consequence.APPOINT, KEY, member=members[2])
    kitchen.submit(ballots.OpenHandCount(words("Mei?"), effect, named), members[0])
    assert "Keeper of the key: Mei from now on" in beside(rosa).get("/ballots/1")


# The kiosk


def test_the_kiosk_reads_roles_with_titles_and_names_and_prints_the_sheet(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    rosa.send("/roles/create", **MAKE)
    rosa.send("/roles/role_1/take")
    kitchen.submit(roles.Learn(KEY), members[1])
    client, token = own_program(rosa.app)
    told = client.get("/api/read/roles", headers=token).json
    assert [(each["title"], each["name"]) for each in told][-1] == (MAKE["title"], "Rosa")
    assert [each["title"] for each in told][:4] == ["Facilitator", "Minute taker", "Ledger keeper", "Ballot steward"]
    assert told[-1]["role"]["learning"] == []
    sheet = client.get("/api/documents/roles", headers=token).json
    assert (sheet["kind"], "Keeper of the <key>" in sheet["text"], "Rosa" in sheet["text"]) == ("roles", True, True)
    assert "Keeper of the &lt;key&gt;" in sheet["html"]


def test_who_is_gone_holds_nothing_and_a_term_that_is_over_is_a_gap(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    kitchen.submit(roles.TakeRole(FACILITATOR), members[1])
    kitchen.submit(roles.TakeRole(LEDGER_KEEPER), members[2])
    kitchen.submit(membership.Leave(), members[1], Tier.PIN)
    page = text_of(beside(rosa).get("/roles"))
    assert "Facilitator Nobody holds this role. Who held it is no longer with us." in page
    kitchen.clock.forward(77 * DAY)
    assert "It ends soon" in beside(rosa).get("/roles/ledger_keeper")
    kitchen.clock.forward(13 * DAY)
    page = text_of(beside(rosa).get("/roles/ledger_keeper"))
    assert "Nobody holds this role. The time for it is over." in page
    assert "Mei" not in page


def test_the_kiosk_reads_what_each_role_is_to_its_reader(
    kitchen: Kitchen, rosa: Phone, members: list[MemberId]
) -> None:
    kitchen.submit(roles.TakeRole(FACILITATOR), members[1])
    kitchen.submit(roles.Learn(FACILITATOR), members[2])
    kitchen.submit(roles.PetitionRecall(FACILITATOR, Words({"en": "Too loud"})), members[0])
    client, token = own_program(rosa.app)
    told = client.get("/api/read/roles", headers=token).json[0]
    assert (told["task"][:5], told["notes"][0][:5], told["learners"], told["mine"]) == ("Calls", "Until", [], False)
    visit = client.post("/api/visits", json={"card": kitchen.cards[members[0]]}, headers=token).json["visit"]
    told = client.get("/api/read/roles", headers={**token, "Trestle-Visit": visit}).json[0]
    assert (told["signed"], told["learners"][0]["name"], told["needed"]) == (True, "Mei", 1)
