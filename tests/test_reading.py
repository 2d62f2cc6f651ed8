"""What a file must be to be read as a text, and what is kept of it."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import reading
from helpers.paths import InputError

NOTICE = "The plant closes in May, the board said. About 340 workers – “most of them” – may go.\n"


@pytest.fixture
def file(tmp_path):
    def write(content: bytes, name: str = "notice.txt"):
        (tmp_path / name).write_bytes(content)
        return tmp_path / name
    return write


@pytest.mark.parametrize("codec, mark, name", [
    ("utf-8", b"", "UTF-8"), ("utf-8", b"\xef\xbb\xbf", "UTF-8 with BOM"),
    ("utf-16-le", b"\xff\xfe", "UTF-16LE with BOM"), ("utf-16-be", b"\xfe\xff", "UTF-16BE with BOM"),
    ("utf-16-le", b"", "UTF-16LE"), ("utf-16-be", b"", "UTF-16BE")])
def test_the_same_text_is_read_from_every_unicode_encoding(file, codec, mark, name):
    found = reading.read(file(mark + NOTICE.encode(codec)))
    assert (found.text, found.encoding) == (NOTICE, name)


def test_only_line_ends_are_changed(file):
    text = "\u202eA trial\u200b of 40 patients\x1b[31m began.\r\nIt\rended.\u2028Nobody\x0bfell ill.\n\n"
    assert reading.read(file(text.encode())).text == text.replace("\r\n", "\n").replace("\r", "\n")
    assert reading.as_it_is(file(text.encode())) == text


def test_a_page_is_not_read_as_it_is(file):
    with pytest.raises(InputError, match="save the page's text as .txt"):
        reading.as_it_is(file(b"<p>Nobody fell ill.</p>", "page.html"))


def test_the_hash_is_of_the_bytes_as_they_lie(file):
    assert reading.read(file(b"abc")).sha256_file == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize("content, name, said", [
    (b"", "a.txt", "empty"), (b" \n\t\n", "a.txt", "empty"), (b"12, 13.\n--- 14!", "a.txt", "no sentence"),
    (b"\xef\xbb\xbf", "a.txt", "no sentence"), (b"\x7fELF\x02\x01\x00\x00\x00", "a.txt", "NUL at byte 6"),
    ("a\0b".encode("utf-16"), "a.txt", "binary"), (b"\xff\xfea", "a.txt", "says UTF-16LE with BOM but is not"),
    ("Ward".encode("utf-32"), "a.txt", "UTF-32"), (b"text", "a.pdf", "'.pdf'"), (b"text", "a", "''"),
    (b"<html><body></body></html>", "a.html", "no main content"), (b"<!--", "a.htm", "no main content")])
def test_what_is_not_a_text_is_refused_by_name_and_reason(file, content, name, said):
    with pytest.raises(InputError) as refused:
        reading.read(file(content, name))
    assert said in str(refused.value) and str(refused.value).startswith(str(file(content, name)) + ":")


def test_another_encoding_is_refused_and_named(file):
    text = "Обсерватория сообщила, что вспышка гриппа в городе пошла на убыль, врачи осторожны. " * 5
    with pytest.raises(InputError, match="not UTF-8 .byte 0.; the encoding found is cp1251"):
        reading.read(file(text.encode("cp1251")))


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    with pytest.raises(InputError, match="a folder, not a text"):
        reading.read(tmp_path)
    with pytest.raises(InputError, match="there is no such file"):
        reading.read(tmp_path / "none.txt")


def test_a_page_gives_its_main_content_the_same_each_time(file):
    paragraphs = [f"Marchers filled {place}, and the organisers counted {n} thousand of them; the police counted fewer."
                  for place, n in (("the old harbour", 12), ("both bridges", 30), ("Station Road", 7))]
    page = ("<html><head><title>March</title></head><body><nav><a href='/'>Home</a><a href='/shop'>Shop</a></nav>"
            "<article><h1>A march</h1>" + "".join(f"<p>{p}</p>" for p in paragraphs) + "</article>"
            "<script>alert('never shown')</script><footer>Imprint and cookies</footer></body></html>")
    first, second = (reading.read(file(page.encode(), "page.html")).text for _ in range(2))
    assert first == second and all(p in first for p in paragraphs)
    assert "never shown" not in first and "cookies" not in first and "Shop" not in first


def test_a_long_single_line_is_read_whole(file):
    text = "The ward was full. " * 60_000
    assert reading.read(file(text.encode())).text == text


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_one_message(tmp_path_factory, content):
    file = tmp_path_factory.mktemp("any") / "a.txt"
    file.write_bytes(content)
    try:
        found = reading.read(file)
    except InputError as refused:
        assert str(file) in str(refused)
    else:
        assert "\r" not in found.text and "\0" not in found.text and any(c.isalpha() for c in found.text)


@pytest.mark.parametrize("given, name", [
    ("My notes (2).txt", "My-notes-2"), ("../x/Größe_1.v2.md", "Größe_1.v2"), ("_-a-_.txt", "a"), ("e\u0301t.txt", "ét"),
    ("a;b>c@d'\"\x1b.txt", "a-b-c-d"), ("x" * 300 + ".txt", "x" * 100)])
def test_a_file_names_its_document(given, name):
    assert reading.document_name(given) == name


@pytest.mark.parametrize("given", ["....txt", "---.md", "\u202e.txt", "run.failed.txt"])
def test_a_file_that_can_name_no_document_is_refused(given):
    with pytest.raises(InputError, match="rename the file"):
        reading.document_name(given)


@given(st.text(max_size=150))
def test_a_document_name_never_leads_out_of_its_folder(given):
    try:
        name = reading.document_name(given.replace("\0", "") + ".txt")
    except InputError:
        return
    assert name not in (".", "..") and not set(name) & set("/\\:;<>|@ \n") and len(name) <= 100
