"""A practice evening: a hub filled with people and things to do, so that every screen has something to say.

Over the API, as the kiosk itself. For the pictures of the screens, for tests, and for whoever shows the kiosk
to an assembly.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from hub.client import Client, Receipt, fresh_key
from hub.domain import assemblies, ballots, constitution, federation, ledger, membership, needs, roles, signups
from hub.domain.base import (
    DAY,
    FACILITATOR,
    HOUR,
    LEDGER_KEEPER,
    AssemblyId,
    BallotId,
    Circle,
    Command,
    ListId,
    MemberId,
    Millis,
    NeedId,
    OfferId,
    TopicId,
    Words,
)
from hub.domain.ledger import Account, came_in, went_out

PEOPLE: Final = ("Rosa Delgado", "Ali Haddad", "Mei Lin", "Zoë Nguyễn", "José Peña", "Hanna Weiß")
LATE: Final = "Omar"
"""Who joined last, and has not chosen a PIN yet."""
CHILD: Final = "Tomasz"
PIN: Final = "4711"
"""Everybody's on the practice evening."""
NEIGHBOUR: Final = "5866666666666666666666666666666666666666666666666666666666666666"
"""The base point of the curve: a key that nobody can sign with."""


@dataclass(slots=True)
class Rehearsal:
    """Who plays on a practice evening: the cards and visits of its members, by first name."""

    client: Client
    now: Millis
    members: dict[str, MemberId] = field(default_factory=dict)
    cards: dict[str, str] = field(default_factory=dict)
    visits: dict[str, str] = field(default_factory=dict)

    def act(self, who: str, command: Command, second: str = "") -> Receipt:
        """Have somebody do something."""
        visit, other = (self.visits.get(name, "") for name in (who, second))
        return self.client.submit(command, key=fresh_key(), visit=visit, second=other)

    def arrive(self, who: str, pin: str = "") -> None:
        """Somebody shows their card."""
        self.visits[who] = self.client.show_card(self.cards[who], pin).visit


def rehearse(client: Client) -> Rehearsal:
    """Fill an empty practice hub. Raises Refused where there are people already."""
    evening = Rehearsal(client, Millis(client.status()["now"]))
    _join(evening)
    _lists(evening)
    _asking(evening)
    _meeting(evening)
    _money(evening)
    _votes(evening)
    _beyond(evening)
    return evening


def _join(evening: Rehearsal) -> None:
    client = evening.client
    for name in PEOPLE:
        newcomer = {"name": name, "language": "es" if name.startswith("José") else "en"}
        receipt = client.submit(membership.AskToJoin(True), key=fresh_key(), newcomer=newcomer)
        evening.members[name.split()[0]] = MemberId(str(receipt.person))
    opened = client.submit(membership.OpenEvening(tuple(evening.members.values())), key=fresh_key())
    evening.cards = {name: opened.cards[member] for name, member in evening.members.items()}
    for name in evening.members:
        evening.arrive(name)
        client.choose_pin(evening.visits[name], PIN)
    _vouched(evening, CHILD, adult=False)
    client.submit(membership.AskToJoin(True), key=fresh_key(), newcomer={"name": "Nadia", "language": "ar"})


def _vouched(evening: Rehearsal, name: str, *, adult: bool) -> None:
    newcomer = {"name": name, "language": "en"}
    asked = evening.client.submit(membership.AskToJoin(adult), key=fresh_key(), newcomer=newcomer)
    member = evening.members[name] = MemberId(str(asked.person))
    evening.cards[name] = evening.act("Rosa", membership.Vouch((member,))).cards[member]


