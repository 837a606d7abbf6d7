//! The module as a whole: rules on sentences written for them, properties on any text.
//!
//! A sentence marks what the tagger is supposed to have seen: `[Red Front|ORG]`, and with a question
//! mark where it was not sure: `[Red Front|ORG?]`.

use super::*;
use crate::tag::EntityType;
use proptest::prelude::*;
use std::collections::HashSet;
use std::sync::LazyLock;

static BOOK: LazyLock<Book> = LazyLock::new(|| Book::embedded().expect("the book is sound"));

struct Sample {
    text: Text,
    sentences: Vec<Span>,
    mentions: Vec<Mention>,
    published: Option<Date>,
}

impl Sample {
    fn new(marked: &str) -> Self {
        let (mut source, mut marks, mut rest) = (String::new(), Vec::new(), marked);
        while let Some((before, after)) = rest.split_once('[') {
            let (inside, after) = after.split_once(']').expect("a closed mark");
            let (name, kind) = inside.split_once('|').expect("a type");
            source.push_str(before);
            marks.push((source.len(), source.len() + name.len(), kind));
            source.push_str(name);
            rest = after;
        }
        source.push_str(rest);
        let text = Text::new(source);
        let mentions = marks
            .into_iter()
            .map(|(start, end, kind)| Mention {
                span: text.span(start..end).expect("inside"),
                kind: serde_json::from_value(kind.trim_end_matches('?').into())
                    .expect("a known type"),
                score: if kind.ends_with('?') { 0.6 } else { 0.9 },
            })
            .collect();
        let mut at = 0;
        let sentences = text
            .as_str()
            .split_inclusive(['.', '\n', '?'])
            .filter_map(|part| {
                let span = text.span(at..at + part.len());
                at += part.len();
                span
            })
            .collect();
        Self {
            text,
            sentences,
            mentions,
            published: Date::new(2017, 8, 7).ok(),
        }
    }

    fn in_year(mut self, year: i16) -> Self {
        self.published = Date::new(year, 7, 1).ok();
        self
    }

    fn context(&self) -> Context<'_> {
        Context {
            text: &self.text,
            sentences: &self.sentences,
            published: self.published,
        }
    }

    /// Name, actor's id (or "-") and rule, after resolving the marked mentions alone.
    fn resolved(&self) -> Vec<(String, String, &'static str)> {
        self.rows(&BOOK.resolve(self.context(), &self.mentions))
    }

    fn rows(&self, resolution: &Resolution) -> Vec<(String, String, &'static str)> {
        resolution
            .mentions
            .iter()
            .map(|m| {
                let actor = m.actor.and_then(|at| resolution.actors.get(at));
                let id = actor.map_or("-".to_owned(), |actor| actor.id.clone());
                (self.text.slice(m.mention.span).to_owned(), id, m.rule)
            })
            .collect()
    }

    fn ids(&self) -> Vec<String> {
        self.resolved().into_iter().map(|(_, id, _)| id).collect()
    }

    fn mended(&self) -> Vec<(String, EntityType)> {
        BOOK.mend(self.context(), self.mentions.clone())
            .iter()
            .map(|m| (self.text.slice(m.span).to_owned(), m.kind))
            .collect()
    }

    /// Name and id after mending and resolving, as the program does it.
    fn both(&self) -> Vec<(String, String)> {
        let mentions = BOOK.mend(self.context(), self.mentions.clone());
        let rows = self.rows(&BOOK.resolve(self.context(), &mentions));
        rows.into_iter().map(|(name, id, _)| (name, id)).collect()
    }
}

fn resolved(marked: &str) -> Vec<(String, String, &'static str)> {
    Sample::new(marked).resolved()
}

fn mended(marked: &str) -> Vec<(String, EntityType)> {
    Sample::new(marked).mended()
}

fn both(marked: &str) -> Vec<(String, String)> {
    Sample::new(marked).both()
}

fn owned<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect()
}

fn typed<const N: usize>(pairs: [(&str, EntityType); N]) -> Vec<(String, EntityType)> {
    pairs
        .iter()
        .map(|(name, kind)| ((*name).to_owned(), *kind))
        .collect()
}

mod book {
    use super::*;

    #[test]
    fn the_embedded_book_has_no_fault() {
        let faults: Vec<String> = BOOK.lint().iter().map(ToString::to_string).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(BOOK.len() >= 1000, "{} actors", BOOK.len());
        assert_eq!(BOOK.digest().len(), 64);
    }

    #[test]
    fn lint_finds_each_kind_of_fault() {
        const ROWS: &str = "\
id,name,type,country,qid,parent,valid_from,valid_until,source,aliases
red,Red Front,party,XX,Q1,,,,own,RF [case]
red,Red Group,party,XX,,,,,own,
blue,Blue Front,party,Xx,Q1,,,,own,Red Front
green,Green Front,party,,X9,nobody,2010,2001,,Green Front [from:2010 until:2001]
a,Alpha Front,party,,,b,,,own,
b,Beta Front,party,,,a,,,own,QR
";
        let book = Book::from_files(&[("test.csv", ROWS)]).expect("readable");
        let faults: Vec<String> = book.lint().iter().map(ToString::to_string).collect();
        for (line, word) in [
            (3, "id"),
            (4, "country"),
            (4, "also red's"),
            (4, "sure name of red"),
            (5, "qid"),
            (5, "valid from"),
            (5, "no source"),
            (5, "nobody"),
            (6, "ancestor"),
            (7, "short"),
        ] {
            let place = format!("test.csv:{line}:");
            assert!(
                faults
                    .iter()
                    .any(|f| f.starts_with(&place) && f.contains(word)),
                "{line} {word}: {faults:#?}"
            );
        }
    }

    #[test]
    fn other_data_has_another_digest() {
        let head = "id,name,type,country,qid,parent,valid_from,valid_until,source,aliases\n";
        let one = Book::from_files(&[("a.csv", head)]).expect("readable");
        let row = format!("{head}red,Red Front,party,,,,,,own,\n");
        let other = Book::from_files(&[("a.csv", row.as_str())]).expect("readable");
        assert!(one.is_empty() && other.len() == 1);
        assert_ne!(one.digest(), other.digest());
    }
}

mod resolving {
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
        let rows = resolved(
            "The [Afghan Local Police|ORG] ([ALP|ORG]) fled. Later the [ALP|ORG] came back.",
        );
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
        let rows =
            resolved("The [Alliance of Lake Pilots|ORG] ([ALP|ORG]) met; the [ALP|ORG] voted.");
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
}

mod mending {
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
}

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
