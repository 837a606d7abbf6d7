//! What mending makes of a tagger's mentions.

use super::*;
use EntityType::{Loc, Norp, Org, Person};

#[test]
fn names_in_pieces_are_made_whole() {
    assert_eq!(
        mended(
            "the [Islamic|LOC] [State|ORG] hit the [Afghan|NORP] [Local Police|ORG] and the [US|LOC] [State Department|ORG]"
        ),
        typed([
            ("Islamic State", Org),
            ("Afghan Local Police", Org),
            ("US State Department", Org)
        ])
    );
    assert_eq!(
        mended("[Taliban and Daesh|ORG] met"),
        typed([("Taliban", Org), ("Daesh", Org)])
    );
}

#[test]
fn a_definition_is_two_mentions() {
    assert_eq!(
        mended("[Islamic State (IS)|ORG] said"),
        typed([("Islamic State", Org), ("IS", Org)])
    );
    assert_eq!(
        mended("the [Harbour Pilots Guild|ORG] (HPG) met. The HPG voted."),
        typed([("Harbour Pilots Guild", Org), ("HPG", Org), ("HPG", Org)])
    );
}

#[test]
fn an_owner_that_the_book_knows_is_a_name_of_its_own() {
    assert_eq!(
        mended("[Bangladesh's Rapid Action Battalion|ORG] and [Yemen’s 3rd Brigade|ORG]"),
        typed([
            ("Bangladesh", Loc),
            ("Rapid Action Battalion", Org),
            ("Yemen", Loc),
            ("3rd Brigade", Org)
        ])
    );
    for whole in ["Lord's Resistance Army", "Lloyd's Register"] {
        assert_eq!(mended(&format!("[{whole}|ORG] met")), typed([(whole, Org)]));
    }
}

#[test]
fn an_article_or_a_year_alone_opens_the_name_behind_it() {
    for (marked, name, kind) in [
        (
            "for the [2023|EVENT] [Dune Cup|EVENT] today",
            "2023 Dune Cup",
            EntityType::Event,
        ),
        (
            "in [The|ORG] [Quill Herald|ORG] today",
            "The Quill Herald",
            Org,
        ),
        ("So [A|ORG] [Quill Herald|LOC] fell", "Quill Herald", Loc),
    ] {
        assert_eq!(mended(marked), typed([(name, kind)]), "{marked}");
    }
    let apart = mended("in [1984|MISC], [Dune Cup|MISC] and");
    assert_eq!(apart.len(), 2, "a book of that name");
}

#[test]
fn what_is_no_name_by_itself_is_left_off() {
    for (marked, name, kind) in [
        (
            "the [Quill Council of|ORG] [Harrow|LOC?]",
            "Quill Council",
            Org,
        ),
        ("the [JD(S|ORG]) and", "JD(S)", Org),
        ("near [eastern|LOC] [Harrow|LOC] today", "Harrow", Loc),
    ] {
        assert_eq!(mended(marked)[..1], typed([(name, kind)]), "{marked}");
    }
}

#[test]
fn a_country_or_a_leader_is_no_organisation() {
    assert_eq!(mended("[Turkey|ORG] says so."), typed([("Turkey", Loc)]));
    assert_eq!(
        mended("[US Congress|ORG] says so."),
        typed([("US Congress", Org)])
    );
}

#[test]
fn parts_of_titles_are_no_names() {
    for (marked, name) in [
        (
            "[Prime|PERSON] Minister [Anna Vries|PERSON] left.",
            "Anna Vries",
        ),
        (
            "Secretary of [State|ORG] [Anna Vries|PERSON] left.",
            "Anna Vries",
        ),
    ] {
        assert_eq!(mended(marked), typed([(name, Person)]), "{marked}");
    }
    let king = mended("[King|PERSON] said that [Prime|ORG] Inc. left.");
    assert_eq!(king, typed([("King", Person), ("Prime", Org)]));
}

