"""Who is said to have said what, and by which words."""
import pytest

from helpers import attributions, language, proposals, sources, tables, voices

NAMES = sources.index(tables.frame("sources", [
    {"source_id": "port-authority", "name": "Port Authority", "aliases": "the harbour office;P.A.", "kind": "state",
     "party_to_event": "no"},
    {"source_id": "chile", "name": "Chile", "aliases": "Chilean estimates;Santiago", "kind": "state",
     "party_to_event": "yes"},
    {"source_id": "peru", "name": "Peru", "aliases": "Lima", "kind": "state", "party_to_event": "yes"},
    {"source_id": "us-government", "name": "United States", "aliases": "U.S.;US", "kind": "state",
     "party_to_event": "no"}]))


def read(text):
    """(rule, chain, type, cue, act, content) of each attribution."""
    return [(a.rule, [x.source_id for x in a.chain()], a.source_type, p.doc[slice(*a.cue)].text, a.act,
             [p.doc[slice(*c)].text for c in a.content])
            for p in language.passages(text) for a in attributions.find(p, NAMES)]


def one(text):
    found = read(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("text, rule, source, act, content", [
    ("The clerk said that the vault was empty.", "verb-clause", "~clerk", "say", "the vault was empty"),
    ("The vault was empty, the clerk said.", "verb-clause", "~clerk", "say", "The vault was empty"),
    ("Port Authority engineers allege that the pier cracked.", "verb-clause", None, "allege", "the pier cracked"),
    ("According to Chilean estimates, 90 boats sank.", "according-to", "chile", "estimate", "90 boats sank"),
    ("As the coroner noted, the bridge was unsafe.", "as-clause", "~coroner", "say", "the bridge was unsafe"),
    ("It is believed that the mill closed.", "passive", "~unnamed", "estimate", "the mill closed"),
    ("Peru denies the charge.", "verb-object", "peru", "deny", "the charge"),
    ("The firm claims to have paid every weaver.", "verb-infinitive", "~firm", "allege", "to have paid every weaver"),
    ("The reported theft of two paintings alarmed the town.", "adjective", "~unnamed", "say", None),
    ("The mayor allegedly sold the park.", "adverb", "~unnamed", "allege", None),
    ("Reports indicate that the dam failed.", "verb-clause", "~reports", "say", "the dam failed"),
    ("The allegation that the guards opened fire spread quickly.", "noun", "~allegations", "allege",
     "the guards opened fire")])
def test_each_rule_finds_its_source_and_content(text, rule, source, act, content):
    found = one(text)
    assert (found[0], found[4]) == (rule, act)
    assert source is None or found[1][-1] == source
    assert content is None or found[5] == [content]


def test_an_accusation_in_the_passive_keeps_whom_it_is_about():
    rule, chain, _, _, act, content = one("The mayor has been accused of hiding the letters.")
    assert (rule, chain, act) == ("of-phrase", ["~unnamed"], "allege")
    assert content == ["The mayor", "of hiding the letters"]


def test_sources_nest_outward_from_the_author():
    found = read("Reports indicate that officials believe that the reactor leaked.")
    assert [f[1] for f in found] == [["~reports"], ["~reports", "~officials"]]


def test_a_chain_never_grows_beyond_what_a_reader_could_follow():
    text = "The clerk said that " * 60 + "the vault was empty."
    assert max(len(chain) for _, chain, *_ in read(text)) == voices.DEEPEST


@pytest.mark.parametrize("text, source", [
    ("Marta Quist led the march. Quist said that it was calm.", "~marta-quist"),
    ("Marta Quist and Ola Quist led the march. Quist said that it was calm.", "~quist"),
    ("The Ministry of Works was silent. The ministry said that the dam held.", "~ministry-of-works"),
    ("The Ministry of Works met the Ministry of Health. The ministry said that the dam held.", "~ministry"),
    ("A ministry was silent. The ministry said that the dam held.", "~ministry")])
def test_a_short_form_is_followed_back_only_to_the_one_that_it_can_mean(text, source):
    assert read(text)[-1][1] == [source]


@pytest.mark.parametrize("text, cue, content", [
    ("The clerk declined to say whether the vault was empty.", "declined", "whether the vault was empty"),
    ("The clerk neither confirmed nor denied the theft.", "neither confirmed nor denied", "the theft"),
    ("Asked whether the vault was empty, the clerk refused to comment.", "refused", "whether the vault was empty")])
def test_a_refusal_leaves_one_thing_open_and_says_nothing(text, cue, content):
    found = one(text)
    assert found[1:] == (["~clerk"], "role", cue, "decline", [content])


def test_names_that_share_a_denial_each_make_it():
    found = read("Both Chile and Peru deny the sinking.")
    assert [(f[1], f[4], f[5]) for f in found] == [
        (["chile"], "deny", ["the sinking"]), (["peru"], "deny", ["the sinking"])]


def test_a_negated_cue_confirms_nothing():
    assert one("The clinic did not confirm that two patients had died.")[4] == "decline"
    assert one("The minister did not deny that he had met the banker.")[4] == "decline"


@pytest.mark.parametrize("text, kind", [
    ("The U.S. said that talks had begun.", "named"), ("Ana Torres said that talks had begun.", "named"),
    ("A judge said that talks had begun.", "role"), ("Officials said that talks had begun.", "collective"),
    ("Critics said that talks had begun.", "collective"), ("Reports said that talks had begun.", "unnamed"),
    ("A person familiar with the talks said that they had begun.", "unnamed")])
def test_the_kind_of_a_source_shows_in_its_words(text, kind):
    assert one(text)[2] == kind


def test_a_quotation_belongs_to_the_verb_beside_it_and_runs_on():
    found = one("“It was chaos in the ward,” recalled Ms. Ortega. “Nobody knew what to do.”")
    assert found[1] == ["~ms-ortega"] and found[5] == ["It was chaos in the ward,", "Nobody knew what to do."]


@pytest.mark.parametrize("text", ["The so called “miracle” cure failed.", "They used “smart” lamps in the “old town”.",
                                  "The dog barked.", "I think the soup is cold."])
def test_scare_quotes_and_the_author_s_own_words_are_no_attributions(text):
    assert read(text) == []


def test_she_is_resolved_only_where_one_person_was_named():
    assert read("Ana Torres left early. She said that the march was calm.")[0][1] == ["~ana-torres"]
    assert read("Ana Torres met Eva Braga. She said that the march was calm.")[0][1] == ["~she"]


@pytest.mark.parametrize("mention, head, source_id", [
    ("the U.S.", "", "us-government"), ("us", "", "~us"), ("Chile’s navy", "navy", "~chile-navy"),
    ("officials in Santiago", "officials", "chile"), ("critics of Santiago", "critics", "~critics-of-santiago"),
    ("The Harbour Office", "", "port-authority"), ("Chilean estimates", "", "chile"),
    ("Chilean miners", "", "~chilean-miners"),
    ("…", "", "~unnamed"), ("a;b > c", "", "~b-c")])
def test_a_mention_resolves_to_a_listed_source_or_to_its_own_words(mention, head, source_id):
    assert sources.resolve(mention, NAMES, head) == source_id


def test_without_a_table_every_source_is_its_own_words():
    assert sources.resolve("the U.S.", sources.index(None)) == "~us"


@pytest.mark.parametrize("text, source", [
    ("The minister said the dam was safe but accused engineers of hiding the cracks.", "~minister"),
    ("The chairwoman said talks had failed and blamed the board for the delay.", "~chairwoman"),
    ("The union said the company had lied and accused it of stalling.", "~union"),
    ("Osei said that the count was fair but warned that the boxes were open.", "~osei"),
    # It is the one whose words are reported that says the second thing, too.
    ("The mayor said the council had met and rejected the claim.", "~council"),
    ("The paper reported that the firm denied the theft but admitted a mistake.", "~firm"),
    ("The judge said that the clerk had lied and that the police accused her of theft.", "~police")])
def test_a_verb_joined_to_another_has_the_subject_that_it_shares_with_it(text, source):
    assert read(text)[-1][1][-1] == source


@pytest.mark.parametrize("text, chain", [
    ("The plant will close in May, Nordwire reported, citing a memo.", ["~nordwire", "~memo"]),
    ("Nordwire, citing two aides, reported that the plant would close.", ["~nordwire", "~two-aides"]),
    ("The paper said, quoting the governor, that the plant had closed.", ["~paper", "~governor"]),
    ("The plant will close, according to a letter obtained by Nordwire.", ["~nordwire", "~letter"]),
    ("A memo shared with Nordwire says that the plant will close.", ["~nordwire", "~memo"]),
    ("Reports quoting officials said that the plant would close.", ["~reports", "~officials"]),
    ("Officials, cited by Nordwire, said that the plant would close.", ["~nordwire", "~officials"]),
    ("Nordwire quoted the governor as saying that the plant had closed.", ["~nordwire", "~governor"]),
    ("The governor was quoted by Nordwire as saying that the plant had closed.", ["~nordwire", "~governor"])])
def test_a_relay_and_an_origin_are_told_apart(text, chain):
    assert max((found[1] for found in read(text)), key=len) == chain


@pytest.mark.parametrize("text", [
    "The clinic said it would close, citing safety concerns.", "The firm shut the plant, citing weak demand.",
    "The judge said she would resign, citing her age.", "According to a report seen as unfair, the plant will close.",
    "The lawyer said he would appeal, citing Article 5."])
def test_a_reason_that_is_cited_is_no_origin_and_who_only_sees_is_no_relay(text):
    assert "relay" not in {rule for rule, *_ in read(text)}


@pytest.mark.parametrize("text, scope", [
    ("The bridge reportedly collapsed at noon, though engineers had declared it safe.", "collapsed at noon"),
    ("The suspect reportedly fled to Riga and police searched his flat.", "fled to Riga"),
    ("The bridge reportedly collapsed because the bolts had rusted.", "collapsed because the bolts had rusted")])
def test_an_adverb_has_its_own_clause_in_scope_and_no_other(text, scope):
    found = next(f for f in read(text) if f[0] == "adverb")
    assert found[5][-1].removesuffix(" and") == scope


@pytest.mark.parametrize("text, source, kind", [
    ("Union leader Marta Oyelaran said nobody was warned.", "~union-leader-marta-oyelaran", "named"),
    ("The union leader, Marta Oyelaran, said nobody was warned.", "~marta-oyelaran", "named"),
    ("The union leader, a former nurse, said nobody was warned.", "~union-leader", "role"),
    ("The paper reported that clerk Ada Moss said nobody was warned.", "~clerk-ada-moss", "named"),
    ("Mayor Ilse Brandt was late. The mayor said nobody was warned.", "~mayor-ilse-brandt", "named"),
    ("The mayor was late. The mayor said nobody was warned.", "~mayor", "role")])
def test_a_title_neither_hides_a_name_nor_makes_one(text, source, kind):
    found = read(text)[-1]
    assert (found[1][-1], found[2]) == (source, kind)


@pytest.mark.parametrize("text, kind", [
    ("Data show that the river rose.", "none"), ("Evidence suggests that the river rose.", "none"),
    ("There is no proof that the river rose.", "none"), ("The ministry’s data show that the river rose.", "unnamed"),
    ("According to the data, the river rose.", "unnamed"), ("The memo shows that the river rose.", "unnamed"),
    ("Nobody has confirmed that the river rose.", "none"), ("A clerk has confirmed that the river rose.", "role")])
def test_data_are_a_source_only_where_they_are_somebody_s(text, kind):
    assert one(text)[2] == kind


@pytest.mark.parametrize("text, content", [
    ("„Nobody ever tested the wells“, the mayor said.", "Nobody ever tested the wells"),
    ("«Nobody ever tested the wells», said the mayor.", "Nobody ever tested the wells"),
    ("»Nobody ever tested the wells«, said the mayor.", "Nobody ever tested the wells")])
def test_the_quotation_marks_of_other_languages_are_quotation_marks(text, content):
    assert one(text)[1] == ["~mayor"] and one(text)[5] == [content]


@pytest.mark.parametrize("text, content", [
    ("TWO DEAD AFTER MARCH, OFFICIALS SAY", "two dead after march"),
    ("Three jurors bribed, prosecutor claims", "Three jurors bribed"),
    ("Forty wards without power, ministry says", "Forty wards without power")])
def test_a_headline_needs_no_verb_of_its_own(text, content):
    assert one(text)[5] == [content]


@pytest.mark.parametrize("text", ["The clinic dismissed 40 nurses.", "The court rejected the appeal.",
                                  "The union rejected the offer.", "Two doctors had been dismissed."])
def test_who_or_what_is_sent_away_is_not_denied(text):
    assert read(text) == []


@pytest.mark.parametrize("text", [
    "The maker recalled the trains after a wheel cracked.", "The firm recalled the toy because its battery caught fire.",
    "The judge observed a minute of silence after the clerk died.", "The dairy added 300 jobs when the mill reopened.",
    "The ministry maintained the bridge while it was in use.", "The clinic issued new masks.",
    "The regiment attacked the village at dawn.", "The town ordered 40 buses.", "The carrier backed the lorry into the gate.",
    "The queue at the gate speaks volumes about the shortage."])
def test_a_deed_done_to_a_thing_is_no_speech(text):
    assert proposals.propose(text).attributions.empty


@pytest.mark.parametrize("text, act", [
    ("The nurse recalled that the ward was full.", "say"), ("“The ward was full,” the nurse recalled.", "say"),
    ("The ministry maintained that the bridge was safe.", "allege"), ("The clinic issued a warning about the well.", "say"),
    ("The senator attacked the plan.", "say"), ("The court ordered the release of the clerk.", "say")])
def test_the_same_verb_reports_in_its_own_frame(text, act):
    assert list(proposals.propose(text).attributions.speech_act) == [act]


@pytest.mark.parametrize("text, chain", [
    ("“We believe that the brakes failed,” the operator said.", "author > ~operator"),
    ("“We know that the well was fouled,” said Ilse Brandt.", "author > ~ilse-brandt"),
    ("The operator said we believe that the brakes failed.", "author > ~operator > ~we")])
def test_we_in_a_quotation_is_its_speaker(text, chain):
    assert list(proposals.propose(text).claims.chain) == [chain]


@pytest.mark.parametrize("text, source, exact", [
    ("The river burst its banks overnight, flooding about 900 homes, the county's fire chief, Dana Rusk, said.", "~dana-rusk",
     "flooding about 900 homes"),
    ("The maker, Tolvane Industries, denied that the swing was unsafe.", "~tolvane-industries", "the swing was unsafe")])
def test_a_speaker_named_beside_an_office_is_that_speaker_and_no_part_of_what_is_said(text, source, exact):
    found = proposals.propose(text).claims
    assert set(found.chain) == {f"author > {source}"} and exact in set(found.exact)
