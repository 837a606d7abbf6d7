//! The CRF beside the script that trained it, and on any text.

use proptest::prelude::*;

use super::*;
use crate::text::sentence;

const MODEL: &[u8] = include_bytes!("../../../models/headcount-crf/model.crf");
/// What `scripts/train/crf_parity.py` wrote: articles, cut into sentences of words by blanks; of each word the sum of
/// its features' hashes, and its label.
const PARITY: &str = include_str!("../../../models/headcount-crf/parity.jsonl");

#[derive(serde::Deserialize)]
struct Parity {
    /// Words parted by blanks.
    sentences: Vec<String>,
    /// Hexadecimal, by sentence and word.
    features: Vec<Vec<String>>,
    /// By sentence and word.
    labels: Vec<Vec<String>>,
}

fn crf() -> Crf {
    Crf::new(MODEL).expect("the model that is built in")
}

/// The text of some sentences, one a line, with their spans.
fn lines(sentences: &[String]) -> (Text, Vec<Span>) {
    let text = Text::new(sentences.join("\n"));
    let mut at = 0;
    let spans = sentences
        .iter()
        .map(|sentence| {
            let span = text.span(at..at + sentence.len()).expect("a line");
            at += sentence.len() + 1;
            span
        })
        .collect();
    (text, spans)
}

fn name(label: Label) -> String {
    match label {
        Label::Begin(kind) => format!("B-{}", kind.as_str()),
        Label::Inside(kind) => format!("I-{}", kind.as_str()),
        _ => "O".to_owned(),
    }
}

#[test]
fn features_and_labels_are_those_of_the_script() {
    let crf = crf();
    let (mut words, mut same) = (0, 0);
    for line in PARITY.lines() {
        let parity: Parity = serde_json::from_str(line).expect("a line of the script");
        let (text, spans) = lines(&parity.sentences);
        let article = Article::new(&text, &spans, &crf.model);
        let ends = [
            Word::beyond(&text, article::BEFORE),
            Word::beyond(&text, article::AFTER),
        ];
        for (index, sentence) in article.sentences.iter().enumerate() {
            let own = &article.words[sentence.clone()];
            for (place, word) in own.iter().enumerate() {
                let mut sum = 0u64;
                feature::features(&article, own, place, &ends, |hash| {
                    sum = sum.wrapping_add(hash);
                });
                let word = text.slice(word.span);
                assert_eq!(
                    format!("{sum:016x}"),
                    parity.features[index][place],
                    "{word}"
                );
            }
            let mut lattice = Lattice::default();
            let scores = (0..own.len()).map(|place| crf.scores(&article, own, place, &ends));
            lattice.scores.extend(scores);
            lattice.solve(&crf.factors);
            for (column, label) in lattice.path.iter().zip(&parity.labels[index]) {
                words += 1;
                same += usize::from(name(crf.model.labels[*column]) == *label);
            }
        }
    }
    assert!(words > 150 && same == words, "{same} of {words}");
}

#[test]
fn a_damaged_model_is_told_with_its_place() {
    for (bytes, what) in [
        (MODEL.get(..MODEL.len() / 2).expect("half"), "ends early"),
        (b"PK\x03\x04 and so on", "no model of this version"),
        (&[MODEL, b"more"].concat(), "more in it than the model"),
    ] {
        let error = Crf::new(bytes).expect_err("damaged").to_string();
        assert!(
            error.starts_with("model.crf: ") && error.contains(what),
            "{error}"
        );
    }
}

#[test]
fn a_sentence_gains_from_the_others_of_its_article() {
    let sentences = [
        "Colonel Anwar Sabri spoke in Tunis .".to_owned(),
        "Later Sabri left .".to_owned(),
    ];
    let (text, spans) = lines(&sentences);
    let crf = crf();
    let article = Article::new(&text, &spans, &crf.model);
    let later = article
        .words
        .iter()
        .rfind(|word| text.slice(word.span) == "Sabri");
    let seen = article.seen(later.expect("the name"));
    assert!(seen.capital && !seen.lower);
    assert!(
        seen.after.is_some(),
        "the run that ends with it begins with its first name"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_gives_sound_names(content in "(\\PC|[A-Z][a-z]{2,6} |&amp;|\n){0,60}") {
        let text = Text::new(content);
        let spans = sentence::sentences(&text, text.whole());
        let found = crf().read(&text, &spans, 0.5);
        prop_assert_eq!(found.len(), spans.len());
        for (found, sentence) in found.iter().zip(&spans) {
            prop_assert!((0.0..=1.0).contains(&found.doubt));
            prop_assert!(found.doubt >= 0.5 || found.opinions.is_empty());
            let mut end = sentence.start();
            for mention in &found.mentions {
                prop_assert!((0.0..=1.0).contains(&mention.score));
                prop_assert!(mention.span.start() >= end && mention.span.end() <= sentence.end());
                prop_assert!(!mention.span.is_empty());
                end = mention.span.end();
            }
        }
    }
}