def _lists(evening: Rehearsal) -> None:
    tonight, tomorrow = Millis(evening.now + 3 * HOUR), Millis(evening.now + DAY)
    supper = _words("Supper for all", "Cena para todo el mundo", "عشاء للجميع")
    evening.act(
        "Rosa", signups.OpenSignup(signups.Sort.MEAL, supper, tonight, 24, _words("Kitchen", "Cocina", "المطبخ"))
    )
    wash = _words("Washing up", "Fregar los platos", "غسل الصحون")
    evening.act("Ali", signups.OpenSignup(signups.Sort.SHIFT, wash, Millis(tonight + 2 * HOUR), 3))
    play = _words("Afternoon with the children", "Tarde con las criaturas", "بعد الظهر مع الأطفال")
    evening.act("Mei", signups.OpenSignup(signups.Sort.CHILDCARE, play, tomorrow, 2))
    for who, size in (("Rosa", 2), ("Ali", 4), ("Mei", 1), ("José", 3)):
        evening.act(who, signups.SignUp(ListId(1), size))
    for who in ("Zoë", "Hanna", "Rosa", "Mei"):
        evening.act(who, signups.SignUp(ListId(2)))
    for guest in ("Sam", "Ines"):
        newcomer = {"name": guest, "language": "en"}
        evening.client.submit(signups.SignUpGuest(ListId(1), 2), key=fresh_key(), newcomer=newcomer)


def _asking(evening: Rehearsal) -> None:
    bed = _words(
        "A bed for two nights, from Friday",
        "Una cama para dos noches, desde el viernes",
        "سرير لليلتين ابتداءً من الجمعة",
    )
    evening.act("Hanna", needs.ReportNeed(needs.Sort.HOME, needs.Soon.WEEK, bed, Circle.MEMBERS))
    tap = _words("The tap in my kitchen drips", "El grifo de mi cocina gotea", "صنبور مطبخي يقطر")
    evening.act("Rosa", needs.ReportNeed(needs.Sort.REPAIR, needs.Soon.ANY_TIME, tap, Circle.ROOM))
    ride = _words(
        "A ride to the clinic at nine", "Que me lleven a la clínica a las nueve", "توصيلة إلى العيادة الساعة التاسعة"
    )
    evening.act("Mei", needs.ReportNeed(needs.Sort.TRANSPORT, needs.Soon.TODAY, ride, Circle.ROOM))
    note = _words(
        "Tomorrow at eight, at the kitchen door", "Mañana a las ocho, en la puerta", "غدًا في الثامنة عند الباب"
    )
    evening.act("José", needs.TakeUpNeed(NeedId(2), note))
    bread = _words("Bread from the bakery, every evening", "Pan de la panadería, cada tarde", "خبز من المخبز كل مساء")
    evening.act("Ali", needs.MakeOffer(needs.Sort.FOOD, bread, Circle.ROOM))
    evening.act("Hanna", needs.AskForOffer(OfferId(1), _words("Two loaves", "Dos panes", "رغيفان")))
    maths = _words("Help with homework", "Ayuda con los deberes", "مساعدة في الواجبات المدرسية")
    evening.act("Zoë", needs.MakeOffer(needs.Sort.CARE, maths, Circle.MEMBERS))


def _meeting(evening: Rehearsal) -> None:
    hall = _words("The big hall", "La sala grande", "القاعة الكبيرة")
    evening.act("Rosa", assemblies.ConvokeAssembly(evening.now, hall))
    evening.act("Rosa", assemblies.OpenMeeting(AssemblyId(1), evening.members["Ali"], 6))
    text = _words(
        "We buy a second-hand fridge for at most 300 euro.",
        "Compramos una nevera de segunda mano por 300 euros como mucho.",
        "نشتري ثلاجة مستعملة بثلاثمئة يورو على الأكثر.",
    )
    evening.act("Rosa", assemblies.MinuteDecision(AssemblyId(1), text, yes=5, no=0, abstain=1))
    noted = _words(
        "The back door sticks; Mei looks at it.",
        "La puerta de atrás se atasca; Mei la mira.",
        "الباب الخلفي يعلق، ومي ستنظر فيه.",
    )
    evening.act("Rosa", assemblies.RecordNotes(AssemblyId(1), noted))
    evening.act("Rosa", assemblies.CloseMeeting(AssemblyId(1)))
    evening.act("Mei", assemblies.ConvokeAssembly(Millis(evening.now + 6 * DAY), hall))
    topic = _words("Who has a key in December?", "¿Quién tiene llave en diciembre?", "من يحمل المفتاح في كانون الأول؟")
    evening.act("Zoë", assemblies.AddTopic(topic))
    evening.act("Ali", assemblies.SupportTopic(TopicId(1)))
    evening.act("Rosa", roles.TakeRole(LEDGER_KEEPER))
    evening.act("Ali", roles.TakeRole(FACILITATOR))
    evening.act("Mei", roles.Learn(LEDGER_KEEPER))


