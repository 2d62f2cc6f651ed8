"""A text that is not English is said to be none, and nothing is proposed of it; a short one has the benefit of the doubt."""
import json
from types import SimpleNamespace

import pytest

from helpers import english, findings, json_lines, proposals, tables

FOREIGN = {
    "German": "Die Klinik hat am Montag mitgeteilt, dass neun Patienten an dem Fieber erkrankt sind. Nach Angaben der Behörde "
              "kam das Virus mit einem Fischerboot auf die Insel. Der Bürgermeister bestreitet, dass er davon wusste, und "
              "will erst am Freitag mit den Angehörigen reden.",
    "French": "La direction de l’usine a annoncé mardi la suppression de trois cents postes. Selon le syndicat, les machines "
              "ont déjà été vendues à un groupe étranger. Le ministre refuse de commenter cette affaire et affirme que les "
              "salariés seront reçus la semaine prochaine.",
    "Spanish": "La policía dijo que unas cuatro mil personas marcharon el domingo por el puente. Los organizadores niegan que "
               "se lanzaran piedras y acusan al alcalde de haber dado la orden. Según un informe, dos jóvenes resultaron "
               "heridos.",
    "Danish": "Retten sagde mandag at båndet var ægte og at vidnet ikke havde løjet. Forsvareren siger at der mangler sider i "
              "sagen. De to parter er enige om at vente til maj, og ministeren vil ikke sige noget om den aftale som avisen "
              "skrev om i går.",
    "Chinese": "法院周一表示，录音是真实的，证人没有撒谎。辩护律师说，案卷中缺少几页。部长拒绝回答记者的提问，并否认知道文件在五月失踪。"
               "据报道，两名职员已经被停职，调查仍在继续进行。"}
ENGLISH = ("The clinic said on Monday that nine patients had caught the fever. According to the agency, the virus came to the "
           "island with a fishing boat. The mayor denies that he knew of it and will meet the families on Friday.")


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_nothing_is_proposed_of_another_language_and_the_line_says_why(text):
    found = proposals.propose(text, "2023-06-15")
    assert not any(map(len, found))
    line = json.loads(json_lines.line("memo", text, found))
    assert line["remark"].startswith("The text is not English") and line["claims"] == []


@pytest.mark.parametrize("text", [ENGLISH, ENGLISH.upper(), "Nine ill; two wards shut", "", "Neun Kranke, zwei Tote",
                                  ENGLISH + " “Wir wussten von nichts”, sagte der Bürgermeister."])
def test_english_and_what_is_too_short_to_tell_is_read(text):
    assert english.remark(text) == ""


def test_english_news_keeps_its_claims():
    assert len(proposals.propose(ENGLISH, "2023-06-15").claims) > 3


@pytest.mark.parametrize("text, why", [(FOREIGN["German"], "The text is not English"),
                                       ("Nine ill; two wards shut", "No claim was found")])
def test_the_assessment_says_why_there_are_no_claims(tmp_path, text, why):
    (tmp_path / "text.txt").write_text(text, encoding="utf-8")
    t = {n: tables.empty(n) for n in ("claims", "comparisons", "origins", "grades", "sensitivity")}
    evidence = SimpleNamespace(statements={})
    found = findings.gaps(t, {"published": ""}, evidence, SimpleNamespace(folder=tmp_path))
    assert found[0].startswith(why)


@pytest.mark.parametrize("text", ["Die Klinik und das Amt schweigen.", "Le maire refuse de parler de la grève.",
                                  "Мэр говорит, что город спокоен."])
def test_a_short_text_with_another_languages_little_words_is_told(text):
    assert english.remark(text).startswith("The text is not English")


@pytest.mark.parametrize("foreign", ["Le maire a dit que le pont est fermé depuis lundi.", "El alcalde dijo que no hay agua.",
                                     "Der Bürgermeister wollte sich nicht äußern.", "Мэр не ответил на вопросы."])
def test_a_sentence_of_another_language_among_english_ones_is_left_out_as_such(foreign):
    text = f"The mayor said that 40 pumps failed. {foreign} Engineers found three cracks in the dam."
    found = proposals.propose(text)
    assert [c for c in found.claims.exact if c in foreign] == [] and len(found.claims) == 2
    left = {reason for exact, reason in zip(found.left_out.exact, found.left_out.reason) if exact in foreign}
    assert "not English" in left


@pytest.mark.parametrize("sentence", ["The firm La Compagnie des Eaux said that 40 pumps failed.",
                                      "The Der Abend report was wrong.", "Nobody in Los Robles was hurt."])
def test_a_foreign_name_does_not_make_a_sentence_foreign(sentence):
    assert english.foreign([sentence]) == [False]
