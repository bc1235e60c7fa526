"""What is known of a customer: contacts, people, profile, preferences, concerns, notes, stages."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crm_store import (
    addresses,
    attachments,
    concerns,
    customers,
    ideas,
    interactions,
    lifecycle,
    notes,
    pipeline,
    preferences,
    profile,
)
from crm_store.concerns import Concern
from crm_store.contact import Channel, Direction, Milestone
from crm_store.customers import Customer, CustomerKind, CustomerName, LifecycleStage, Relation
from crm_store.deals import Deal, Product
from crm_store.employees import Employee, Role
from crm_store.ideas import Idea
from crm_store.interactions import Interaction
from crm_store.notes import Note
from crm_store.preferences import Polarity, Preference, PreferenceKind
from tests.store.conftest import NOW, hired, met


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 9, tzinfo=UTC)


def touch(
    session: Session,
    customer: Customer,
    at: datetime,
    channel: Channel = Channel.CALL,
    direction: Direction = Direction.OUTBOUND,
    milestone: Milestone | None = None,
    reference: str | None = None,
    company: Customer | None = None,
) -> Interaction:
    made = Interaction(
        customer=customer,
        company=company,
        channel=channel,
        direction=direction,
        happened_at=at,
        milestone=milestone,
        reference=reference,
        created_at=NOW,
    )
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def harbor(session: Session, smith: Customer) -> Customer:
    company = met(session, "Harbor Realty", kind=CustomerKind.COMPANY)
    customers.employ(session, smith, company, "realtor")
    return company


@pytest.mark.parametrize(
    ("typed", "country", "number", "extension"),
    [
        ("0171 5550199", "DE", "+491715550199", None),
        ("+44 20 7946 0958", "DE", "+442079460958", None),
        ("(212) 555-0187 ext. 12", "US", "+12125550187", "12"),
        ("00351 21 555 0199", "DE", "+351215550199", None),
    ],
)
def test_a_phone_number_is_kept_in_one_form(
    session: Session, smith: Customer, typed: str, country: str, number: str, extension: str | None
) -> None:
    kept = addresses.add_phone(session, smith, typed, country)
    assert (kept.number, kept.extension, kept.typed) == (number, extension, typed)
    assert addresses.by_phone(session, typed, country) == [smith]
    assert addresses.add_phone(session, smith, number, "US").number == number
    assert addresses.written_out(kept).startswith("+")


def test_a_number_without_an_area_code_is_shown_as_it_was_typed(
    session: Session, smith: Customer
) -> None:
    kept = addresses.add_phone(session, smith, "555-0134", "US")
    assert addresses.written_out(kept) == "555-0134"
    assert addresses.by_phone(session, "555 0134", "US") == [smith]


@pytest.mark.parametrize("typed", ["", "12", "four", "0171 55501990000000000"])
def test_what_is_no_phone_number_is_refused(session: Session, smith: Customer, typed: str) -> None:
    with pytest.raises(addresses.NoPhoneNumber):
        addresses.add_phone(session, smith, typed, "DE")
    assert smith.phones == []


def test_an_email_address_is_kept_once_and_found_whatever_the_case(
    session: Session, smith: Customer
) -> None:
    kept = addresses.add_email(session, smith, " John.Smith@Example.com ")
    assert kept.address == "john.smith@example.com"
    assert addresses.add_email(session, smith, "john.smith@example.com") is kept
    assert addresses.by_email(session, "JOHN.SMITH@example.com") == [smith]
    for nonsense in ("john", "john@", "a b@example.com", "@example.com"):
        with pytest.raises(addresses.NoEmailAddress):
            addresses.add_email(session, smith, nonsense)


def test_an_address_is_kept_once(session: Session, smith: Customer) -> None:
    kept = addresses.add_address(session, smith, "Kaistr. 3,  20457 Hamburg")
    assert addresses.add_address(session, smith, "kaistr. 3, 20457 hamburg") is kept


def test_people_of_a_company_and_companies_of_a_person(
    session: Session, smith: Customer, harbor: Customer
) -> None:
    side = met(session, "Smith & Sons", kind=CustomerKind.COMPANY)
    customers.employ(session, smith, side, "owner")
    assert customers.people_of(session, harbor) == [smith]
    assert customers.companies_of(session, smith) == [harbor, side]
    assert customers.employ(session, smith, harbor, "partner").title == "partner"
    assert len(smith.companies) == 2

    smith.companies[0].until = date(2026, 10, 31)
    session.flush()
    assert customers.companies_of(session, smith) == [side]
    assert smith.company == side


def test_names_and_aliases_lead_to_living_customers_only(session: Session, smith: Customer) -> None:
    smith.names.append(CustomerName(name="Johnny"))
    gone = met(session, "John Smith")
    gone.archived_at = NOW
    session.flush()
    assert customers.named(session, "john smith") == [smith]
    assert customers.named(session, " JOHNNY ") == [smith]
    assert customers.named(session, "Smith") == []


def test_a_merged_customer_leads_to_the_one_that_stayed(session: Session, smith: Customer) -> None:
    first, second = met(session, "J. Smith"), met(session, "Jon Smith")
    first.merged_into_id, second.merged_into_id = second.id, smith.id
    session.flush()
    assert customers.surviving(session, first) is smith
    assert customers.surviving(session, smith) is smith


def test_the_history_of_a_company_is_that_of_its_people_too(
    session: Session, smith: Customer, harbor: Customer
) -> None:
    other = met(session, "Jane Roe")
    own = touch(session, harbor, day(3), Channel.EMAIL)
    his = touch(session, smith, day(5))
    hers = touch(session, other, day(6), company=harbor)
    touch(session, other, day(7))

    assert interactions.history(session, harbor) == [hers, his, own]
    assert interactions.history(session, harbor, channel=Channel.EMAIL) == [own]
    assert interactions.history(session, harbor, since=day(5), until=day(6)) == [his]
    assert interactions.history(session, harbor, limit=1) == [hers]
    assert interactions.history(session, smith) == [his]
    assert interactions.history(session, smith, company_too=True) == [his, own]
    assert interactions.how_many(session, harbor, channel=Channel.CALL) == 2


def test_talk_between_colleagues_is_no_contact(session: Session, smith: Customer) -> None:
    call = touch(session, smith, day(3))
    mail = touch(session, smith, day(4), Channel.EMAIL, Direction.INBOUND)
    touch(session, smith, day(9), direction=Direction.INTERNAL)
    assert interactions.last_contact(session, smith) == mail
    assert interactions.last_contact(session, smith, channel=Channel.CALL) == call
    assert interactions.last_contact(session, smith, until=day(4)) == call
    assert interactions.last_contact(session, met(session, "Jon Smyth")) is None


def test_an_invoice_number_leads_to_what_it_is_about(session: Session, smith: Customer) -> None:
    sent = touch(session, smith, day(3), reference="2026-118", milestone=Milestone.INVOICED)
    paid = touch(session, smith, day(5), reference="2026-118", milestone=Milestone.PAID)
    touch(session, smith, day(5), reference="2026-119")
    assert interactions.by_reference(session, "2026-118") == [sent, paid]


def test_the_same_file_is_kept_once(session: Session, smith: Customer) -> None:
    call = touch(session, smith, day(3))
    first = attachments.keep(
        session, b"minutes", name="a.txt", media_type="text/plain", at=NOW, interaction=call
    )
    second = attachments.keep(
        session, b"minutes", name="b.txt", media_type="text/plain", at=NOW, customer=smith
    )
    assert first.digest == second.digest
    assert attachments.content_of(session, second) == b"minutes"
    assert session.scalar(select(func.count(attachments.FileContent.id))) == 1
    assert call.attachments == [first]
    assert (first.customer_id, first.size) == (smith.id, 7)


def likes(
    session: Session,
    customer: Customer,
    statement: str,
    kind: PreferenceKind,
    at: datetime,
    polarity: Polarity = Polarity.LIKE,
    preferred: Channel | None = None,
) -> Preference:
    made = Preference(
        customer=customer,
        statement=statement,
        kind=kind,
        polarity=polarity,
        preferred_channel=preferred,
        stated_at=at,
    )
    session.add(made)
    session.flush()
    return made


def test_the_same_preference_is_recognised(session: Session, smith: Customer) -> None:
    email = likes(session, smith, "e-mail", PreferenceKind.CHANNEL, day(3), preferred=Channel.EMAIL)
    mornings = likes(session, smith, "mornings", PreferenceKind.TIME, day(4))
    held = preferences.on_file
    assert held(session, smith, "by email please", preferred_channel=Channel.EMAIL) is email
    assert held(session, smith, " Mornings! ") is mornings
    assert held(session, smith, "mornings", polarity=Polarity.DISLIKE) is None
    assert held(session, smith, "phone", preferred_channel=Channel.CALL) is None


def test_what_cannot_hold_together_is_told(session: Session, smith: Customer) -> None:
    phone = likes(session, smith, "phone", PreferenceKind.CHANNEL, day(3), preferred=Channel.CALL)
    likes(session, smith, "blue folders", PreferenceKind.STYLE, day(3))
    against = preferences.contradicted
    email = ("e-mail", Polarity.LIKE, Channel.EMAIL)
    assert against(
        session, smith, PreferenceKind.CHANNEL, email[0], polarity=email[1],
        preferred_channel=email[2],
    ) == [phone]  # fmt: skip
    assert against(
        session, smith, PreferenceKind.CHANNEL, "calls", polarity=Polarity.DISLIKE,
        preferred_channel=Channel.CALL,
    ) == [phone]  # fmt: skip
    assert against(session, smith, PreferenceKind.STYLE, "red folders") == []
    assert against(
        session, smith, PreferenceKind.CHANNEL, "fax", polarity=Polarity.DISLIKE,
        preferred_channel=Channel.FAX,
    ) == []  # fmt: skip


def test_a_contradicted_preference_stays_in_the_history(session: Session, smith: Customer) -> None:
    phone = likes(session, smith, "phone", PreferenceKind.CHANNEL, day(3), preferred=Channel.CALL)
    fax = likes(
        session, smith, "no fax", PreferenceKind.CHANNEL, day(4), Polarity.DISLIKE, Channel.FAX
    )
    email = Preference(
        customer=smith,
        statement="e-mail",
        kind=PreferenceKind.CHANNEL,
        preferred_channel=Channel.EMAIL,
        stated_at=day(5),
    )
    preferences.supersede(session, email, [phone])
    assert preferences.current(session, smith) == [email, fax]
    assert preferences.every(session, smith) == [email, fax, phone]
    assert preferences.liked_channel(session, smith) is email
    assert preferences.about_channel(session, smith, Channel.FAX) is fax
    assert preferences.about_channel(session, smith, Channel.CALL) is None


def worries(
    session: Session, customer: Customer, statement: str, at: datetime, theme: str | None = None
) -> Concern:
    made = Concern(customer=customer, statement=statement, raised_at=at, theme=theme)
    session.add(made)
    session.flush()
    return made


def test_concerns_by_period_status_and_theme(
    session: Session, smith: Customer, harbor: Customer, omar: Employee
) -> None:
    ana = met(session, "Ana Müller")
    form = worries(session, smith, "contact form did not work", day(3), "website")
    price = worries(session, smith, "too expensive", day(10), "price")
    same = worries(session, ana, "form is broken", day(8), "website")

    assert concerns.open_for(session, smith) == [price, form]
    assert concerns.of(session, harbor, since=day(3), until=day(10)) == [form]
    assert concerns.others_said(session, form) == [same]
    assert concerns.others_said(session, form, since=day(9)) == []
    assert concerns.themes(session) == [("website", 2), ("price", 1)]

    concerns.resolve(form, at=NOW, employee=omar, resolution="fixed on Safari")
    session.flush()
    assert concerns.open_for(session, smith) == [price]
    assert (form.resolved_by, form.resolution, form.resolved_at) == (omar, "fixed on Safari", NOW)


def test_ideas_and_notes_of_a_company_are_its_peoples_too(
    session: Session, smith: Customer, harbor: Customer, pat: Employee, omar: Employee
) -> None:
    session.add(Idea(customer=smith, statement="wants an app", stated_at=day(3)))
    session.add(Note(customer=smith, text="gate code 4471", written_at=day(4), employee=pat))
    private = Note(
        customer=harbor, text="gate: bad mood", written_at=day(5), employee=pat, private=True
    )
    session.add(private)
    session.flush()
    assert [idea.statement for idea in ideas.of(session, harbor)] == ["wants an app"]
    assert [note.text for note in notes.of(session, harbor, omar)] == ["gate code 4471"]
    assert notes.of(session, harbor, pat, limit=1) == [private]
    assert [n.text for n in notes.mentioning(session, "GATE 4471", omar)] == ["gate code 4471"]
    assert notes.mentioning(session, "bad mood", omar) == []
    assert notes.mentioning(session, "100%", pat) == []


def test_a_profile_value_knows_its_source(session: Session, smith: Customer, pat: Employee) -> None:
    profile.state(session, smith, "occupation", "realtor", at=day(3), employee=pat, source="call")
    profile.state(session, smith, "age_range", "35-44", at=day(4), employee=pat, inferred=True)
    origins = profile.origins(session, smith)
    assert (smith.occupation, smith.age_range) == ("realtor", "35-44")
    assert (origins["occupation"].stated, origins["occupation"].source) == (True, "call")
    assert (origins["age_range"].stated, origins["age_range"].employee) == (False, pat)


def test_a_guess_does_not_displace_what_was_stated(
    session: Session, smith: Customer, pat: Employee
) -> None:
    profile.state(session, smith, "birthday", date(1980, 4, 1), at=day(3), employee=pat)
    profile.state(session, smith, "birthday", date(1981, 1, 1), at=day(9), employee=pat,
                  inferred=True)  # fmt: skip
    origin = profile.origin(session, smith, "birthday")
    assert smith.birthday == date(1980, 4, 1)
    assert origin is not None
    assert origin.value == "1980-04-01"


def test_a_guess_at_the_age_is_not_for_everybody(
    session: Session, smith: Customer, pat: Employee
) -> None:
    state = profile.state
    guess = state(session, smith, "age_range", "35-44", at=NOW, employee=pat, inferred=True)
    stated = state(session, smith, "gender", "male", at=NOW, employee=pat)
    mia = hired(session, "Mia Roth", Role.MARKETING)
    assert profile.may_see(pat, guess)
    assert not profile.may_see(mia, guess)
    assert profile.may_see(mia, stated)


@pytest.mark.parametrize("field", ["id", "owner_id", "merged_into_id", "shoe_size"])
def test_only_profile_fields_are_stated(
    session: Session, smith: Customer, pat: Employee, field: str
) -> None:
    with pytest.raises(profile.NoSuchField):
        profile.state(session, smith, field, 1, at=NOW, employee=pat)


def sale(session: Session, customer: Customer, pat: Employee, stage: str) -> Deal:
    pipeline.settle(session)
    at = pipeline.stage_named(session, stage)
    assert at is not None
    deal = Deal(name="survey", customer=customer, stage=at, owner=pat, created_at=NOW)
    return pipeline.begin(session, deal, at=NOW, on=date(2026, 11, 18), employee=pat)


def test_the_lifecycle_follows_what_happened(
    session: Session, smith: Customer, pat: Employee
) -> None:
    smith.lifecycle_stage = LifecycleStage.PROSPECT
    assert lifecycle.follow(session, smith, at=NOW, employee=pat) is None
    touch(session, smith, day(3), milestone=Milestone.BID_REQUESTED)
    lifecycle.follow(session, smith, at=day(3), employee=pat)
    assert smith.lifecycle_stage == "lead"
    touch(session, smith, day(5), milestone=Milestone.PAID, reference="118")
    sale(session, smith, pat, "won")
    lifecycle.follow(session, smith, at=day(5), employee=pat)
    assert smith.lifecycle_stage == "customer"
    touch(session, smith, day(9), milestone=Milestone.PAID, reference="119")
    lifecycle.follow(session, smith, at=day(9), employee=pat)
    assert smith.lifecycle_stage == "repurchase"

    stages = [(change.before, change.after) for change in lifecycle.history(session, smith)]
    assert stages == [("prospect", "lead"), ("lead", "customer"), ("customer", "repurchase")]


def test_a_vendor_has_no_lifecycle(session: Session, pat: Employee) -> None:
    acme = met(session, "Acme Supplies", kind=CustomerKind.COMPANY)
    acme.relation = Relation.VENDOR
    sale(session, acme, pat, "won")
    assert lifecycle.follow(session, acme, at=NOW, employee=pat) is None


def test_a_deal_moves_through_the_stages_and_remembers(
    session: Session, smith: Customer, pat: Employee
) -> None:
    deal = sale(session, smith, pat, "qualified")
    deal.amount = Decimal(7500)
    on = date(2026, 12, 1)
    for name in ("proposal", "lost"):
        stage = pipeline.stage_named(session, name.upper())
        assert stage is not None
        reason = pipeline.lost_reason_named(session, "Price")
        pipeline.move(session, deal, stage, at=NOW, on=on, employee=pat, lost_reason=reason)
    assert (deal.closed_on, deal.lost_reason and deal.lost_reason.name) == (on, "price")
    assert pipeline.move(session, deal, deal.stage, at=NOW, on=on, employee=pat) is None

    again = pipeline.stage_named(session, "negotiation")
    assert again is not None
    pipeline.move(session, deal, again, at=NOW, on=on, employee=pat)
    assert (deal.closed_on, deal.lost_reason) == (None, None)
    session.expire(deal)
    names = [change.after.name for change in deal.stage_changes]
    assert names == ["qualified", "proposal", "lost", "negotiation"]


def test_a_deal_remembers_what_it_was_worth(
    session: Session, smith: Customer, pat: Employee
) -> None:
    deal = sale(session, smith, pat, "qualified")
    pipeline.revalue(session, deal, Decimal(7500), at=day(3), employee=pat, currency="EUR")
    pipeline.revalue(session, deal, Decimal(8000), at=day(9), employee=pat)
    assert pipeline.revalue(session, deal, Decimal(8000), at=day(10), employee=pat) is None
    session.expire(deal)
    assert [change.amount for change in deal.stage_changes] == [None, 7500, 8000]
    assert (deal.amount, deal.currency) == (Decimal(8000), "EUR")


def test_open_deals_by_owner_amount_and_closing_day(
    session: Session, smith: Customer, harbor: Customer, pat: Employee, omar: Employee
) -> None:
    small, large, undated = (sale(session, smith, pat, "proposal") for _ in range(3))
    small.amount, small.close_on = Decimal(4800), date(2026, 11, 30)
    large.amount, large.close_on = Decimal(12000), date(2026, 12, 15)
    won = sale(session, smith, pat, "won")
    session.flush()

    opened = pipeline.open_deals
    assert opened(session) == [small, large, undated]
    assert opened(session, at_least=Decimal(10_000)) == [large]
    assert opened(session, closing_before=date(2026, 12, 1)) == [small]
    assert opened(session, owner=omar) == []
    assert pipeline.deals_of(session, harbor) == [won, undated, large, small]
    assert pipeline.deals_of(session, harbor, only_open=True) == [undated, large, small]


def test_a_product_is_found_whatever_the_spaces(
    session: Session, smith: Customer, pat: Employee
) -> None:
    product = Product(name="Survey Pro", price=Decimal("4800"), currency="EUR")
    session.add(product)
    session.flush()
    assert pipeline.product_named(session, "surveypro") is product
    deal = sale(session, smith, pat, "lead")
    pipeline.add_product(session, deal, product, 2)
    line = pipeline.add_product(session, deal, product)
    assert (line.quantity, line.unit_price, len(deal.lines)) == (3, Decimal(4800), 1)


def test_a_company_with_its_people_is_asked_about_at_once(
    session: Session, smith: Customer, harbor: Customer
) -> None:
    assert customers.circle(session, harbor) == [harbor.id, smith.id]
    assert customers.circle(session, smith) == [smith.id]
    last = interactions.last_contact(session, harbor, until=NOW + timedelta(days=1))
    assert last is None