def _money(evening: Rehearsal) -> None:
    tin = Account("tin")
    gift = ledger.RecordMoney(
        evening.now,
        came_in(Account("gift"), tin, 45_000),
        _words("For the fridge", "Para la nevera", "للثلاجة"),
        partner=_words("Tenants' union", "Sindicato de inquilinas", "اتحاد المستأجرين"),
        conditions=_words("Their name on the fridge", "Su nombre en la nevera", "اسمهم على الثلاجة"),
    )
    evening.act("Rosa", gift)
    food = _words("Vegetables for a week", "Verduras para una semana", "خضار لأسبوع")
    evening.act("Rosa", ledger.RecordMoney(evening.now, went_out(tin, Account("food"), 4_280), food))
    evening.act("Rosa", ledger.CountTin(40_720), second="Mei")
    evening.act("Rosa", ledger.PostBudget())
    soap = _words("Soap and sponges", "Jabón y esponjas", "صابون وإسفنج")
    evening.act("Rosa", ledger.RecordMoney(evening.now, went_out(tin, Account("materials"), 1_150), soap))
    dues = _words("Dues of November", "Cuotas de noviembre", "اشتراكات تشرين الثاني")
    evening.act("Ali", ledger.RecordMoney(evening.now, came_in(Account("dues"), tin, 6_000), dues))


def _votes(evening: Rehearsal) -> None:
    for who in ("Rosa", "Mei"):
        evening.arrive(who, PIN)
    soup = _words("Soup on Mondays?", "¿Sopa los lunes?", "حساء يوم الاثنين؟")
    evening.act("Rosa", ballots.OpenBallot(ballots.Method.YES_NO, soup, specimen=True))
    for name in evening.visits:
        evening.arrive(name, PIN)
        evening.client.cast(evening.visits[name], 1, [1])
    evening.act("Rosa", ballots.CloseBallot(BallotId(1)))
    _vouched(evening, LATE, adult=True)
    garden = _words(
        "Do we open the garden on Sundays?", "¿Abrimos el huerto los domingos?", "هل نفتح الحديقة يوم الأحد؟"
    )
    evening.act("Rosa", ballots.OpenBallot(ballots.Method.YES_NO, garden, specimen=True))
    options = (
        _words("Roof over the pantry", "Techo sobre la despensa", "سقف فوق المخزن"),
        _words("Walk-in cooler", "Cámara fría", "غرفة تبريد"),
        _words("Wheelchair ramp, back door", "Rampa en la puerta de atrás", "منحدر للكراسي المتحركة عند الباب الخلفي"),
        _words("New pots", "Ollas nuevas", "قدور جديدة"),
    )
    first = _words("Which repair first?", "¿Qué arreglo primero?", "أي إصلاح أولًا؟")
    evening.act("Rosa", ballots.OpenBallot(ballots.Method.APPROVAL, first, options, specimen=True))


def _beyond(evening: Rehearsal) -> None:
    name = _words("Elm Street Tenants' Hall", "Casa vecinal de la calle Olmo", "قاعة سكان شارع الدردار")
    evening.act("Rosa", federation.AcceptNeighbour(NEIGHBOUR, name), second="Mei")
    why = _words("Winter rest", "Descanso de invierno", "عطلة الشتاء")
    rest = constitution.SetClosure(Millis(evening.now + 20 * DAY), Millis(evening.now + 30 * DAY), why)
    evening.act("Rosa", rest, second="Mei")


def _words(english: str, spanish: str, arabic: str) -> Words:
    return Words({"en": english, "es": spanish, "ar": arabic})
