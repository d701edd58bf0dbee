import pytest

from assistant.guide import load
from assistant.guide.library import BrokenContent


def test_topics_are_known_with_their_kind_and_their_file(guide):
    assert set(guide.topics) == {"what", "how_long", "hello", "other_language"}
    assert guide.kinds["what"] == "guide"
    assert guide.kinds["hello"] == "conversation"
    assert guide.families["hello"] == "talk"


def test_the_assistants_own_sentences_are_no_topics(guide):
    assert guide.system["greeting"] == "Hello."


def test_sources_and_lexicons_are_found_by_name(guide):
    assert guide.sources["s1"].publisher == "Thread"
    assert set(guide.lexicons) == {"audience", "body_area"}


def test_a_phrase_is_turned_into_the_value_that_it_stands_for(guide):
    assert guide.canonical("audience", "newborn") == "baby"
    assert guide.canonical("audience", "BABY") == "baby"


def test_a_phrase_that_no_lexicon_knows_stays_as_it_is(guide):
    assert guide.canonical("audience", "grandmother") == "grandmother"
    assert guide.canonical("ingredient", "Lanolin") == "Lanolin"


def test_a_value_is_headed_in_the_words_of_its_lexicon(guide):
    assert guide.says("audience", "child") == "For a child"


def test_content_is_read_once(project):
    assert project.guide() is project.guide()


def test_a_topic_in_two_files_is_refused_with_both_names(project):
    project.break_("data/guide/talk.yml", "id: hello", "id: what")
    with pytest.raises(BrokenContent, match=r"talk\.yml: the topic what stands in beads already"):
        project.guide()


def test_a_file_that_does_not_fit_is_refused_with_its_name_and_the_place(project):
    project.break_("data/guide/beads.yml", "simple: It lasts long.", "simpel: It lasts long.")
    with pytest.raises(BrokenContent, match=r"beads\.yml: .*topics -> 1 -> simpel"):
        _whole(project)


@pytest.mark.parametrize("name", ["sources.yml", "entities/audience.yml", "guide/system.yml"])
def test_each_kind_of_file_is_held_to_its_schema(project, name):
    (project.root / "data" / name).write_text("- [1]\n")
    with pytest.raises(BrokenContent, match=name.split("/")[-1]):
        project.guide()


def test_the_projects_own_content_loads():
    assert load().topics


def _whole(project):
    try:
        project.guide()
    except BrokenContent as error:
        raise BrokenContent(" ".join(str(error).split())) from error
