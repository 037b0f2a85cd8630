"""Are letters read right, whatever the declarations say?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchers.charsets import decode

RUSSIAN = "Сеул рассматривает поставки вооружений Украине, заявили в администрации президента. " * 4
UKRAINIAN = "Південна Корея розглядає постачання зброї Україні, повідомив речник уряду. " * 4
KOREAN = "정부는 우크라이나에 대한 살상무기 지원을 검토하고 있다고 대통령실 관계자가 밝혔다. " * 4
ENGLISH = "Seoul’s café – “reviewing” arms, it said. " * 4


def xml(text: str, declared: str) -> str:
    return f'<?xml version="1.0" encoding="{declared}"?><rss><channel><title>{text}</title></channel></rss>'


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (RUSSIAN, "utf-8"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (UKRAINIAN, "koi8-u"),
        (KOREAN, "euc-kr"),
        (KOREAN, "utf-16"),
        (ENGLISH, "windows-1252"),
    ],
)
def test_declared_charset_is_believed_when_it_is_true(text, charset):
    assert text in decode(xml(text, charset).encode(charset))


@pytest.mark.parametrize(
    "meta",
    ['<meta charset="{}">', '<META http-equiv="Content-Type" content="text/html; charset={}">', "<meta charset={}/>"],
)
@pytest.mark.parametrize(("text", "charset"), [("Заявления", "windows-1251"), ("Їжак, єдність, ґанок", "koi8-u")])
def test_what_a_page_says_of_its_letters_is_believed_where_few_of_them_tell(text, charset, meta):
    rows = f"<table><tr><td><a href='/n/1'>{text}</a></td></tr></table>" * 5
    page = f"<!DOCTYPE html><html><head>{meta.format(charset)}<title>{text}</title></head><body>{rows}</body></html>"
    assert text in decode(page.encode(charset), "text/html")


def test_a_page_that_lies_about_its_letters_is_repaired():
    page = f'<!DOCTYPE html><html><head><meta charset="iso-8859-1"></head><body>{KOREAN}</body></html>'
    assert KOREAN in decode(page.encode("cp949"), "text/html")


@pytest.mark.parametrize(
    ("text", "real", "declared", "header"),
    [
        (RUSSIAN, "utf-8", "windows-1251", ""),
        (RUSSIAN, "utf-8", "iso-8859-1", "text/xml; charset=ISO-8859-1"),
        (RUSSIAN, "windows-1251", "utf-8", "text/xml; charset=utf-8"),
        (RUSSIAN, "windows-1251", "iso-8859-1", ""),
        (UKRAINIAN, "windows-1251", "utf-8", ""),
        (RUSSIAN, "koi8-r", "utf-8", ""),
        (KOREAN, "cp949", "utf-8", "text/xml"),
        (KOREAN, "cp949", "iso-8859-1", ""),
        (RUSSIAN, "windows-1251", "utf-16", ""),
        (RUSSIAN + "!", "windows-1251", "utf-16", ""),
        (RUSSIAN, "windows-1251", "unicode_escape", "text/xml; charset=idna"),
        (KOREAN, "cp949", "no-such-charset", "text/xml; charset=also-none"),
        (ENGLISH, "windows-1252", "utf-8", ""),
        (ENGLISH, "windows-1252", "us-ascii", ""),
        (RUSSIAN, "windows-1251", "windows-1251", "text/xml; charset=iso-8859-1"),
        (RUSSIAN, "windows-1251", "utf-8", "text/xml; charset=windows-1251"),
    ],
)
def test_lying_charset_is_repaired(text, real, declared, header):
    assert text in decode(xml(text, declared).encode(real), header)


def test_one_broken_character_does_not_cost_the_others():
    body = xml(RUSSIAN, "utf-8").encode()
    cut = body.replace("Сеул".encode(), "Сеул".encode()[:-1], 1)
    assert "рассматривает поставки вооружений" in decode(cut)


@pytest.mark.parametrize("behind", ["", "...", " (계속)", "]]>"])
@pytest.mark.parametrize("items", [1, 30])
@pytest.mark.parametrize(
    ("declared", "header"),
    [("euc-kr", "text/xml"), ("ks_c_5601-1987", ""), ("utf-8", "x; charset=euc-kr"), ("euc-kr", "charset=utf-8")],
)
def test_a_lead_that_is_cut_within_a_letter_costs_that_letter_alone(declared, header, items, behind):
    """So do boards cut that count bytes: half of a Hangul letter stays."""
    rows = xml("".join(f"<item><title>{KOREAN}</title><d>{KOREAN}@{behind}</d></item>" for _ in range(items)), declared)
    body = rows.encode("cp949").replace(b"@", "나".encode("cp949")[:1])
    text = decode(body, header)
    assert text.count(KOREAN) == 2 * items
    assert behind in text


def test_marks_and_blanks_before_the_declaration_are_dropped():
    assert decode(b"\xef\xbb\xbf\r\n <?xml?><a/>") == "<?xml?><a/>"
    assert decode("\ufeff<a/>".encode("utf-16-be")) == "<a/>"


@given(st.binary(max_size=400), st.text(max_size=30))
def test_no_bytes_make_it_stumble(body, header):
    decode(body, header).encode()


@given(st.text(max_size=200))
def test_utf8_is_never_mistaken(text):
    body = f"<a>{text}</a>"
    kept = "".join(c for c in body if c >= " " or c in "\t\r\n").translate({0xFFFE: None, 0xFFFF: None})
    assert decode(body.encode(), "text/xml; charset=koi8-r") == kept


def test_a_broken_letter_of_a_page_in_utf_8_brings_back_no_charset_that_it_once_had():
    page = f'<!DOCTYPE html><html><head><meta charset="windows-1251"></head><body>{"Заявления. " * 30}</body></html>'
    broken = page.encode().replace("З".encode(), b"\xd0", 1)
    assert "Заявления" in decode(broken, "text/html; charset=utf-8")
