"""Whether a message is a pasted list."""

import pytest

from assistant.ingredients import looks_like_label

LABELS = [
    "Aqua, Glycerin, Cetearyl Alcohol, Dimethicone, Parfum",
    "Ingredients: Petrolatum",
    "Is this ok for milia? Water, Glycerin, Caprylic/Capric Triglyceride, Squalane, Phenoxyethanol",
    "Water\nGlycerin\nPetrolatum\nLanolin",
    "Citrus Limon Peel Oil, Camellia Sinensis Leaf Extract, Sodium Phytate, Disodium EDTA",
    "My new cream, does it cause bumps?\n\nINGREDIENTS: WATER, MINERAL OIL, CERESIN, BEESWAX, SODIUM BORATE",
    "Renewing Cleanser: Water, Glyceryl Stearate, Sorbitol. Toner: Water, Glycolic Acid, Allantoin",
    "I bought this after my facial and now I have bumps, could you check it for me please because I am not sure? "
    "Water, Glycerin, Dimethicone, Cetyl Alcohol, Stearic Acid, Carbomer, Petrolatum, Lanolin, Tocopherol",
]
LABELS += [
    "Cream A - aqua, squalane, glycerin. Cream B - aqua, lanolin, petrolatum. which?",
    "lNGREDlENTS: AQUA, GLYCERlN, LlNALOOL, PETR0LATUM",
]
NO_LABELS = [
    "my eyes sting - i use lanolin, squalane and retinol, is this ok",
    "no lanolin, no petrolatum, just squalane",
    "",
    "   ",
    "is vaseline ok for milia",
    "does retinol, glycolic acid or lactic acid help?",
    "I have tried retinol, glycolic acid, salicylic acid, niacinamide, azelaic acid, and nothing works",
    "My son, who is six, has white bumps on his nose, cheeks, and chin, and they do not hurt. What are they?",
    "milia, whiteheads, blackheads, acne",
    "I've tried it all. Retinol, glycolic acid, salicylic acid. Nothing works, I am tired of these bumps by my eyes.",
    "cleanser, toner, vitamin c serum, hyaluronic acid serum, moisturizer, spf: is my routine too much?",
    "Formulated without parabens, mineral oil, petrolatum and lanolin.",
    "hello",
    "bread, cheese, tomatoes, eggs, chicken, beans, chocolate, coffee, beer, crisps",
    "I use a cleanser with salicylic acid, a toner with glycolic acid, a serum with niacinamide, a cream with lanolin, "
    "and for years I had no bumps at all, but since last summer, after a sunburn, they come back under my eyes.",
]


@pytest.mark.parametrize("text", LABELS)
def test_a_pasted_list_is_a_label(text):
    assert looks_like_label(text)


@pytest.mark.parametrize("text", NO_LABELS)
def test_a_question_or_a_story_is_no_label(text):
    assert not looks_like_label(text)


def test_a_long_story_with_many_commas_is_no_label():
    story = "Last week, when I was at my aunt's, I saw, near my eye, two white bumps, and I got worried. "
    assert not looks_like_label(story * 20)
