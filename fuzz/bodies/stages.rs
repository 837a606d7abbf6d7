//! The pure stages of an article, with names that stand in for the tagger's: what comes out is a record that keeps its
//! contract.

use std::sync::LazyLock;

use headcount::actor::{Book, Context, Query};
use headcount::number;
use headcount::record::{Parts, PublishedFrom, Record, Source, assemble, check};
use headcount::tag::{EntityType, Mention};
use headcount::text::region::{Layout, layout};
use headcount::text::{Span, Text, sentence};
use jiff::civil::{Date, date};

use super::choices;

static BOOK: LazyLock<Book> = LazyLock::new(|| Book::embedded().unwrap());

/// The day on which all articles here appear that have one.
const PUBLISHED: Date = date(2016, 8, 12);

/// Regions partition the text; sentences hold all that is visible, and never cross a region.
pub fn text(data: &[u8]) {
    let ([how], rest) = choices(data);
    let content = String::from_utf8_lossy(rest).into_owned();
    let title = (how & 1 == 1).then(|| content.lines().next().unwrap_or_default().to_owned());
    let text = Text::new(content);
    let (layout, sentences) = cut(&text, title.as_deref());
    let mut at = 0;
    for region in &layout.regions {
        assert_eq!(region.span.start(), at);
        assert!(!region.span.is_empty());
        assert!(text.span(region.span.range()).is_some());
        at = region.span.end();
    }
    assert_eq!(at, text.len());
    let mut at = 0;
    for &sentence in &sentences {
        assert!(sentence.start() >= at);
        assert!(!sentence.is_empty() && sentence.len() <= 2_000);
        assert_eq!(text.trim(sentence), sentence);
        assert!(text.span(sentence.range()).is_some());
        let own = layout
            .regions
            .iter()
            .filter(|region| region.span.overlaps(sentence));
        assert_eq!(own.count(), 1, "a sentence crosses regions");
        at = sentence.end();
    }
    let visible = |part: &str| part.chars().filter(|c| !c.is_whitespace()).count();
    let said: usize = sentences
        .iter()
        .map(|&span| visible(text.slice(span)))
        .sum();
    assert_eq!(said, visible(text.as_str()));
    check_record(&record(&text, &layout, &sentences, None, &[]));
}

/// Any text through the number grammar, with and without a date and names.
pub fn numbers(data: &[u8]) {
    let ([how], rest) = choices(data);
    let text = Text::new(String::from_utf8_lossy(rest).into_owned());
    let (layout, sentences) = cut(&text, None);
    let mentions = match how & 2 {
        0 => Vec::new(),
        _ => capitals(&text, how),
    };
    let published = (how & 1 == 1).then_some(PUBLISHED);
    let names: Vec<Span> = mentions.iter().map(|mention| mention.span).collect();
    let found = number::extract(&text, &sentences, &[], &names, published);
    for number in &found {
        assert!(
            names.iter().all(|name| !name.contains(number.span)),
            "a number in a name"
        );
        let holds = sentences
            .iter()
            .any(|sentence| sentence.contains(number.span));
        assert!(holds, "a number crosses a sentence");
    }
    check_record(&record(&text, &layout, &sentences, published, &[]));
}

/// Any text and any names through mending and resolution.
pub fn resolver(data: &[u8]) {
    let ([how, shift], rest) = choices(data);
    let text = Text::new(String::from_utf8_lossy(rest).into_owned());
    let (layout, sentences) = cut(&text, None);
    let mentions = capitals(&text, shift);
    let published = (how & 1 == 1).then_some(PUBLISHED);
    check_record(&record(&text, &layout, &sentences, published, &mentions));
    if let Some(first) = mentions.first() {
        let answer = BOOK.ask(Query {
            mention: text.slice(first.span),
            context: (how & 2 == 2).then_some(text.as_str()),
            offset: (how & 4 == 4).then_some(usize::from(shift)),
            published,
            ..Query::default()
        });
        assert!(!answer.rule.is_empty());
    }
}

fn cut(text: &Text, title: Option<&str>) -> (Layout, Vec<Span>) {
    let layout = layout(text, title);
    let sentences = layout
        .regions
        .iter()
        .flat_map(|region| sentence::sentences(text, region.span))
        .collect();
    (layout, sentences)
}

/// Runs of words with a capital, and now and then a word without, as names of all types and scores.
fn capitals(text: &Text, shift: u8) -> Vec<Mention> {
    use EntityType::{Event, Fac, Loc, Misc, Norp, Org, Person, Product};
    let kinds = [Person, Org, Loc, Norp, Fac, Event, Product, Misc];
    let mut mentions: Vec<Mention> = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    let mut close = |open: &mut Option<(usize, usize)>| {
        if let Some(span) = open.take().and_then(|(start, end)| text.span(start..end)) {
            let place = mentions.len() * 5 + usize::from(shift);
            mentions.push(Mention {
                span,
                kind: kinds[place % kinds.len()],
                score: (place % 11) as f32 / 10.0,
            });
        }
    };
    let mut at = 0;
    for (number, piece) in text
        .as_str()
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .enumerate()
    {
        let end = at + piece.len();
        let is_name = piece.starts_with(char::is_uppercase)
            || (!piece.is_empty() && number % 17 == usize::from(shift % 17));
        let joined = open.is_some_and(|(_, before)| at - before == 1);
        match (is_name, joined) {
            (true, true) if !shift.is_multiple_of(3) => open = open.map(|(start, _)| (start, end)),
            (true, _) => {
                close(&mut open);
                open = Some((at, end));
            }
            (false, _) => close(&mut open),
        }
        let rest = &text.as_str()[end..];
        at = end + rest.chars().next().map_or(0, char::len_utf8);
    }
    close(&mut open);
    mentions
}

/// As `annotate` does behind the tagger.
fn record(
    text: &Text,
    layout: &Layout,
    sentences: &[Span],
    published: Option<Date>,
    mentions: &[Mention],
) -> Record {
    let datelines = layout.datelines();
    let boilerplate = layout.boilerplate();
    let context = Context {
        text,
        sentences,
        published,
        datelines: &datelines,
        boilerplate: &boilerplate,
        outlet: None,
    };
    let mentions = BOOK.mend(context, mentions.to_vec());
    let names: Vec<Span> = mentions.iter().map(|mention| mention.span).collect();
    let mut numbers = number::extract(text, sentences, &[], &names, published);
    let resolution = BOOK.resolve(context, &mentions);
    assert_eq!(resolution.mentions.len(), mentions.len());
    number::settle_currencies(&mut numbers, &["MX", "PK", "FR"]);
    assemble(Parts {
        id: "file#0".to_owned(),
        source: Source {
            path: "file".to_owned(),
            member: None,
            record: 0,
            byte: None,
            sha256: String::new(),
        },
        title: None,
        url: None,
        outlet: None,
        meta: serde_json::Map::new(),
        published: published.map(|date| (date, PublishedFrom::Field)),
        text,
        regions: &layout.regions,
        resolution,
        numbers,
        warnings: Vec::new(),
    })
}

/// It keeps the contract, and reads back from its line as it was.
fn check_record(record: &Record) {
    let faults = check(record);
    assert!(faults.is_empty(), "{faults:?}");
    let line = record.to_line().unwrap();
    assert!(!line.contains(&b'\n'));
    assert_eq!(&Record::from_line(&line).unwrap(), record);
}
