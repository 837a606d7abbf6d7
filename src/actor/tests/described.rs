//! Descriptions that are asked for by themselves: "the foreign secretary" of "the foreign secretary, Ann Reed,".

use super::*;

/// Id or `-`, rule, evidence.
fn asked(mention: &str, context: &str) -> (String, &'static str, Option<String>) {
    let answer = BOOK.ask(Query {
        mention,
        context: Some(context),
        ..Query::default()
    });
    let id = answer.actor.map_or("-".to_owned(), |actor| actor.id);
    (id, answer.rule, answer.evidence)
}

#[test]
fn a_description_is_whom_a_full_name_beside_it_names() {
    for (mention, context) in [
        (
            "The harbour minister",
            "The harbour minister, Anna Quillfeather, left.",
        ),
        (
            "the governor of Westmark",
            "Then the governor of Westmark, a.i., Anna Quillfeather and others left.",
        ),
        (
            "the district's governor",
            "Dr. Anna Quillfeather, the district's governor, left.",
        ),
        (
            "UNICEF's deputy director",
            "It failed, said Anna Quillfeather, UNICEF's deputy director.",
        ),
        (
            "his chief of plans",
            "He is old and his chief of plans is Colonel Anna Quillfeather.",
        ),
        (
            "the lead commander for the hills",
            "They made Anna Quillfeather the lead commander for the hills in May.",
        ),
        (
            "The former leader of the Red Ridge",
            "The former leader of the Red Ridge, Aland-born veteran Anna Quillfeather, left.",
        ),
        (
            "the Ridge Force spokesperson",
            "Nothing, said Col. Anna Quillfeather, the Ridge Force spokesperson.",
        ),
    ] {
        let (id, rule, evidence) = asked(mention, context);
        assert_eq!(
            (id.as_str(), rule),
            ("new:person:anna-quillfeather", "apposition"),
            "{context}"
        );
        let evidence = evidence.expect("the name");
        assert!(evidence.ends_with("Anna Quillfeather"), "{evidence}");
    }
    let context = "The president, Vladimir Putin, did not come.";
    assert_eq!(asked("The president", context).0, "vladimir-putin");
}

#[test]
fn a_name_that_does_not_touch_it_is_another() {
    for (mention, context) in [
        (
            "the minister",
            "Anna Quillfeather said that the minister left.",
        ),
        ("the minister", "The minister met Anna Quillfeather."),
        ("The minister", "The minister, Reed, met nobody."),
        (
            "The minister",
            "The minister, Red Harbour Bank and Nigeria met.",
        ),
        ("The minister", "The minister. Anna Quillfeather left."),
        ("The minister", "The minister and Anna Quillfeather left."),
    ] {
        let (id, rule, _) = asked(mention, context);
        assert_ne!(rule, "apposition", "{context}: {id}");
    }
    let id = |mention| {
        BOOK.ask(Query {
            mention,
            ..Query::default()
        })
        .actor
    };
    assert_eq!(id("Minister for the Western Coast"), None);
    assert_eq!(
        id("the UN High Commissioner for Human Rights")
            .map(|a| a.id)
            .as_deref(),
        Some("ohchr")
    );
    let context = "The doctor, Anna Quillfeather, knew Ann Bishop, Tom Reed and others.";
    assert_eq!(asked("Ann Bishop", context).1, "new_full_name");
    // A name of the book is no description.
    let context = "It was the Kremlin, Anna Quillfeather, who knew.";
    assert_eq!(asked("Kremlin", context).0, "kremlin");
}

#[test]
fn a_name_that_the_book_is_sure_of_need_not_be_of_two_words() {
    let (id, rule, evidence) = asked(
        "the spokesman for the exiles",
        "The cell made Abu Ghaith the spokesman for the exiles in May.",
    );
    assert_eq!((id.as_str(), rule), ("sulaiman-abu-ghaith", "apposition"));
    assert_eq!(evidence.as_deref(), Some("Abu Ghaith"));
    let (id, ..) = asked(
        "the spokesman for the exiles",
        "The cell made Quillfeather the spokesman for the exiles in May.",
    );
    assert_eq!(id, "-", "nobody's full name");
}
