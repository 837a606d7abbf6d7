//! What holds for any text and any mentions.

use super::*;
use proptest::prelude::*;

fn any_mentions() -> impl Strategy<Value = Vec<(usize, usize, u8, f32)>> {
    prop::collection::vec((0usize..240, 0usize..40, 0u8..8, 0.0f32..=1.0), 0..12)
}

fn any_text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Islamic State",
        "IS",
        "(IS)",
        "Taliban",
        "the",
        "Afghan Local Police",
        "(ALP)",
        "US-backed",
        "Omar Karimi",
        "Karimi",
        "’s",
        "‘",
        "Bank of",
        "ALP (",
        ")",
        "also known as",
        "Chad",
        "\n",
        "\n\n",
        ".",
        "U.S.",
        "état",
        "新华社",
        "of",
        "AFP",
        "&",
        "al-",
        "ʿ",
        "\u{301}",
        "İ",
        "ß",
        "🙂",
    ]);
    let glue = prop::sample::select(vec![" ", "", ", ", "\u{a0}"]);
    prop_oneof![
        prop::collection::vec((words, glue), 0..30).prop_map(|parts| parts
            .into_iter()
            .flat_map(|(a, b)| [a, b])
            .collect::<String>()),
        "\\PC{0,120}",
    ]
}

fn sample(source: String, marks: &[(usize, usize, u8, f32)]) -> Sample {
    use EntityType::{Event, Fac, Loc, Misc, Norp, Org, Person, Product};
    let mut sample = Sample::new("");
    sample.text = Text::new(source);
    let kinds = [Person, Org, Loc, Norp, Fac, Event, Product, Misc];
    sample.mentions = marks
        .iter()
        .filter_map(|&(start, length, kind, score)| {
            let span = sample.text.span_of_chars(start, start + length)?;
            Some(Mention {
                span,
                kind: *kinds.get(usize::from(kind))?,
                score,
            })
        })
        .collect();
    sample.sentences = Vec::new();
    sample
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mended_mentions_are_disjoint_and_in_order(source in any_text(), marks in any_mentions()) {
        let sample = sample(source, &marks);
        let mended = BOOK.mend(sample.context(), sample.mentions.clone());
        for pair in mended.windows(2) {
            prop_assert!(pair[0].span.end() <= pair[1].span.start());
        }
        for mention in &mended {
            prop_assert!(!mention.span.is_empty() && sample.text.span(mention.span.range()).is_some());
        }
        prop_assert_eq!(&mended, &BOOK.mend(sample.context(), sample.mentions.clone()));
    }

    #[test]
    fn resolving_keeps_every_mention(source in any_text(), marks in any_mentions()) {
        let sample = sample(source, &marks);
        let resolution = BOOK.resolve(sample.context(), &sample.mentions);
        prop_assert_eq!(resolution.mentions.iter().map(|m| m.mention).collect::<Vec<_>>(), sample.mentions.clone());
        for (at, mention) in resolution.mentions.iter().enumerate() {
            for (number, actor) in resolution.actors.iter().enumerate() {
                prop_assert_eq!(actor.mentions.contains(&at), mention.actor == Some(number));
            }
            if let Some(evidence) = mention.evidence {
                prop_assert!(sample.text.span(evidence.range()).is_some());
            }
        }
        let firsts: Vec<_> = resolution.actors.iter().map(|a| a.mentions.first().copied()).collect();
        prop_assert!(firsts.iter().all(Option::is_some) && firsts.is_sorted());
        let ids: HashSet<_> = resolution.actors.iter().map(|a| &a.id).collect();
        prop_assert_eq!(ids.len(), resolution.actors.len());
        prop_assert_eq!(&resolution, &BOOK.resolve(sample.context(), &sample.mentions));
    }

    #[test]
    fn any_file_is_a_book_or_an_error(content in "\\PC{0,200}") {
        let _ = Book::from_files(&[("any.csv", content.as_str())]);
    }
}