#[test]
fn a_code_of_the_book_is_no_surname() {
    let rows = resolved("[Anna Li|PERSON] spoke. Then [Li|PERSON] left.");
    assert_eq!(
        (rows[1].1.as_str(), rows[1].2),
        ("new:person:anna-li", "name_chain")
    );
}

#[test]
fn larger_names_stay() {
    for (marked, name, kind) in [
        ("[Islamic State Bank|ORG] closed", "Islamic State Bank", Org),
        ("the [Bank of America|ORG] closed", "Bank of America", Org),
        ("[Israel Ortiz|PERSON] sang", "Israel Ortiz", Person),
        ("in [east Jerusalem|LOC] today", "east Jerusalem", Loc),
        ("on [BBC Africa|ORG] today", "BBC Africa", Org),
        ("in [Nairobi, Kenya|LOC] today", "Nairobi, Kenya", Loc),
        ("the [Afghan forces|ORG] left", "Afghan forces", Org),
        ("[King Salman|PERSON] left", "King Salman", Person),
        (
            "an app of [Twitter|PRODUCT] failed",
            "Twitter",
            EntityType::Product,
        ),
        (
            "the [Islamic|NORP] [State Bank|ORG] closed",
            "Islamic State Bank",
            Org,
        ),
    ] {
        assert_eq!(mended(marked), typed([(name, kind)]), "{marked}");
    }
    for plain in [
        "The Islamic State Bank closed.",
        "in the Afghanistan Times today",
        "the Bank of Pakistan",
        "in the Nigeria Herald",
    ] {
        assert_eq!(mended(plain), [], "{plain}");
    }
    assert_eq!(
        mended("the [United States Senate|ORG] met"),
        typed([("United States Senate", Org)])
    );
}

#[test]
fn missed_names_are_added_below_certainty() {
    let sample = Sample::new(
        "They said Daesh, the WSJ and Al Qaeda did; Donald Trump and Afghan soldiers did not.",
    );
    let mentions = BOOK.mend(sample.context(), Vec::new());
    assert!(mentions.iter().all(|m| m.score == BOOK_SCORE));
    assert_eq!(
        sample.mended(),
        typed([
            ("Daesh", Org),
            ("WSJ", Org),
            ("Al Qaeda", Org),
            ("Donald Trump", Person),
            ("Afghan", Norp)
        ])
    );
}

#[test]
fn everyday_words_are_not_added() {
    for plain in [
        "Chad and Georgia ate turkey with Jordan at dawn.",
        "It is an islamic state of mind.",
        "Give us a sign. It is done.",
        "IS the government ready? This IS the end.",
        "THE ARMY AND US FORCES SAY IT IS OVER",
        "She reads Time and the Guardian.",
        "WHO is that?",
        "It costs US$5 or US $7 at https://example.com/Russia/today and @Reuters says #Iran",
    ] {
        assert_eq!(mended(plain), [], "{plain}");
    }
}

#[test]
fn is_and_us_are_names_in_capitals_only() {
    assert_eq!(
        mended(
            "They accuse IS of it, as US officials and WHO doctors say. It is so, they told us."
        ),
        typed([("IS", Org), ("US", Loc), ("WHO", Org)])
    );
    assert_eq!(
        mended("[IS|ORG] CLAIMS ATTACK AS [US|LOC] TROOPS LEAVE"),
        typed([("US", Loc)])
    );
    assert_eq!(
        mended("[IS|ORG] the government ready? It [is|ORG] not, they told [us|LOC]"),
        []
    );
}

#[test]
fn types_are_the_books() {
    assert_eq!(
        mended("[Daesh|LOC], [Daesh|PERSON] and [Taliban|NORP] in [Afghanistan|ORG]"),
        typed([
            ("Daesh", Org),
            ("Daesh", Org),
            ("Taliban", Org),
            ("Afghanistan", Loc)
        ])
    );
}

