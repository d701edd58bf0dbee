"""Each check is shown something that it must not let pass: the small project with one thing broken."""

import pytest
import yaml

from assistant import site
from assistant.files import DATA, read_yaml
from assistant.guide.checks import problems, sizes
from assistant.guide.checks.platforms import Platform

BEADS, TALK, SYSTEM = "data/guide/beads.yml", "data/guide/talk.yml", "data/guide/system.yml"
ANSWER = "It lasts for years."


def _broken(project, name, old, new):
    project.break_(name, old, new)
    return project.the_problem()


def test_the_projects_own_content_has_no_problems():
    assert problems() == []


def test_sound_content_has_no_problems(project):
    assert project.problems() == []


def test_what_the_schema_refuses_is_one_problem_in_one_line(project):
    problem = _broken(project, BEADS, "simple: It lasts long.", "simpel: It lasts long.")
    assert problem.startswith("beads.yml: ")
    assert "simpel" in problem
    assert "\n" not in problem


# ---------------------------------------------------------------- coverage


def test_an_intent_without_a_topic_is_told(project):
    project.break_("domain.yml", "hello,", "hello, goodbye,")
    found = project.problems()
    assert "domain.yml: the intent goodbye has no topic, so write one in data/guide or remove the intent." in found


def test_a_topic_that_is_no_intent_is_told(project):
    extra = "  - {id: extra, title: Extra, asks: more, answer: Yes it is.}\n"
    assert _broken(project, TALK, "topics:\n", f"topics:\n{extra}").startswith("talk.yml, topic extra: it is no intent")


def test_an_intent_that_no_rule_answers_is_told(project):
    assert _broken(project, "data/rules.yml", ", {intent: hello}", "") == (
        "rules.yml: no rule answers the intent hello, so add it to one."
    )


def test_a_rule_for_an_intent_that_does_not_exist_is_told(project):
    problem = _broken(project, "data/rules.yml", "{intent: hello}", "{intent: hello}, {intent: helo}")
    assert problem.startswith("rules.yml: a rule names helo")


def test_an_intent_with_too_few_phrases_is_told(project):
    problem = _broken(project, "data/nlu/talk.yml", "    - hello is asked in way 7\n", "")
    assert problem.startswith("domain.yml: the intent hello has 24 training phrases and needs 25")


def test_a_phrase_under_two_intents_is_told_whatever_its_case(project):
    problem = _broken(project, "data/nlu/beads.yml", "what is asked in way 7\n", "How_long is  asked in way 3\n")
    assert problem.startswith(
        "nlu/beads.yml, intent how_long: the phrase 'how_long is asked in way 3' stands under what"
    )


def test_a_phrase_that_begins_with_a_slash_is_told(project):
    problem = _broken(project, "data/nlu/talk.yml", "- hello is asked in way 7\n", "- /hello\n")
    assert problem.startswith("nlu/talk.yml, intent hello: the phrase '/hello' begins with a slash")


def test_phrases_in_another_family_than_their_topic_are_told(project):
    (project.root / "data/nlu/talk.yml").rename(project.root / "data/nlu/chat.yml")
    assert project.the_problem() == (
        "nlu/chat.yml, intent hello: its topic stands in talk.yml, so move its phrases to the file of that name."
    )


def test_phrases_for_an_intent_that_has_no_topic_are_told(project):
    problem = _broken(project, "data/nlu/talk.yml", "nlu:\n", "nlu:\n- {intent: bye, examples: '- bye'}\n")
    assert problem.startswith("nlu/talk.yml, intent bye: it has no topic")


# ---------------------------------------------------------------- citations


def test_a_source_that_does_not_exist_is_told_with_the_topic_that_cites_it(project):
    problem = _broken(project, BEADS, "sources: [s1, guide]", "sources: [s1, guide, s9]")
    assert problem.startswith("beads.yml, topic how_long: it cites the source s9")


