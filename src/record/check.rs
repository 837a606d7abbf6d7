//! The record's own promises, checked from the record alone: offsets, order, links, partition.
//!
//! It trusts nothing that the program knew while writing; `verify` runs it over every line.

use std::collections::HashMap;

use super::{Record, SCHEMA};
use crate::text::Text;

/// Every way in which a record breaks its contract, in words; empty for a sound one.
pub fn check(record: &Record) -> Vec<String> {
    let mut faults = Vec::new();
    let text = Text::new(record.text.clone());
    let slice = |start: usize, end: usize| {
        text.span_of_chars(start, end)
            .map(|span| text.slice(span).to_owned())
    };
    let mut expect = |holds: bool, fault: &dyn Fn() -> String| {
        if !holds {
            faults.push(fault());
        }
    };

    expect(record.schema == SCHEMA, &|| {
        format!("schema is `{}`, not `{SCHEMA}`", record.schema)
    });
    expect(
        record.published.is_some() == record.published_from.is_some(),
        &|| "published and published_from do not go together".to_owned(),
    );

    let mut at = 0;
    for (index, region) in record.regions.iter().enumerate() {
        expect(region.start == at && region.end > region.start, &|| {
            format!("regions[{index}] does not begin where the one before ends")
        });
        at = region.end;
    }
    expect(
        text.span_of_chars(0, at).map(|span| span.end()) == Some(text.len()),
        &|| "the regions do not reach the end of the text".to_owned(),
    );

    let actors: HashMap<&str, usize> = record
        .actors
        .iter()
        .enumerate()
        .map(|(index, actor)| (actor.id.as_str(), index))
        .collect();
    expect(actors.len() == record.actors.len(), &|| {
        "two actors have one id".to_owned()
    });
    let mut named: Vec<Vec<usize>> = vec![Vec::new(); record.actors.len()];
    let mut at = 0;
    for (index, mention) in record.mentions.iter().enumerate() {
        expect(
            slice(mention.start, mention.end).as_deref() == Some(mention.text.as_str())
                && !mention.text.is_empty(),
            &|| format!("mentions[{index}] is not the text at its offsets"),
        );
        expect(mention.start >= at, &|| {
            format!("mentions[{index}] overlaps the one before or is out of order")
        });
        at = mention.end;
        expect((0.0..=1.0).contains(&mention.score), &|| {
            format!("mentions[{index}] has the score {}", mention.score)
        });
        if let Some(evidence) = &mention.evidence {
            expect(
                slice(evidence.start, evidence.end).as_deref() == Some(evidence.text.as_str()),
                &|| format!("the evidence of mentions[{index}] is not the text at its offsets"),
            );
        }
        for other in &mention.alternatives {
            expect(
                !other.id.is_empty() && mention.actor.as_ref() != Some(&other.id),
                &|| format!("mentions[{index}] has its own actor or nobody as an alternative"),
            );
        }
        if let Some(id) = &mention.actor {
            match actors
                .get(id.as_str())
                .and_then(|&slot| named.get_mut(slot))
            {
                Some(mentions) => mentions.push(index),
                None => expect(false, &|| {
                    format!("mentions[{index}] names the actor `{id}`, who is not in actors")
                }),
            }
        }
    }
    for (actor, mentions) in record.actors.iter().zip(&named) {
        expect(&actor.mentions == mentions, &|| {
            format!("actor `{}` does not list its mentions", actor.id)
        });
    }

    let mut at = 0;
    let count = record.numbers.len();
    for (index, number) in record.numbers.iter().enumerate() {
        expect(
            slice(number.start, number.end).as_deref() == Some(number.text.as_str())
                && !number.text.is_empty(),
            &|| format!("numbers[{index}] is not the text at its offsets"),
        );
        expect(number.start >= at, &|| {
            format!("numbers[{index}] overlaps the one before or is out of order")
        });
        at = number.end;
        let noun = match (number.noun_start, number.noun_end) {
            (Some(start), Some(end)) => slice(start, end),
            _ => None,
        };
        expect(noun == number.noun, &|| {
            format!("the noun of numbers[{index}] is not the text at its offsets")
        });
        let modifier = number.modifier_start.zip(number.modifier_end);
        expect(
            number.modifier.is_some() == modifier.is_some()
                && modifier.is_none_or(|(start, end)| slice(start, end).is_some()),
            &|| format!("the modifier of numbers[{index}] has no place in the text"),
        );
        for value in [&number.value, &number.low, &number.high]
            .into_iter()
            .flatten()
        {
            expect(is_decimal(value), &|| {
                format!("numbers[{index}] has `{value}`, which is no plain decimal")
            });
        }
        let links = [
            number.part_of,
            number.same_as,
            number.change.map(|change| change.from),
            number.change.map(|change| change.to),
        ];
        expect(
            links.into_iter().flatten().all(|link| link < count),
            &|| format!("numbers[{index}] links to a number that is not there"),
        );
    }
    faults
}

/// A decimal string without exponent: `-?digits[.digits]`.
fn is_decimal(value: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = value.strip_prefix('-').unwrap_or(value);
    match unsigned.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(unsigned),
    }
}
