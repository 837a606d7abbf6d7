//! From what the stages found, in bytes, to the record, in code points.

use jiff::civil::Date;

use super::{
    ActorEntry, AlternativeEntry, Change, Evidence, MentionEntry, NumberEntry, PublishedFrom,
    Record, RegionEntry, SCHEMA, Source, Warning,
};
use crate::actor::Resolution;
use crate::number::Number;
use crate::text::region::{Region, RegionKind};
use crate::text::{Span, Text};

/// Everything that a record is made of.
#[derive(Debug)]
pub struct Parts<'a> {
    /// The article's id.
    pub id: String,
    /// Where it came from.
    pub source: Source,
    /// Title, URL, outlet and other fields of the input.
    pub title: Option<String>,
    /// See [`Record::url`].
    pub url: Option<String>,
    /// See [`Record::outlet`].
    pub outlet: Option<String>,
    /// See [`Record::meta`].
    pub meta: serde_json::Map<String, serde_json::Value>,
    /// The date and where it was found.
    pub published: Option<(Date, PublishedFrom)>,
    /// The text.
    pub text: &'a Text,
    /// Its regions.
    pub regions: &'a [Region],
    /// Its names and actors.
    pub resolution: Resolution,
    /// Its numbers.
    pub numbers: Vec<Number>,
    /// What was odd.
    pub warnings: Vec<Warning>,
}

/// Puts the record together.
pub fn assemble(parts: Parts<'_>) -> Record {
    let Parts { text, regions, .. } = parts;
    let actor_ids: Vec<String> = parts
        .resolution
        .actors
        .iter()
        .map(|actor| actor.id.clone())
        .collect();
    let region_of = |span: Span| region_at(regions, span);
    let mentions = parts
        .resolution
        .mentions
        .into_iter()
        .map(|resolved| {
            let mention = resolved.mention;
            let (start, end) = text.char_offsets(mention.span);
            MentionEntry {
                start,
                end,
                text: text.slice(mention.span).to_owned(),
                kind: mention.kind,
                score: (f64::from(mention.score) * 1e4).round() / 1e4,
                region: region_of(mention.span),
                actor: resolved
                    .actor
                    .and_then(|index| actor_ids.get(index).cloned()),
                rule: resolved.rule.to_owned(),
                evidence: resolved.evidence.map(|span| {
                    let (start, end) = text.char_offsets(span);
                    Evidence {
                        start,
                        end,
                        text: text.slice(span).to_owned(),
                    }
                }),
                alternatives: resolved
                    .alternatives
                    .into_iter()
                    .map(|other| AlternativeEntry {
                        id: other.id,
                        reason: other.reason.to_owned(),
                    })
                    .collect(),
            }
        })
        .collect();
    let changes = changes(&parts.numbers);
    let numbers = parts
        .numbers
        .into_iter()
        .zip(changes)
        .map(|(number, change)| number_entry(text, regions, number, change))
        .collect();
    Record {
        schema: SCHEMA.to_owned(),
        id: parts.id,
        source: parts.source,
        title: parts.title,
        published: parts.published.map(|(date, _)| date),
        published_from: parts.published.map(|(_, from)| from),
        url: parts.url,
        outlet: parts.outlet,
        meta: parts.meta,
        text: text.as_str().to_owned(),
        regions: regions
            .iter()
            .map(|region| {
                let (start, end) = text.char_offsets(region.span);
                RegionEntry {
                    start,
                    end,
                    kind: region.kind,
                    rule: region.rule.to_owned(),
                }
            })
            .collect(),
        mentions,
        numbers,
        actors: parts
            .resolution
            .actors
            .into_iter()
            .map(|actor| ActorEntry {
                id: actor.id,
                name: actor.name,
                kind: actor.kind.into_owned(),
                country: actor.country,
                qid: actor.qid,
                parent: actor.parent,
                known: actor.known,
                mentions: actor.mentions,
            })
            .collect(),
        warnings: parts.warnings,
    }
}

/// The kind of the region in which a span begins.
fn region_at(regions: &[Region], span: Span) -> RegionKind {
    let after = regions.partition_point(|region| region.span.start() <= span.start());
    after
        .checked_sub(1)
        .and_then(|index| regions.get(index))
        .map_or(RegionKind::Body, |region| region.kind)
}

/// For each number the change that it is an end of.
fn changes(numbers: &[Number]) -> Vec<Option<Change>> {
    let mut changes = vec![None; numbers.len()];
    for (to, number) in numbers.iter().enumerate() {
        let Some(from) = number.changed_from else {
            continue;
        };
        for end in [from, to] {
            if let Some(slot) = changes.get_mut(end) {
                *slot = Some(Change { from, to });
            }
        }
    }
    changes
}

fn number_entry(
    text: &Text,
    regions: &[Region],
    number: Number,
    change: Option<Change>,
) -> NumberEntry {
    let (start, end) = text.char_offsets(number.span);
    let modifier = number.modifier.map(|(_, span)| text.char_offsets(span));
    let noun = number.noun.map(|span| text.char_offsets(span));
    NumberEntry {
        start,
        end,
        text: text.slice(number.span).to_owned(),
        kind: number.kind,
        value: number.value,
        low: number.low,
        high: number.high,
        exact: number.exact,
        modifier: number.modifier.map(|(modifier, _)| modifier),
        modifier_start: modifier.map(|(start, _)| start),
        modifier_end: modifier.map(|(_, end)| end),
        unit: number.unit,
        per: number.per,
        unit_ambiguous: number.unit_ambiguous,
        noun: number.noun.map(|span| text.slice(span).to_owned()),
        noun_start: noun.map(|(start, _)| start),
        noun_end: noun.map(|(_, end)| end),
        definite: number.definite,
        part_of: number.part_of,
        same_as: number.same_as,
        change,
        date: number.date,
        timex: number.timex,
        date_alt: number.date_alt,
        region: region_at(regions, number.span),
    }
}
