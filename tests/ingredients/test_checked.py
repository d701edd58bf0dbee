"""What a conversation remembers of the lists that were read, and how a list goes on in the next message."""

import pytest

from assistant.ingredients import ASKS, Checked, answer, check, continues, follow_ups, to_ask
from assistant.ingredients.continuing import LONGEST, joined
from assistant.ingredients.lexicon import load_words
from assistant.ingredients.summary import LONGEST_SUMMARY

CREAM = "Ingredients: Aqua, Petrolatum, Cetearyl Alcohol, Glycerin, Lanolin, Phenoxyethanol"
SERUM = "Serum: Aqua, Glycerin, Squalane, Retinol, Panthenol, Glurbium Oxide, Phenoxyethanol"
KIT = "Cleanser: Water, Glycerin, Sorbitol\n\nBalm: Petrolatum, Beeswax, Shea Butter, Talc"
OPEN = "Ingredients: Aqua, Petrolatum, Cetearyl Alcohol,"


@pytest.mark.parametrize(
    ("earlier", "text"),
    [
        (OPEN, "Glycerin, Lanolin, Phenoxyethanol"),
        (OPEN, "Lanolin"),
        (f"{OPEN} Glycerin and", "lanolin, retinol"),
        (CREAM, "here is the rest: Lanolin, Squalane"),
        (CREAM, "sorry, here's the rest of it:\nLanolin\nSqualane"),
        (CREAM, "part 2: Lanolin, Squalane, Retinol"),
        ("Aqua, Petrolatum, Cetearyl Alcohol, Glycerin", "Dimethicone, Lanolin, Squalane, Panthenol, Parfum"),
    ],
)
def test_the_rest_of_a_list_goes_on_with_it(earlier, text):
    assert continues(earlier, text)
    names = {w.ingredient.inci for w in check(joined(earlier, text)[0]).products[0].known}
    assert names > {w.ingredient.inci for w in check(earlier).products[0].known}
    assert len(check(joined(earlier, text)[0]).products) == 1


@pytest.mark.parametrize(
    ("earlier", "text"),
    [
        (CREAM, SERUM),
        (OPEN, CREAM),
        (CREAM, "Aqua, Dimethicone, Lanolin, Squalane, Panthenol, Parfum"),
        (OPEN, "Water, Dimethicone, Lanolin, Squalane, Panthenol, Parfum"),
        (CREAM, "Dimethicone, Lanolin Alcohol, Squalane, Panthenol, Parfum"),
        (f"{OPEN} Glycerin.", "Dimethicone, Lanolin, Squalane, Panthenol, Parfum"),
        ("Aqua, Petrolatum, Squalane, Glycerin", "Dimethicone, Lanolin, Squalane, Panthenol, Parfum"),
        (OPEN, "and this is another cream: Lanolin, Squalane, Panthenol, Parfum"),
        (OPEN, "which of those is the worst?"),
        (OPEN, "and what can I use instead, please"),
        (OPEN, "thanks, that helps"),
        (CREAM, "is lanolin bad for milia"),
        (CREAM, "also, how long do they last"),
        (CREAM, "and also is squalane ok?"),
        (OPEN, "retinol?"),
        (CREAM, "also squalane?"),
        (OPEN, "Aqua/Water, Dimethicone, Lanolin, Squalane, Panthenol, Parfum"),
        (OPEN, "x" * LONGEST),
    ],
)
def test_another_list_and_what_is_no_list_does_not_go_on(earlier, text):
    assert not continues(earlier, text)


def test_what_was_checked_survives_being_stored():
    checked = Checked((CREAM, SERUM), "is lanolin ok", current=True, joined_at=4)
    assert Checked.of(checked.as_dict()) == checked
    assert Checked.of(None) == Checked()


def test_a_conversation_keeps_the_last_two_lists():
    checked = Checked().after(CREAM).after(SERUM).after(KIT)
    assert checked == Checked((SERUM, KIT), current=True)


class TestParted:
    REST = "here is the rest: Lanolin, Squalane, Panthenol, Parfum"

    def test_what_was_joined_by_mistake_is_a_list_of_its_own(self):
        checked = Checked().after(OPEN).after(self.REST, continues=True)
        assert checked.parted() == Checked((OPEN, "Lanolin, Squalane, Panthenol, Parfum"), current=True)

    def test_only_the_last_part_is_taken_off(self):
        checked = (
            Checked().after(OPEN).after("Glycerin, Talc,", continues=True).after("Lanolin, Parfum", continues=True)
        )
        assert checked.parted() == Checked((f"{OPEN}\nGlycerin, Talc,", "Lanolin, Parfum"), current=True)

    def test_the_last_two_lists_are_kept(self):
        checked = Checked().after(SERUM).after(OPEN).after(self.REST, continues=True).parted()
        assert checked.labels == (OPEN, "Lanolin, Squalane, Panthenol, Parfum")

    def test_what_was_never_joined_stays(self):
        checked = Checked().after(SERUM).after(OPEN)
        assert checked.parted() == checked

    def test_it_can_still_be_parted_after_a_question_but_not_after_another_list(self):
        checked = Checked().after(OPEN).after(self.REST, continues=True)
        assert checked.after("is lanolin ok").parted().labels == (OPEN, "Lanolin, Squalane, Panthenol, Parfum")
        assert checked.after(SERUM).parted() == checked.after(SERUM)


def test_the_last_answer_is_what_is_asked_about():
    checked = Checked().after(CREAM).after("is beeswax ok")
    assert checked.result() == check("is beeswax ok")
    assert checked.result("last") == check(CREAM)
    assert not checked.is_list
    assert not checked.after("hello there").current


@pytest.mark.parametrize("ask", sorted(ASKS))
@pytest.mark.parametrize("checked", [Checked(), Checked((CREAM,)), Checked((CREAM, KIT)), Checked((), "is talc ok")])
def test_every_question_gets_an_answer_that_fits(ask, checked):
    said = answer([ask], checked)
    assert 0 < len(said.text) <= LONGEST_SUMMARY


def test_several_questions_get_their_answers_while_they_fit():
    said = answer(["worst", "good"], Checked((CREAM,)))
    assert said.text == "\n\n".join([follow_ups.worst(check(CREAM)).text, follow_ups.good(check(CREAM)).text])
    assert len(answer(["more", "compare", "verdict", "worst"], Checked((CREAM * 3, KIT))).text) <= LONGEST_SUMMARY


def test_only_what_has_an_answer_is_offered_and_a_button_holds_it():
    assert list(to_ask(Checked((CREAM,)))) == ["more", "worst", "instead"]
    assert list(to_ask(Checked((SERUM,)))) == ["more", "good", "unknown"]
    assert next(iter(to_ask(Checked((CREAM, SERUM))))) == "compare"
    assert to_ask(Checked()) == {}
    assert all(len(title) <= 20 for title in load_words().choices.values())
    assert set(load_words().choices) <= ASKS
