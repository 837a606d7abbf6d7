//! Every family of tokenizers gives the words that the text has, each at its place.

#[path = "common/tokenizers.rs"]
mod tokenizers;

use headcount::tag::{Tokenizer, Tokens};
use headcount::text::Text;
use proptest::prelude::*;
use serde_json::Value;

fn families() -> Vec<(&'static str, Value)> {
    vec![
        ("WordPiece", tokenizers::word_piece()),
        ("byte-level BPE", tokenizers::byte_level()),
        ("Unigram, split at blanks", tokenizers::unigram(true)),
        ("Unigram", tokenizers::unigram(false)),
    ]
}

fn loaded(json: &Value) -> Tokenizer {
    Tokenizer::from_json(json.to_string().as_bytes(), false).expect("a tokenizer")
}

fn tokens(tokenizer: &Tokenizer, text: &Text) -> Tokens {
    tokenizer.tokens(text, &[text.whole()]).expect("tokens")
}

fn words<'a>(text: &'a Text, tokens: &Tokens) -> Vec<&'a str> {
    tokens
        .words
        .iter()
        .map(|word| text.slice(word.span))
        .collect()
}

#[test]
fn words_are_whole_and_in_their_place() {
    let text = Text::new(
        "In Kabul  Özgür McDonald-Smith's aide said: “44 of 50.” Kabulis 中国".to_owned(),
    );
    for (family, json) in families() {
        let tokens = tokens(&loaded(&json), &text);
        let words = words(&text, &tokens);
        for word in [
            "In", "Kabul", "Özgür", "McDonald", "Smith", "aide", "said", "44", "50", "Kabulis",
        ] {
            let found = words.iter().filter(|found| **found == word).count();
            assert_eq!(found, 1, "{family}: {word} in {words:?}");
        }
        // No piece is lost: each belongs to a word, in order, but for blanks.
        let mut last = 0;
        for piece in &tokens.pieces {
            assert!(piece.word >= last, "{family}");
            last = piece.word;
        }
    }
}

#[test]
fn a_piece_of_a_blank_is_the_first_of_its_word() {
    // As the models were trained: the label of a word is that of its first piece, which may be a blank.
    let text = Text::new("Kabul Aq".to_owned());
    let tokens = tokens(&loaded(&tokenizers::unigram(false)), &text);
    assert_eq!(words(&text, &tokens), ["Kabul", "Aq"]);
    let pieces: Vec<usize> = tokens.words.iter().map(|word| word.first_piece).collect();
    // ▁Kabul, ▁, A, q
    assert_eq!(pieces, [0, 1]);
    assert_eq!(tokens.pieces.len(), 4);
}

#[test]
fn a_piece_that_runs_over_a_word_takes_it_along() {
    let text = Text::new("the U.N. said".to_owned());
    let unigram = tokens(&loaded(&tokenizers::unigram(true)), &text);
    assert_eq!(words(&text, &unigram), ["the", "U.N", ".", "said"]);
    let bytes = tokens(
        &loaded(&tokenizers::byte_level()),
        &Text::new("Ann's".to_owned()),
    );
    assert_eq!(words(&Text::new("Ann's".to_owned()), &bytes), ["Ann", "'s"]);
}

#[test]
fn special_pieces_are_those_of_the_tokenizer() {
    let text = Text::new("said </s> [SEP] <mask>".to_owned());
    for ((family, json), (first, last)) in
        families().into_iter().zip([(2, 3), (0, 2), (0, 2), (0, 2)])
    {
        let tokenizer = loaded(&json);
        let tokens = tokens(&tokenizer, &text);
        let input = tokenizer.input(&tokens.pieces);
        assert_eq!(input.ids.first(), Some(&first), "{family}");
        assert_eq!(input.ids.last(), Some(&last), "{family}");
        // Truncation and padding are off, whatever the file says, and hostile text is text.
        assert_eq!(input.ids.len(), tokens.pieces.len() + 2, "{family}");
        // A Unigram vocabulary has its special pieces as words like others, and finds them; the places stay right.
        let special = |id: u32| id == last || id == 4;
        let found = tokens.pieces.iter().any(|piece| special(piece.id));
        assert_eq!(found, family.starts_with("Unigram"), "{family}");
        assert!(words(&text, &tokens).contains(&"said"), "{family}");
        assert!(input.cases.iter().all(|&case| case == 0), "{family}");
    }
}

#[test]
fn a_tokenizer_that_frames_otherwise_is_refused() {
    let mut json = tokenizers::unigram(true);
    let single = json["post_processor"]["single"].as_array().expect("parts")[1..].to_vec();
    json["post_processor"]["single"] = Value::Array(single);
    let error = Tokenizer::from_json(json.to_string().as_bytes(), false).expect_err("refused");
    assert!(
        error
            .to_string()
            .contains("tokenizer.json: its post-processor"),
        "{error}"
    );
    // Without one the vocabulary's own special pieces are taken.
    json["post_processor"] = Value::Null;
    assert_eq!(loaded(&json).input(&[]).ids, [0, 2]);
}

proptest! {
    #[test]
    fn every_letter_and_digit_is_in_one_word(content in "[a-zA-Z0-9 .,'’“”—éüŞ中\u{301}🙂\n-]{0,60}") {
        let text = Text::new(content.clone());
        for (family, json) in families() {
            let tokens = tokens(&loaded(&json), &text);
            let mut end = 0;
            for word in &tokens.words {
                prop_assert!(word.span.start() >= end, "{}: {:?}", family, words(&text, &tokens));
                let skipped = &content[end..word.span.start()];
                prop_assert!(!skipped.contains(char::is_alphanumeric), "{}: {:?}", family, skipped);
                prop_assert!(!content[word.span.start()..word.span.end()].starts_with(' '));
                prop_assert!(word.first_piece < tokens.pieces.len());
                end = word.span.end();
            }
            prop_assert!(!content[end..].contains(char::is_alphanumeric), "{}", family);
        }
    }
}
