//! Names that the article itself defines: "Islamic State (IS)", "IS (Islamic State)", "Daesh, the
//! Arabic acronym for IS", "X, also known as Y". `bracket` reads those in brackets; here are the
//! phrases between two names. A phrase that says anything else defines nothing.

use super::bracket::in_brackets;
use super::fold;
use super::lexicon::LEXICON;
use crate::tag::Mention;
use crate::text::{Span, Text};

/// Two stretches of the text that the article says are one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Definition {
    /// The name that defines.
    pub long: Span,
    /// The name that is defined.
    pub short: Span,
    /// True where each may explain the other ("Daesh, the Arabic acronym for IS").
    pub mutual: bool,
}

/// The definitions of a text, in order of the defined name. `mentions` are in order and disjoint.
pub(super) fn definitions(text: &Text, mentions: &[Mention]) -> Vec<Definition> {
    let mut found = in_brackets(text, mentions);
    found.extend(between_names(text, mentions));
    found.sort_by_key(|definition| (definition.short, definition.long));
    found.dedup_by_key(|definition| definition.short);
    found
}

fn between_names(text: &Text, mentions: &[Mention]) -> Vec<Definition> {
    let mut found = Vec::new();
    for pair in mentions.windows(2) {
        let [long, short] = pair else { continue };
        let gap = long.span.gap_to(short.span);
        if gap.len() > 60 || text.slice(gap).contains(['.', '(', '\n']) {
            continue;
        }
        let said = fold::folded_words(text.slice(gap)).join(" ");
        if LEXICON.between.contains(said.trim_end_matches(" the")) {
            found.push(Definition {
                long: long.span,
                short: short.span,
                mutual: true,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tag::EntityType;

    fn found(source: &str, names: &[(&str, EntityType)]) -> Vec<(String, String)> {
        let text = Text::new(source.to_owned());
        let mut mentions: Vec<Mention> = names
            .iter()
            .filter_map(|(name, kind)| {
                let at = source.find(name)?;
                let span = text.span(at..at + name.len())?;
                Some(Mention {
                    span,
                    kind: *kind,
                    score: 0.9,
                })
            })
            .collect();
        mentions.sort_by_key(|m| m.span);
        let slice = |span| text.slice(span).to_owned();
        definitions(&text, &mentions)
            .into_iter()
            .map(|d| (slice(d.long), slice(d.short)))
            .collect()
    }

    #[test]
    fn brackets_define_both_ways() {
        for (source, long, short) in [
            (
                "The Free Harbour Union (FHU) met.",
                "Free Harbour Union",
                "FHU",
            ),
            (
                "a banned group, the Front for Valley Rights (FVR), said",
                "Front for Valley Rights",
                "FVR",
            ),
            (
                "The FHU (Free Harbour Union) met.",
                "Free Harbour Union",
                "FHU",
            ),
            (
                "of the Movement for Hill Unity (“MHU”) said",
                "Movement for Hill Unity",
                "MHU",
            ),
        ] {
            assert_eq!(
                found(source, &[]),
                [(long.to_owned(), short.to_owned())],
                "{source}"
            );
        }
    }

    #[test]
    fn a_bracket_may_give_several_names() {
        assert_eq!(
            found(
                "The Free Harbour Union (FHU, also known as Harbour) met.",
                &[]
            ),
            [
                ("Free Harbour Union".to_owned(), "FHU".to_owned()),
                ("Free Harbour Union".to_owned(), "Harbour".to_owned())
            ]
        );
    }

    #[test]
    fn a_foreign_acronym_needs_a_tagged_organisation() {
        let source = "The Workers' Reform Party (PTR) won.";
        assert!(found(source, &[]).is_empty());
        let names = [("Workers' Reform Party", EntityType::Org)];
        assert_eq!(
            found(source, &names),
            [("Workers' Reform Party".into(), "PTR".into())]
        );
    }

    #[test]
    fn comments_define_nothing() {
        for source in [
            "The mayor (who was away) and the harbour (closed) met.",
            "Prices rose by a third (33pc) in May.",
            "He spoke (again) to (",
            "(IS)",
        ] {
            assert!(found(source, &[]).is_empty(), "{source}");
        }
    }

    #[test]
    fn phrases_join_two_names() {
        let names = [("Red Dawn", EntityType::Org), ("Fajr", EntityType::Org)];
        assert_eq!(
            found("Red Dawn, also known as Fajr, said", &names),
            [("Red Dawn".to_owned(), "Fajr".to_owned())]
        );
        assert!(found("Red Dawn, which fights Fajr, said", &names).is_empty());
    }
}