def test_a_source_of_a_facet_that_does_not_exist_is_told(project):
    problem = _broken(
        project, BEADS, "out of reach.\n          sources: [s1]", "out of reach.\n          sources: [s9]"
    )
    assert problem.startswith("beads.yml, topic what: it cites the source s9")


def test_a_source_that_nothing_cites_is_told(project):
    more = "- {id: s1, title: Beads"
    problem = _broken(project, "data/sources.yml", more, "- {id: s2, title: Threads, publisher: Thread}\n" + more)
    assert problem == "sources.yml: nothing cites the source s2, so cite it or remove it."


def test_what_a_red_flag_rests_on_counts_as_cited(project):
    project.break_("data/sources.yml", "- {id: guide", "- {id: s2, title: Threads, publisher: Thread}\n- {id: guide")
    flags = project.root / "data/referral/red_flags.yml"
    flags.parent.mkdir()
    flags.write_text("flags: [{id: swallowed, sources: [s2]}]\n")
    assert project.problems() == []
    flags.write_text("flags: [{id: swallowed, sources: [s2, s9]}]\n")
    assert project.the_problem().startswith("red_flags.yml: it cites the source s9")


def test_an_origin_of_the_ingredients_that_is_no_source_is_told(project):
    problem = _broken(project, "data/ingredients/_origins.yml", "also: s1", "also: s9")
    assert problem.startswith("ingredients/_origins.yml, code M1: it cites the source s9")


def test_an_ingredient_with_a_code_that_does_not_exist_is_told(project):
    problem = _broken(project, "data/ingredients/oils.yml", "M2]", "M3]")
    assert problem.startswith("ingredients/oils.yml: the source M3 is not in _origins.yml")


def test_two_sources_that_look_the_same_are_told(project):
    same = "{id: guide, title: Beads, publisher: Thread, year: 2020}"
    problem = _broken(project, "data/sources.yml", "{id: guide, title: All about beads, publisher: Beads Weekly}", same)
    assert problem.startswith("sources.yml: a visitor cannot tell s1 from guide")


@pytest.mark.parametrize("part", ["simple: It lasts long.", "more: Glass ones last longest.", "sources: [s1, guide]"])
def test_a_topic_of_the_guide_that_lacks_a_part_is_told(project, part):
    name = part.split(":")[0]
    assert _broken(project, BEADS, f"    {part}\n", "") == (
        f"beads.yml, topic how_long: `{name}` is missing, so write it."
    )


# ---------------------------------------------------------------- references


@pytest.mark.parametrize(
    ("following", "told"),
    [
        ("nowhere", "there is no topic nowhere"),
        ("how_long", "how_long leads nowhere new"),
        ("what, what", "what leads nowhere new"),
    ],
)
def test_a_next_topic_that_leads_nowhere_is_told(project, following, told):
    problem = _broken(project, BEADS, "next: [what]", f"next: [{following}]")
    assert problem.startswith(f"beads.yml, topic how_long, next: {told}")


def test_a_facet_that_is_no_entity_is_told(project):
    problem = _broken(project, BEADS, "body_area:", "place:")
    assert problem.startswith("beads.yml, topic what, facets: no file of data/entities is for place")


def test_a_facet_for_a_value_that_does_not_exist_is_told(project):
    problem = _broken(project, BEADS, "hand:", "foot:")
    assert problem.startswith("beads.yml, topic what, facets: foot is no value of body_area")


def test_a_title_that_stands_twice_is_told(project):
    problem = _broken(project, BEADS, "title: How long", "title: what it is")
    assert problem.startswith("beads.yml, topic how_long, title: 'what it is' is the title of what too")


def test_a_title_of_more_than_20_characters_is_told(project):
    problem = _broken(project, BEADS, "title: How long", "title: How long it will last")
    assert "topics -> 1 -> title" in problem
    assert "20 characters" in problem


