"""The same thing in two lists: by its id, else by what it says, else by its title."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import indicator as built
from diplan.plan import pairing
from diplan.plan.pairing import by_time, counterpart, pairs


def indicator(**keys: Any) -> Any:
    """An indicator without a target."""
    return built(target={"kind": "none"}, **keys)


def ids(old: list[Any], new: list[Any]) -> list[tuple[str | None, str | None]]:
    """The pairs by their ids."""
    return [(one and one.id, other and other.id) for one, other in pairs(old, new)]


def things(names: str) -> list[Any]:
    """Indicators: the letter is the id, and the title is that letter, large."""
    return [indicator(id=name, title=name.upper()) for name in names]


def test_ids_come_first_and_what_is_gone_last() -> None:
    """The pairs stand in the new order."""
    assert ids(things("abc"), things("dca")) == [
        (None, "d"),
        ("c", "c"),
        ("a", "a"),
        ("b", None),
    ]


def test_another_id_is_another_name() -> None:
    """What is alike in all but the id is the same, before what only has the same title."""
    one, other = things("ab")
    changed = replace(one, id="x", unit="other")
    same = replace(one, id="y")

    assert ids([one, other], [changed, same]) == [(None, "x"), ("a", "y"), ("b", None)]
    assert ids([one, other], [changed]) == [("a", "x"), ("b", None)]
    assert counterpart([one], [same], "y") is one
    assert counterpart([one], [same], "a") is None
    assert counterpart([one, other], [other, same], "y") is one
    assert counterpart([one, other], [changed, other], "b") is other


def test_nothing_stands_for_two() -> None:
    """Two new things that look like one old thing are one that was renamed and one that came."""
    (one,) = things("a")

    assert ids([one], [replace(one, id="x"), replace(one, id="y")]) == [("a", "x"), (None, "y")]


def test_numbers_are_compared_as_numbers() -> None:
    """A figure that is written in another way says the same, but another figure does not."""
    old = indicator(id="a", observations=[{"period": "2018", "value": "10"}])
    new = indicator(id="b", title="B", observations=[{"period": "2018", "value": "10.0"}])
    other = indicator(id="c", title="C", observations=[{"period": "2018", "value": "11"}])

    assert ids([replace(old, title="B")], [new]) == [("a", "b")]
    assert pairing.content(old) == pairing.content(replace(new, title=old.title))
    assert pairing.content(old) != pairing.content(replace(other, title=old.title))


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.sampled_from("abcdef")))
def test_everything_is_in_one_pair(old: list[str], new: list[str]) -> None:
    """Each thing of both lists is in a pair, whatever the lists."""
    made = pairs(things("".join(old)), things("".join(dict.fromkeys(new))))

    assert sorted(one.id for one, _ in made if one) == sorted(old)
    assert [other.id for _, other in made if other] == list(dict.fromkeys(new))


def test_the_work_grows_with_the_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every id is another one, each thing is looked at once and compared with one."""
    old = [indicator(id=f"old-{at}", baseline={"value": str(at)}) for at in range(300)]
    new = [replace(entity, id=entity.id.replace("old", "new")) for entity in old]
    looked_at: list[Any] = []
    content = pairing.content

    def counted(one: Any) -> Any:
        looked_at.append(one)
        return content(one)

    monkeypatch.setattr(pairing, "content", counted)
    monkeypatch.setattr(type(old[0]), "__eq__", lambda *_: pytest.fail("compared one by one"))

    assert all(one.baseline is other.baseline for one, other in pairs(old, new))
    assert len(looked_at) == 600


def test_dated_items_meet_by_their_period() -> None:
    """What both lists have comes in the old order, and then what only the new one has."""
    old = indicator(observations=[{"period": year, "value": 1} for year in (2016, 2018, 2017)])
    new = indicator(observations=[{"period": year, "value": 1} for year in (2017, 2019, 2016)])

    assert list(by_time(old.observations, new.observations)) == [
        ("2016", 0, 2),
        ("2018", 1, None),
        ("2017", 2, 0),
        ("2019", None, 1),
    ]