#[test]
fn a_name_has_one_type_in_an_article() {
    assert_eq!(
        mended("[Zubrowka|LOC] won. [Zubrowka|ORG] lost. [Zubrowka|ORG] won."),
        typed([("Zubrowka", Org), ("Zubrowka", Org), ("Zubrowka", Org)])
    );
    assert_eq!(
        mended("[Omar Zubrowka|PERSON] won. [Zubrowka|ORG?] lost."),
        typed([("Omar Zubrowka", Person), ("Zubrowka", Person)])
    );
}

#[test]
fn edges_are_trimmed() {
    assert_eq!(
        mended("in [the Zubrowka's|LOC] [US-backed|LOC] army, [the IS group's|ORG] men"),
        typed([("Zubrowka", Loc), ("US", Loc), ("IS", Org)])
    );
}

#[test]
fn mending_and_resolving_tell_a_story() {
    assert_eq!(
        both(
            "HILLTOWN: The [Islamic|LOC] [State|ORG] (IS) group took two villages, [Karim Wardak|PERSON], a spokesman, told AFP. \
             [Wardak|ORG?] said Daesh-linked men and [Taliban|NORP] fighters met [US|LOC]-backed troops.",
        ),
        owned([
            ("Islamic State", "islamic-state"),
            ("IS", "islamic-state"),
            ("Karim Wardak", "new:person:karim-wardak"),
            ("AFP", "afp"),
            ("Wardak", "new:person:karim-wardak"),
            ("Daesh", "islamic-state"),
            ("Taliban", "taliban"),
            ("US", "united-states"),
        ])
    );
}

#[test]
fn a_demonym_grows_to_the_body_that_it_begins() {
    for (marked, grown) in [
        ("the [Kenyan|NORP] navy left", "Kenyan navy"),
        (
            "the [Kenyan|NORP] foreign ministry left",
            "Kenyan foreign ministry",
        ),
        ("a [Togolese|NORP] police officer left", "Togolese police"),
        ("the [US|LOC] military left", "US military"),
        (
            "the [Bolivian|NORP] [interior ministry|ORG] left",
            "Bolivian interior ministry",
        ),
    ] {
        assert_eq!(mended(marked), typed([(grown, Org)]), "{marked}");
    }
    for (marked, name, kind) in [
        ("the [Kenyan|NORP] soldiers left", "Kenyan", Norp),
        ("[Kenyan|NORP] security forces left", "Kenyan", Norp),
        ("[Kenyan|NORP] customs are many", "Kenyan", Norp),
        ("the [Kenyan|NORP], police said", "Kenyan", Norp),
        ("in [Kenya|LOC] police said", "Kenya", Loc),
        ("the [Islamist|NORP] government left", "Islamist", Norp),
    ] {
        assert_eq!(mended(marked), typed([(name, kind)]), "{marked}");
    }
}

#[test]
fn a_rank_makes_a_person() {
    assert_eq!(
        mended("[Lieutenant Kambale|ORG] fell. [Kambale|ORG?] was 30."),
        typed([("Kambale", Person), ("Kambale", Person)])
    );
    assert_eq!(
        mended("Colonel [Kambale|ORG] fell."),
        typed([("Kambale", Person)])
    );
    for (marked, name) in [
        ("[General Motors|ORG] fell.", "General Motors"),
        ("Col. [Hezbollah|ORG] fell.", "Hezbollah"),
        (
            "[Captain Reed Foundation|ORG] fell.",
            "Captain Reed Foundation",
        ),
    ] {
        assert_eq!(mended(marked), typed([(name, Org)]), "{marked}");
    }
}

#[test]
fn what_opens_a_dateline_is_a_place() {
    let marked = "[QUILLMERE|PERSON], 4 May - [Omar Quill|PERSON] left [Quillmere|LOC].";
    let found = Sample::new(marked).with_dateline().mended();
    assert_eq!(
        found,
        typed([
            ("QUILLMERE", Loc),
            ("Omar Quill", Person),
            ("Quillmere", Loc)
        ])
    );
    assert_eq!(
        Sample::new("[NATO|ORG] - the men left.")
            .with_dateline()
            .mended(),
        typed([("NATO", Org)])
    );
}
