//! What the words beside a name say of its bearer.

use super::super::role;
use super::super::title::title;
use super::*;

/// Roles, words, country of the name in `[ ]`.
fn of(marked: &str) -> (Vec<&'static str>, String, Option<&'static str>, bool) {
    let (before, rest) = marked.split_once('[').expect("a mark");
    let (name, after) = rest.split_once(']').expect("a mark");
    let text = Text::new(format!("{before}{name}{after}"));
    let span = text
        .span(before.len()..before.len() + name.len())
        .expect("inside");
    let title = title(&BOOK, &text, span);
    (
        title
            .roles
            .iter()
            .filter_map(|id| Some(role::role(*id)?.name))
            .collect(),
        title
            .span
            .map_or(String::new(), |span| text.slice(span).to_owned()),
        title.country,
        title.former,
    )
}

#[test]
fn titles_stand_before_a_name_or_within_it() {
    for (marked, role, words, country) in [
        (
            "Then President [Karimi] left.",
            "president",
            "President",
            None,
        ),
        (
            "Then [President Karimi] left.",
            "president",
            "President",
            None,
        ),
        (
            "the Afghan foreign minister [Karimi] left",
            "foreign-minister",
            "Afghan foreign minister",
            Some("AF"),
        ),
        ("Kenya's prime minister, said [Karimi]", "", "", None),
        (
            "it is the spokesman, [Karimi], who",
            "spokesperson",
            "spokesman",
            None,
        ),
        ("Lt. Col. [Karimi] left", "colonel", "Lt. Col", None),
        ("the farmer [Karimi] left", "farmer", "farmer", None),
        (
            "The Kenyan president, [Karimi], left",
            "president",
            "Kenyan president",
            Some("KE"),
        ),
        ("He told Kenyan spokesmen, [Karimi] said", "", "", None),
        ("a deputy foreign minister [Karimi] left", "", "", None),
    ] {
        let (roles, found, place, _) = of(marked);
        assert_eq!(roles.first().copied().unwrap_or_default(), role, "{marked}");
        if !role.is_empty() {
            assert_eq!((found.as_str(), place), (words, country), "{marked}");
        }
    }
}

#[test]
fn an_apposition_stands_between_commas() {
    for (marked, role, country) in [
        ("[Karimi], a farmer, left", "farmer", None),
        (
            "[Karimi], 34, a farmer from the hills, left",
            "farmer",
            None,
        ),
        (
            "[Karimi], the Afghan president, left",
            "president",
            Some("AF"),
        ),
        (
            "[Karimi], president of Afghanistan, left",
            "president",
            Some("AF"),
        ),
        (
            "so said [Karimi], the group's spokesman.",
            "spokesperson",
            None,
        ),
        ("According to [Karimi], the governor fled.", "", None),
        ("[Karimi], the wife of a farmer, left", "", None),
        ("[Karimi] the farmer", "", None),
    ] {
        let (roles, _, place, _) = of(marked);
        assert_eq!(roles.first().copied().unwrap_or_default(), role, "{marked}");
        assert_eq!(place, country, "{marked}");
    }
}

#[test]
fn who_has_left_office_is_former() {
    assert!(of("the former president [Karimi] left").3);
    assert!(of("[Karimi], the former president, left").3);
    assert!(!of("President [Karimi] left").3);
}
