//! Who is meant: each rule on sentences written for it.

use super::*;

#[test]
fn names_of_one_group_are_one_actor() {
    let sample = Sample::new(
        "Fighters of [Daesh|ORG] fled. [Islamic State|ORG] and the [IS group|ORG] said so; [IS|ORG] and \
         [ISIS|ORG], the so-called [Islamic State group|ORG]. The [Taliban|ORG] and [Taleban militants|ORG] did not.",
    );
    assert_eq!(
        sample.ids(),
        [
            "islamic-state",
            "islamic-state",
            "islamic-state",
            "islamic-state",
            "islamic-state",
            "islamic-state",
            "taliban",
            "taliban"
        ]
    );
    let resolution = BOOK.resolve(sample.context(), &sample.mentions);
    let mentions: Vec<_> = resolution
        .actors
        .iter()
        .map(|a| a.mentions.clone())
        .collect();
    assert_eq!(mentions, [vec![0, 1, 2, 3, 4, 5], vec![6, 7]]);
}

#[test]
fn each_rule_says_its_name() {
    for (marked, id, rule) in [
        ("[Boko Haram|ORG] came.", "boko-haram", "book_exact"),
        ("[BOKO-HARAM|ORG] came.", "boko-haram", "book_folded"),
        ("[Boko Haram insurgents|ORG] came.", "boko-haram", "head"),
        ("the [so-called Boko Haram|ORG] came.", "boko-haram", "head"),
        (
            "[President Vladimir Putin|PERSON] came.",
            "vladimir-putin",
            "head",
        ),
        (
            "the [Jewish Forces|ORG] came.",
            "new:organization:jewish-forces",
            "new_full_name",
        ),
        (
            "[Lina Haddad-Noor|PERSON] came.",
            "new:person:lina-haddad-noor",
            "new_full_name",
        ),
        (
            "the [Harbour Pilots Guild|ORG] came.",
            "new:organization:harbour-pilots-guild",
            "new_full_name",
        ),
        ("[Haddad|PERSON] came.", "-", "single_name"),
        ("[Special Forces|ORG] came.", "-", "generic"),
        ("[local officials|ORG] came.", "-", "generic"),
        ("They came to [Smalltown|LOC].", "-", "not_an_actor"),
        ("the [Battle of Smalltown|EVENT].", "-", "not_an_actor"),
        ("[ALP|ORG] officers came.", "-", "no_cue"),
    ] {
        let rows = resolved(marked);
        let (_, found, why) = rows.first().expect("one mention");
        assert_eq!((found.as_str(), *why), (id, rule), "{marked}");
    }
}

#[test]
fn definitions_come_before_the_book() {
    let rows =
        resolved("The [Afghan Local Police|ORG] ([ALP|ORG]) fled. Later the [ALP|ORG] came back.");
    let ids: Vec<_> = rows
        .iter()
        .map(|(_, id, rule)| (id.as_str(), *rule))
        .collect();
    assert_eq!(
        ids,
        [
            ("afghan-local-police", "book_exact"),
            ("afghan-local-police", "definition"),
            ("afghan-local-police", "definition")
        ]
    );
    let rows = resolved("The [Alliance of Lake Pilots|ORG] ([ALP|ORG]) met; the [ALP|ORG] voted.");
    let ids: HashSet<_> = rows.iter().map(|(_, id, _)| id.as_str()).collect();
    assert_eq!(
        ids,
        HashSet::from(["new:organization:alliance-of-lake-pilots"])
    );
    let rows = resolved(
        "the [Taliban|ORG], also known as the [Seekers|ORG], spoke. The [Seekers|ORG] left.",
    );
    assert!(rows.iter().all(|(_, id, _)| id == "taliban"), "{rows:?}");
    let rows = resolved(
        "[Dawlatis|ORG], the Arabic acronym for [IS|ORG], left. Then [Dawlatis|ORG] came back.",
    );
    assert!(
        rows.iter().all(|(_, id, _)| id == "islamic-state"),
        "{rows:?}"
    );
}

#[test]
fn the_evidence_is_in_the_text() {
    let sample = Sample::new(
        "The [Harbour Pilots Guild|ORG] ([HPG|ORG]) met, [Omar Saleh|PERSON] said. [Saleh|PERSON] leads the [HPG|ORG].",
    );
    let resolution = BOOK.resolve(sample.context(), &sample.mentions);
    let proofs: Vec<_> = resolution
        .mentions
        .iter()
        .map(|m| m.evidence.map(|span| sample.text.slice(span)))
        .collect();
    assert_eq!(
        proofs,
        [
            None,
            Some("Harbour Pilots Guild (HPG)"),
            None,
            Some("Omar Saleh"),
            Some("Harbour Pilots Guild (HPG)")
        ]
    );
}

