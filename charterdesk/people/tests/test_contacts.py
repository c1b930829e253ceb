"""Contacts are made one, parted, told apart, noted about and given fields of the desk's own."""

import pytest

from charterdesk.base.refused import Refused
from charterdesk.people.actions import (
    add_identity,
    add_organisation,
    add_person_field,
    add_person_note,
    change_organisation,
    erase_contact,
    merge_contacts,
    normal_number,
    retire_person_field,
    set_own_fields,
    settle_duplicate,
    split_contact,
    undo_contact_merge,
)
from charterdesk.people.actions.customers import ask_erasure
from charterdesk.people.duplicates import alike, find_duplicates, open_duplicates
from charterdesk.people.models import Contact, ErasureRequest, Identity, PersonField, PersonFields, PersonNote
from charterdesk.people.testing import make_agent, make_contact

pytestmark = pytest.mark.django_db


def addresses(contact: Contact) -> list[str]:
    return list(contact.identities.values_list("value", flat=True))


def test_merging_moves_everything_and_fills_in_only_what_was_empty():
    mia = make_contact("Mia Miller", email="mia@home.example")
    other = make_contact("M. Miller", email="mia@work.example", login=True)
    other.note, other.time_zone = "Has a dog", "Europe/Dublin"
    other.save()
    login = other.login
    add_person_note(other, text="Prefers mornings", author=None, by="system")

    merge_contacts(mia, other, by="system")

    mia.refresh_from_db()
    other.refresh_from_db()
    assert addresses(mia) == ["mia@home.example", "mia@work.example"]
    assert (mia.name, mia.note, mia.time_zone, mia.login) == ("Mia Miller", "Has a dog", "Europe/Dublin", login)
    assert [note.text for note in mia.notes.all()] == ["Prefers mornings"]
    assert (other.merged_into, other.login, addresses(other)) == (mia, None, [])


def test_undoing_a_merge_gives_back_all_but_what_was_changed_since():
    mia = make_contact("Mia Miller", email="mia@home.example")
    other = make_contact("M. Miller", email="mia@work.example", login=True)
    other.note, other.time_zone = "Has a dog", "Europe/Dublin"
    other.save()
    login = other.login
    merge = merge_contacts(mia, other, by="system")
    mia.refresh_from_db()
    mia.note = "Has two dogs"
    mia.save()
    add_identity(mia, kind=Identity.PHONE, value="+353 20 915 5501", by="system")

    undo_contact_merge(merge, by="system")

    mia.refresh_from_db()
    other.refresh_from_db()
    assert (addresses(mia), addresses(other)) == (["mia@home.example", "+353209155501"], ["mia@work.example"])
    assert (mia.note, mia.time_zone, mia.login) == ("Has two dogs", "", None)
    assert (other.note, other.time_zone, other.login, other.merged_into) == ("Has a dog", "Europe/Dublin", login, None)
    with pytest.raises(Refused, match="already"):
        undo_contact_merge(merge, by="system")


def test_a_wish_to_be_erased_waits_with_whoever_has_the_data_and_goes_back_when_it_is_undone():
    mia, other = make_contact("Mia Miller"), make_contact("M. Miller", email="mia@work.example")
    wish = ask_erasure(other, by="system")
    merge = merge_contacts(mia, other, by="system")
    wish.refresh_from_db()
    assert wish.contact == mia

    undo_contact_merge(merge, by="system")
    wish.refresh_from_db()
    assert wish.contact == other


def test_who_goes_on_and_wished_to_be_erased_keeps_their_own_wish():
    mia, other = make_contact("Mia Miller"), make_contact("M. Miller", email="mia@work.example")
    wishes = [ask_erasure(each, by="system") for each in (mia, other)]
    undo_contact_merge(merge_contacts(mia, other, by="system"), by="system")

    assert [ErasureRequest.objects.get(pk=wish.pk).contact for wish in wishes] == [mia, other]


def test_who_was_merged_is_not_merged_again_nor_with_themselves():
    mia, other, third = make_contact("Mia"), make_contact("M."), make_contact("Omar")
    merge_contacts(mia, other, by="system")

    for pair in ((third, other), (other, third), (mia, mia)):
        with pytest.raises(Refused):
            merge_contacts(*pair, by="system")


def test_erasing_who_goes_on_erases_whoever_was_merged_into_them():
    mia, other = make_contact("Mia Miller"), make_contact("Zora Quill")
    merge_contacts(mia, other, by="system")
    add_person_note(make_contact("Omar"), text="Neighbour of zora quill", author=None, by="system")

    erase_contact(mia, by="system")

    assert not Contact.objects.filter(name__in=["Mia Miller", "Zora Quill"]).exists()
    assert [note.text for note in PersonNote.objects.all()] == ["Neighbour of —"]


