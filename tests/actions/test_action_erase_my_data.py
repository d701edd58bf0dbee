from __future__ import annotations

from actions.action_erase_my_data import ActionEraseMyData
from tests.actions.action_test_helper import run


def test_it_asks_the_turn_to_erase() -> None:
    assert run(ActionEraseMyData(), "erase_my_data", "delete my chat").effect == "erase"


def test_it_says_what_happens() -> None:
    assert run(ActionEraseMyData(), "erase_my_data").topics == ["erase_my_data"]


def test_nothing_is_erased_where_an_emergency_is_told() -> None:
    said = run(ActionEraseMyData(), "erase_my_data", "delete my chat, my throat is swelling and I can't breathe")
    assert said.urgency == "emergency"
    assert said.effect is None
