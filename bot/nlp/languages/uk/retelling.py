"""How do Ukrainian newsrooms mark what is told again?

Refuses to do: what follows from it is decided elsewhere.
"""

from __future__ import annotations

import re

from bot.nlp.retelling import Retelling

_NOW = r"(?! (?:сьогодні|вдень|вранці|ввечері|[ву] (?:понеділок|вівторок|середу|четвер|п.ятницю|суботу|неділю)))"
_MONTHS = "січ лют берез квіт трав черв лип серп верес жовт листопад груд".split()
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})[а-яіїє]{{1,3}}"

RETELLING = Retelling(
    opening=re.compile(
        rf"(?:Раніше{_NOW}|Нагадаємо|Нагадуємо|Торік|Минулого року|У минулому році|Рік тому"
        r"|(?:Два|Три|Чотири|П.ять|\d+) (?:роки|років) тому)\b"
    ),
    dated=re.compile(
        rf"(?:(?:[ВУ] (?:на початку |наприкінці )?|Наприкінці |На початку )|\d+ ){_MONTH} (?P<year>20\d\d) року?\b",
        re.IGNORECASE,
    ),
    months=_MONTHS,
    corrected=re.compile(
        r"(?:попередній|первісній|початковій|першій|ранній) (?:версії|редакції) "
        r"(?:цієї |цього |даного )?(?:статті|новини|матеріалу|повідомлення|тексту|замітки)"
        r"|(?:[ву] новині|[ву] статті|[ву] матеріалі|[ву] тексті|[ву] заголовку) помилково",
        re.IGNORECASE,
    ),
)