def test_splitting_makes_a_contact_of_some_addresses_and_leaves_the_others():
    mia = make_contact("Mia", email="mia@home.example")
    work = add_identity(mia, kind=Identity.EMAIL, value="Omar@Work.example", by="system")

    omar = split_contact(mia, identity_ids=[work.pk], name="Omar", by="system")

    assert (omar.name, addresses(omar), addresses(mia)) == ("Omar", ["omar@work.example"], ["mia@home.example"])
    with pytest.raises(Refused, match="at least one"):
        split_contact(mia, identity_ids=[mia.identities.get().pk], name="X", by="system")


def test_an_address_belongs_to_one_contact():
    _mia, omar = make_contact("Mia", email="mia@home.example"), make_contact("Omar")

    with pytest.raises(Refused, match="Merge"):
        add_identity(omar, kind=Identity.EMAIL, value="MIA@home.example", by="system")


def test_one_person_is_found_by_number_address_and_name_and_strangers_are_not():
    mia = make_contact("Mia Miller", email="mia.miller@home.example")
    add_identity(mia, kind=Identity.PHONE, value="+353 20 915 5501", by="system")
    by_phone = make_contact("Mi", email="x@y.example")
    add_identity(by_phone, kind=Identity.PHONE, value="(020) 9155501", by="system")
    by_address = make_contact("", email="mia_miller+news@other.example")
    by_name = make_contact("MIA MILLER", email="mm@third.example")
    make_contact("Mia", email="mia@home.example")
    make_contact("Omar Quill", email="support.desk@home.example")

    found = [(each.contact, each.reason) for each in alike(mia)]
    find_duplicates()
    pairs = {(pair.contact, pair.other, pair.reason) for pair in open_duplicates()}

    assert found == [(by_phone, "phone"), (by_address, "address"), (by_name, "name")]
    assert pairs == {(mia, by_phone, "phone"), (mia, by_address, "address"), (mia, by_name, "name")}


def test_addresses_and_names_of_many_say_nothing():
    for number in range(7):
        make_contact("John Smith", email=f"accounting@firm{number}.example")
    find_duplicates()

    assert (open_duplicates(), alike(Contact.objects.earliest("pk"))) == ([], [])


def test_who_was_told_apart_is_not_suggested_again():
    mia, other = make_contact("Mia Miller"), make_contact("Mia Miller")
    find_duplicates()

    settle_duplicate(other, mia, by="system")
    find_duplicates()

    assert (open_duplicates(), alike(mia)) == ([], [])


def test_own_fields_keep_what_fits_their_kind_and_refuse_the_rest():
    mia = make_contact("Mia")
    number = add_person_field(by="system", of="contact", name="Meter number", kind=PersonField.NUMBER)
    since = add_person_field(by="system", of="contact", name="Customer since", kind=PersonField.DATE)
    tariff = add_person_field(
        by="system", of="contact", name="Tariff", kind=PersonField.CHOICE, choices=["home", "garden"]
    )

    set_own_fields(mia, values={number.code: "12,5", since.code: "2024-02-29", tariff.code: "garden"}, by="system")
    set_own_fields(mia, values={tariff.code: ""}, by="system")

    assert PersonFields.objects.get(contact=mia).values == {"meter_number": 12.5, "customer_since": "2024-02-29"}
    for code, wrong in (("meter_number", "many"), ("customer_since", "2023-02-29"), ("tariff", "villa")):
        with pytest.raises(Refused):
            set_own_fields(mia, values={code: wrong}, by="system")
    retire_person_field(tariff, by="system")
    with pytest.raises(Refused):
        set_own_fields(mia, values={"tariff": "home"}, by="system")


def test_two_fields_of_one_name_have_codes_of_their_own():
    codes = [add_person_field(by="system", of="contact", name="Nº", kind="text").code for _ in range(2)]

    assert codes == ["n", "n_2"]


def test_a_domain_belongs_to_one_organisation():
    add_organisation(by="system", name="Harbour", domains=["@Harbour.example", "port.example"])
    mill = add_organisation(by="system", name="Mill")

    with pytest.raises(Refused, match="Harbour"):
        change_organisation(mill, by="system", domains=["port.example"])
    with pytest.raises(Refused, match="no mail domain"):
        change_organisation(mill, by="system", domains=["no domain"])


def test_a_note_says_who_wrote_it():
    agent, mill = make_agent("Ada"), add_organisation(by="system", name="Mill")

    add_person_note(mill, text=" Closed in August ", author=agent, by=agent)

    assert [(note.text, note.author) for note in mill.notes.all()] == [("Closed in August", agent)]


@pytest.mark.parametrize(
    ("written", "kept"),
    [("+49 (30) 123", "+4930123"), ("٠٢٠ ٩١٥٥", "0209155"), ("123", ""), ("9" * 20, "9" * 20), ("9" * 21, "")],
)
def test_a_phone_number_is_kept_by_its_digits_where_it_can_be_one(written: str, kept: str) -> None:
    assert normal_number(written) == kept
