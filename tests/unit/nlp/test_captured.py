"""Are those who were captured captured, whatever may be done with them?"""

from datetime import UTC, datetime
from functools import partial

import pytest

from .readers import positions

read = partial(positions, "en", day=datetime(2025, 1, 13, tzinfo=UTC))


@pytest.mark.parametrize("learned", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "Kyiv is ready to hand over captured North Korean soldiers to Kim if he can arrange an exchange with Russia.",
        "Ukraine may exchange captured North Korean soldiers for its own prisoners in Russia, Zelensky said.",
        "Ukraine could send the two captured North Korean soldiers to South Korea after the war with Russia.",
    ],
)
def test_what_may_become_of_the_captured_makes_no_fear_of_their_capture(text: str, learned: bool) -> None:
    assert ("pyongyang-war", "feared") not in read("Prisoners", text, learned=learned)


@pytest.mark.parametrize("learned", [True, False])
def test_what_may_happen_yet_is_feared(learned: bool) -> None:
    found = read("Kursk", "More North Korean soldiers could be captured in Kursk, Zelensky said.", learned=learned)
    assert ("pyongyang-war", "feared") in found


@pytest.mark.parametrize("learned", [True, False])
def test_the_captured_that_are_shown_have_fought(learned: bool) -> None:
    found = read("Kursk", "Zelensky showed two captured North Korean soldiers in Kursk.", learned=learned)
    assert ("pyongyang-war", "fighting") in found


def test_measures_that_are_called_phased_are_to_come() -> None:
    text = (
        "A senior official at the presidential office said that Seoul would take phased measures depending on the level"
        " of military cooperation, beginning with weapons for defence and possibly moving on to weapons for attack."
    )
    found = read("South Korea may send arms to Ukraine in response to North's troops", text)
    assert ("seoul-arms", "conditional") in found
    assert ("seoul-arms", "reviewing") not in found
