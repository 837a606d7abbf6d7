//! Short forms of organisations that the article names in full.

use super::*;

/// What the last mention becomes: id or `-`, rule.
fn last(marked: &str) -> (String, &'static str) {
    let rows = resolved(marked);
    let (_, id, rule) = rows.into_iter().next_back().expect("a mention");
    (id, rule)
}

#[test]
fn a_short_form_is_the_organisation_named_in_full() {
    for (marked, id) in [
        (
            "The [Quill Observatory for Water Rights|ORG] spoke. The [Observatory|ORG] left.",
            "new:organization:quill-observatory-for-water-rights",
        ),
        (
            "[Redfern Copper Corp.|ORG] sold. [Redfern|ORG] left.",
            "new:organization:redfern-copper-corp",
        ),
        (
            "The [Dune Water Council|ORG] met. The [Council|ORG] left.",
            "new:organization:dune-water-council",
        ),
        (
            "[Harrow|ORG] spoke. The [Harrow University|ORG] and [Harrow|ORG] left.",
            "new:organization:harrow-university",
        ),
    ] {
        assert_eq!(last(marked), (id.to_owned(), "name_chain"), "{marked}");
    }
}

#[test]
fn what_is_no_short_form_stands_alone() {
    for (marked, rule) in [
        // Two are so called.
        (
            "The [Dune Water Council|ORG] and the [Quill Council|ORG] met. The [Council|ORG] left.",
            "generic",
        ),
        // Not behind "the".
        (
            "The [Dune Water Council|ORG] met. [Council|ORG] left.",
            "generic",
        ),
        // Its board is not the firm.
        (
            "The [Redfern Board|ORG] met. [Redfern|ORG] left.",
            "new_full_name",
        ),
        // Neither its beginning nor its head.
        (
            "The [Quill Observatory for Water Rights|ORG] spoke. [Water Rights|ORG] left.",
            "new_full_name",
        ),
        // The book knows who that is.
        (
            "The [Reuters Institute|ORG] met. [Reuters|ORG] left.",
            "book_exact",
        ),
    ] {
        assert_eq!(last(marked).1, rule, "{marked}");
    }
}

#[test]
fn a_country_in_a_bracket_is_no_short_form() {
    let rows = resolved(
        "The [Foreign and Commonwealth Office|ORG] ([UK|LOC]) spoke. [UK|LOC] envoys left.",
    );
    assert_eq!(
        (rows[2].1.as_str(), rows[2].2),
        ("united-kingdom", "book_exact")
    );
}
