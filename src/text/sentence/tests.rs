use super::*;
use proptest::prelude::*;

fn cut(content: &str) -> Vec<String> {
    let text = Text::new(content.to_owned());
    sentences(&text, text.whole())
        .into_iter()
        .map(|span| text.slice(span).to_owned())
        .collect()
}

/// `|` marks where a sentence ends; the text itself has none.
fn check(marked: &str) {
    let expected: Vec<String> = marked.split('|').map(|s| s.trim().to_owned()).collect();
    assert_eq!(cut(&marked.replace('|', "")), expected, "in {marked:?}");
}

#[test]
fn character_references_are_the_characters_that_they_stand_for() {
    check(
        "It named 39 sites.| &#39;We are glad,&#39; it said.&quot;| Shares of AT&amp;T fell.| Others rose.",
    );
}

#[test]
fn full_stops() {
    for marked in [
        "Two men died.| Three were hurt.",
        "Gen. Omar Adan met Lt. Col. J. R. Hale and Dr. Noor.| They left at 6.30pm.",
        "He was born in the U.S. and served the U.S. Army in Washington, D.C. until June.| She was not.",
        "They met in the U.S.| The talks failed.",
        "It opened at 9 a.m. Monday and shut at 5 p.m. GMT.| Police left at 6 p.m.| Soldiers stayed.",
        "Acme Inc. bought Foo Ltd. for $1.2bn.| Shares of Acme Inc.| The rest fell 3.5 per cent.",
        "Resolution No. 2401 passed.| He said no.| Nobody moved.",
        "On Jan. 5 the rebels, tanks, guns, etc. were seen on Main St. near St. Mary.",
        "It cost 30.| 40 others paid.",
        "Brazil vs. Spain ended 2-1.| Fans cheered!| Why?| Nobody knows?!| “Go!” he said.",
        "He saw smoke...| Then fire… and ash.| It burned . . . for days.",
        "“We will stay.”| “We will not.”| He (the mayor) went home.| (He was ill.)| Then he slept.",
        "\"We will stay.\" |\"We will not,\" he said.| 'So be it.'| They left.",
        "Fifty were killed.The attack| ended in 2016.Troops| left.",
        "See www.example.com or https://a.org/b.Html?x=1.| Write to a.b@c.org.| Booking.Com and example.com rose.",
        "1. The army took the town.| 2. The rebels fled.",
        "Maj. Gen. (Ret.) Asad spoke to S.Batbold in Ulaanbaatar.| He agreed.",
        "Le blessé est mort.| Événement rare.| الهجوم انتهى؟| نعم.",
        "攻撃があった。|三人が死亡した。",
        "A note.[3]| Another one.",
        "It ran at 90 km/h.| Passengers of the 1970’s.| Fans left.",
        "They include the Lt.-Gov. and Mrs. Amin.| ST. LOUIS is calm.",
    ] {
        // A missing blank has no white space to trim on the left of the mark.
        let marked = marked
            .replace("killed.The attack|", "killed.|The attack")
            .replace("2016.Troops|", "2016.|Troops");
        check(&marked);
    }
}

#[test]
fn line_ends() {
    for marked in [
        "Two killed in blast|\n\nTwo people were killed|\n \nand no more",
        "Two killed in blast|\nTwo people were killed on Monday in the east of the city, said the police.|\nNobody else was hurt",
        "The government said late on Monday that it\nhad asked the United Nations for a delay of the\nUnited Nations conference that was planned for\nJune.|\n    The two talks are to resume.| But the big U.S.\nNavy has no comment.|\n    No date was set.\n",
        "He asked for:|\n• Bread|\n• Water",
        "according to\nthe agency\n, which spoke",
        "One paragraph that is far longer than any wire would let a line become because it goes on and on and on for ever, it seems.|\nAnother begins",
        "First line.|\r\nSecond line.|\r\n\r\nThird line.",
    ] {
        check(marked);
    }
}

#[test]
fn the_too_long_is_cut_after_punctuation() {
    let clause = "the list goes on and on, and on; ";
    let pieces = cut(&clause.repeat(400));
    assert!(pieces.len() > 5);
    assert!(
        pieces
            .iter()
            .all(|piece| piece.len() <= length::LONGEST && piece.ends_with(';'))
    );
    assert_eq!(cut(&"é".repeat(5_000)).len(), 5);
}

#[test]
fn only_the_region_is_read() {
    let text = Text::new("Heading. The body. More".to_owned());
    let within = text.span(9..18).expect("inside");
    let found = sentences(&text, within);
    assert_eq!(found.len(), 1);
    assert_eq!(text.slice(found[0]), "The body.");
}

#[test]
fn hostile_runs_take_linear_time() {
    for unit in [
        ".", "a.", "A. ", "\"", ".\n", ". \u{a0}", "[1].", "'.A", "x", "\n ", "(.",
    ] {
        let begun = std::time::Instant::now();
        cut(&unit.repeat(1_000_000 / unit.len()));
        assert!(
            begun.elapsed().as_secs() < 20,
            "{unit:?} took {:?}",
            begun.elapsed()
        );
    }
}

proptest! {
    #[test]
    fn every_visible_character_is_in_one_sentence(
        content in "([A-Za-z]{1,5}|[.?!…]{1,3}|[\"'“”‘’()\\[\\]]|[ \n\r\t]{1,3}|U\\.S\\.|Mr\\.|www\\.|\\PC){0,120}",
        repeat in 1usize..60,
    ) {
        let text = Text::new(content.repeat(repeat));
        let found = sentences(&text, text.whole());
        let mut last = 0;
        let mut covered = 0;
        for span in &found {
            prop_assert!(span.start() >= last && !span.is_empty() && span.len() <= length::LONGEST);
            prop_assert_eq!(text.slice(*span).trim(), text.slice(*span));
            covered += text.slice(*span).chars().filter(|c| !c.is_whitespace()).count();
            last = span.end();
        }
        let visible = text.as_str().chars().filter(|c| !c.is_whitespace()).count();
        prop_assert_eq!(covered, visible);
    }

    #[test]
    fn any_unicode_is_survived(content in any::<String>(), a in 0usize..50, b in 0usize..50) {
        let text = Text::new(content);
        let within = text.span_of_chars(a.min(b), a.max(b)).unwrap_or(text.whole());
        prop_assert!(sentences(&text, within).iter().all(|span| within.contains(*span)));
    }
}