#[test]
fn a_cue_decides_between_namesakes() {
    let of = |marked: &str| {
        resolved(marked)
            .pop()
            .map(|(_, id, rule)| (id, rule))
            .expect("a mention")
    };
    assert_eq!(of("A fire broke out, [AFP|ORG]").0, "afp");
    assert_eq!(
        of("The [Australian Federal Police|ORG] came. So said the [AFP|ORG]").0,
        "australian-federal-police"
    );
    assert_eq!(
        of("In [Afghanistan|LOC] the [ALP|ORG]").0,
        "afghan-local-police"
    );
    assert_eq!(
        of("In [Kinshasa|LOC] a [Congolese|NORP]").0,
        "nationality-democratic-republic-of-the-congo"
    );
}

#[test]
fn surnames_follow_their_full_name() {
    let rows = resolved(
        "[Omar Karimi|PERSON] spoke. [Karimi|PERSON] left. General [Lina Noor Karimi|PERSON] came; \
         Gen. [Karimi|PERSON] stayed. [Noor Rahman|PERSON] and [Noor Saleh|PERSON] met [Noor|PERSON] and [Saleh|PERSON].",
    );
    let ids: Vec<_> = rows
        .iter()
        .map(|(_, id, _)| id.trim_start_matches("new:person:"))
        .collect();
    assert_eq!(
        ids,
        [
            "omar-karimi",
            "omar-karimi",
            "lina-noor-karimi",
            "lina-noor-karimi",
            "noor-rahman",
            "noor-saleh",
            "-",
            "noor-saleh"
        ]
    );
    assert_eq!(rows.get(6).map(|row| row.2), Some("ambiguous"));
}

#[test]
fn a_namesake_in_the_article_comes_before_the_book() {
    assert_eq!(
        resolved("[Anna Putin|PERSON] sang. [Putin|PERSON] won.")
            .pop()
            .expect("two")
            .1,
        "new:person:anna-putin"
    );
    assert_eq!(
        resolved("[Vladimir Putin|PERSON] spoke. [Putin|PERSON] won.")
            .pop()
            .expect("two")
            .1,
        "vladimir-putin"
    );
    assert_eq!(
        resolved("[Putin|PERSON] won.").pop().expect("one").1,
        "vladimir-putin"
    );
    assert_eq!(
        resolved("[Trump|PERSON] won.").pop().expect("one").1,
        "donald-trump"
    );
}

#[test]
fn a_person_is_only_ever_a_person() {
    for marked in [
        "[Chad|PERSON] sang.",
        "[Georgia|PERSON] sang.",
        "[Dawn|PERSON] sang.",
        "[Jordan|PERSON] sang.",
    ] {
        assert_eq!(Sample::new(marked).ids(), ["-"], "{marked}");
    }
    assert_eq!(
        Sample::new("in [Chad|LOC] and [Jordan|LOC], [Dawn|ORG] says").ids(),
        ["chad", "jordan", "dawn"]
    );
}

#[test]
fn nobody_is_named_before_he_exists() {
    let early = Sample::new("the [TTP|ORG] and [Tehrik-i-Taliban|ORG]").in_year(1999);
    assert!(
        early
            .resolved()
            .iter()
            .all(|(_, id, rule)| id == "-" && *rule == "refused_date")
    );
    assert_eq!(Sample::new("the [TTP|ORG]").ids(), ["ttp"]);
    assert_eq!(
        Sample::new("[Zaire|LOC]").in_year(1990).ids(),
        ["democratic-republic-of-the-congo"]
    );
    assert_eq!(Sample::new("[Zaire|LOC]").in_year(2010).ids(), ["-"]);
    // What is gone can still be named.
    assert_eq!(
        Sample::new("the [Soviet Union|LOC]").ids(),
        ["soviet-union"]
    );
}

#[test]
fn believers_and_peoples_are_no_armed_groups() {
    let rows = resolved(
        "Most of them were [Shias|NORP], an [Afghan|NORP] said; [Hazaras|NORP] fled the [US|LOC]-led army.",
    );
    let ids: Vec<_> = rows.iter().map(|row| row.1.as_str()).collect();
    assert_eq!(
        ids,
        [
            "shia-islam",
            "nationality-afghanistan",
            "people-hazara",
            "united-states"
        ]
    );
}

#[test]
fn well_known_names_are_known() {
    for (marked, id) in [
        ("[WSJ|ORG]", "wall-street-journal"),
        ("[The Wall Street Journal|ORG]", "wall-street-journal"),
        ("the [US State Department|ORG]", "us-state-department"),
        ("the [State Department’s|ORG] office", "us-state-department"),
        ("[Al Qaeda|ORG]", "al-qaeda"),
        ("[al-Qa‘ida|ORG]", "al-qaeda"),
        ("[Muammar Qaddafi|PERSON]", "muammar-gaddafi"),
        ("[U.N. Security Council|ORG]", "un-security-council"),
        ("[Kabul|LOC]", "kabul-city"),
    ] {
        assert_eq!(Sample::new(marked).ids(), [id], "{marked}");
    }
    let kabul = Sample::new("[Kabul|LOC]");
    let resolution = BOOK.resolve(kabul.context(), &kabul.mentions);
    assert_eq!(
        resolution.actors.first().map(|a| a.kind.as_ref()),
        Some("region")
    );
}