def test_a_label_of_a_button_of_more_than_20_characters_is_told(project):
    problem = _broken(project, SYSTEM, "Tell me more", "Tell me a good deal more")
    assert problem.startswith("system.yml, more_title: 'Tell me a good deal more' has more than 20 characters")


def test_a_phrase_for_two_values_is_told_whatever_its_case(project):
    problem = _broken(project, "data/entities/body_area.yml", "phrases: [hand]", "phrases: [hand, NEWBORN]")
    assert problem.startswith("entities, body_area.hand: the phrase 'NEWBORN' stands for audience.baby too")


# ---------------------------------------------------------------- sizes


@pytest.mark.parametrize(
    ("name", "old", "limit", "told"),
    [
        (BEADS, ANSWER, 600, "topic how_long, answer"),
        (TALK, "Hi there.", 600, "topic hello, answer[1]"),
        (BEADS, "It lasts long.", 300, "topic how_long, simple"),
        (BEADS, "Glass ones last longest.", 800, "topic how_long, more"),
        (BEADS, "On the hand it rolls.", 450, "topic what, facets.body_area.hand"),
        (BEADS, "how long it lasts", 60, "topic how_long, asks"),
    ],
)
def test_a_part_that_is_too_long_is_told_and_one_that_just_fits_is_not(project, name, old, limit, told):
    fits = _of_length(limit)
    project.break_(name, old, fits)
    assert project.problems() == []
    (project.root / name).write_text((project.root / name).read_text().replace(fits, f"x{fits}"))
    problem = project.the_problem()
    assert f"{told}: it has {limit + 1} characters and may have {limit}" in problem


def test_a_reply_that_is_too_long_with_a_facet_is_told_with_the_platform(project):
    # Each part keeps to its length; with the owner's longest words the whole does not.
    project.break_(
        BEADS, "A bead is small and hard. Ask {contact} if you want one.", _of_length(540) + " Ask {contact}."
    )
    # A sentence of the answer is not said again, so the facet has others.
    on_the_hand = _of_length(430).replace("We see a bead", "It is all red")
    problem = _broken(project, BEADS, "On the hand it rolls.", on_the_hand)
    assert problem.startswith("beads.yml, topic what, answer with facets.body_area.hand: the reply has ")
    assert "WhatsApp takes 1024" in problem


def test_a_detail_that_is_too_long_once_its_placeholders_are_filled_is_told(project):
    words = "Glass ones last longest."
    problem = _broken(project, BEADS, words, f"{_of_length(700)} {{contact}} {{contact}} {{contact}}")
    assert problem.startswith("beads.yml, topic how_long, more: the reply has ")


def test_a_choice_with_a_name_too_long_for_a_platform_is_told(project):
    name = "a" * 60
    for path in ("domain.yml", "data/rules.yml", BEADS, "data/nlu/beads.yml"):
        file = project.root / path
        file.write_text(file.read_text().replace("how_long", name))
    found = project.problems()
    assert found
    for problem in found:
        assert problem.startswith("beads.yml, topic what, ")
        assert "Telegram takes 64 bytes" in problem


def test_choices_that_a_platform_does_not_take_are_told(project, monkeypatch):
    monkeypatch.setattr(sizes, "PLATFORMS", (Platform("Pager", text=1000, choices=0, title=4),))
    found = [problem for problem in project.problems() if problem.startswith("beads.yml, topic how_long, answer: ")]
    told = "beads.yml, topic how_long, answer: the reply offers"
    assert found == [
        f"{told} 1 choices, and Pager takes 0, so offer fewer.",
        f"{told} 'What it is', and Pager takes 4 characters, so shorten it.",
    ]


def test_choices_count_where_they_are_part_of_the_text(project, monkeypatch):
    # "It lasts for years." and, on the next line, "1. What it is"
    monkeypatch.setattr(sizes, "PLATFORMS", (Platform("Pager", text=32, numbered=True),))
    told = "beads.yml, topic how_long, answer: the reply has 33 characters, and Pager takes 32"
    assert any(problem.startswith(told) for problem in project.problems())


