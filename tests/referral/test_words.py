from assistant.referral.words import split


def texts(message):
    return [word.text for word in split(message)]


def test_apostrophes_straight_curly_or_missing_give_one_form():
    assert texts("isn't isn’t isnt") == ["isnt"] * 3
    assert texts("don t") == ["dont"]
    assert texts("she's baby's twins'") == ["shes", "baby", "twins"]


def test_a_denial_in_two_words_is_one():
    assert texts("It is not, I can not, cannot, does not") == ["it", "isnt", "i", "cant", "cant", "doesnt"]


def test_not_after_a_pause_stays_a_word_of_its_own():
    assert texts("it is, not that I mind")[1:3] == ["is", "not"]


def test_stretched_words_are_shortened_but_doubled_letters_stay():
    assert texts("pusss swollen") == ["pus", "swollen"]


def test_numbers_keep_their_decimals_and_lose_their_units():
    assert texts("38.5c 38,5 3yo") == ["38.5", "c", "38.5", "3", "yo"]
    assert [word.number for word in split("two sixteen 38.5 red")] == [2, 16, 38.5, None]


def test_a_word_knows_where_it_stands_in_the_message_as_written():
    message = "Ｈｅ\u200blp… my\u00a0éye isn’t OK"
    assert [message[word.start : word.end] for word in split(message)] == ["Ｈｅ\u200blp", "my", "éye", "isn’t", "OK"]


def test_full_stops_part_sentences_and_commas_and_but_part_clauses():
    words = split("red, hot but fine. no fever")
    assert [word.sentence for word in words] == [0, 0, 0, 0, 1, 1]
    assert len({word.clause for word in words}) == 4


def test_a_message_without_words_has_none():
    assert split("") == split("?!... 🙂") == []