def test_what_a_site_fills_in_is_no_longer_than_replies_are_measured_with():
    words = site.load().words
    assert set(words) >= set(sizes.PLACEHOLDERS)
    for name, length in sizes.PLACEHOLDERS.items():
        assert len(words[name]) <= length, name


def _of_length(length):
    """Return easy sentences of exactly `length` characters."""
    sentences = "We see a bead. " * (length // 15 + 1)
    return sentences[: length - 1].rstrip().ljust(length - 1, "x") + "."


# ---------------------------------------------------------------- follow-ups


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("data/follow_ups.yml", "answers: what", "answers: whether", "follow_ups.yml, why: there is no topic whether"),
        (
            "data/follow_ups.yml",
            "topic: what",
            "topic: whom",
            "follow_ups.yml, homes, audience: there is no topic whom",
        ),
        (
            "data/follow_ups.yml",
            "baby: what",
            "bab: what",
            "follow_ups.yml, homes, audience bab: it stands in no",
        ),
        (
            "data/follow_ups.yml",
            "values: {baby: what}",
            "values: {baby: what}, after: {what: who}",
            "follow_ups.yml, homes, audience after: there is no topic who",
        ),
        (
            BEADS,
            "next: [how_long]",
            "follow_ups: {who: what}",
            "beads.yml, topic what, follow_ups: follow_ups.yml has no",
        ),
        (BEADS, "next: [how_long]", "follow_ups: {why: x}", "beads.yml, topic what, follow_ups: there is no topic x"),
        ("data/entities/body_area.yml", "like: hand", "like: arm", "entities, body_area.finger: arm is no value of it"),
        (
            "data/entities/body_area.yml",
            "like: hand",
            "within: arm",
            "entities, body_area.finger: arm is no value of it",
        ),
    ],
)
def test_a_follow_up_that_leads_nowhere_is_told(project, name, old, new, told):
    assert _broken(project, name, old, new).startswith(told)


# ---------------------------------------------------------------- the triage form


@pytest.fixture
def form(project):
    """The triage form of the real project, for the small one: it names topics and values that this one lacks."""
    read = read_yaml(DATA / "referral" / "triage.yml")
    (project.root / "data" / "referral").mkdir()
    return read


def _of_the_form(project, form):
    (project.root / "data" / "referral" / "triage.yml").write_text(yaml.safe_dump(form), encoding="utf-8")
    return [problem for problem in project.problems() if problem.startswith("triage.yml")]


def test_an_answer_that_a_rule_of_the_form_names_must_exist(project, form):
    form["rules"][0]["when"] = ["changed.nowhere"]
    (problem,) = [one for one in _of_the_form(project, form) if "nowhere" in one]
    assert "there is no answer changed.nowhere" in problem


def test_a_topic_and_a_value_that_the_form_names_must_exist(project, form):
    found = _of_the_form(project, form)
    assert "triage.yml: there is no topic find_provider, so name another." in found
    assert any(one.startswith("triage.yml, where.eyelid: eyelid is no value of body_area") for one in found)


def test_a_wording_of_the_form_stands_for_one_choice(project, form):
    form["questions"][0]["choices"][1]["alone"] = ["me"]
    (problem,) = [one for one in _of_the_form(project, form) if "wording" in one]
    assert "stands for adult too" in problem


def test_a_question_of_the_form_must_fit_every_platform(project, form):
    form["questions"][0]["explain"] = "I ask this for a good reason. " * 40
    assert any("may get" in one and "who" in one for one in _of_the_form(project, form))


def test_a_sentence_of_the_form_keeps_the_rules_for_words(project, form):
    form["rules"][0]["says"] = "This is guaranteed to go."
    assert any("is a promise" in one for one in _of_the_form(project, form))
