//! All figures of a system on a gold, and of two systems side by side.

use std::collections::BTreeMap;

use super::bootstrap::{Interval, intervals};
use super::measure::{Key, Metric, Tallies};
use super::mention::Confusion;
use super::resampled::{Resampled, compare};
use super::{
    Difference, Document, Figure, Scope, Tally, actor, column, differences, mention, number, pair,
};

/// A figure and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Doubtful {
    /// The counts behind it; none for a macro average.
    pub tally: Option<Tally>,
    /// Precision, recall, F1.
    pub figure: Figure,
    /// Their 95% intervals, in this order.
    pub intervals: [Interval; 3],
}

/// An article by its errors.
#[derive(Clone, Debug, PartialEq)]
pub struct Worst {
    /// The document.
    pub id: String,
    /// Gold mentions, predicted ones, and those that are right (strict).
    pub counts: Tally,
    /// Missed and spurious together.
    pub errors: usize,
}

/// Two systems by one measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The measure; `macro_average` is that over its classes.
    pub metric: Metric,
    /// See `metric`.
    pub macro_average: bool,
    /// F1 of the system and of the one that it is held against.
    pub f1: [f64; 2],
    /// The 95% interval of the first minus the second, over the same resamples.
    pub difference: Interval,
    /// Two-sided, from the paired bootstrap.
    pub p: f64,
}

/// A system held against another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// By measure.
    pub rows: Vec<Compared>,
}

/// See the module.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Documents that are compared.
    pub documents: usize,
    /// Gold documents without prediction; all that is in them counts as missed.
    pub missing: Vec<String>,
    /// Predicted documents that are not in the gold; they are left alone.
    pub extra: usize,
    /// The types.
    pub scope: Scope,
    /// Every measure, as a whole and by class.
    pub figures: BTreeMap<Key, Doubtful>,
    /// Averages over the classes.
    pub macros: BTreeMap<Metric, Doubtful>,
    /// Gold type, predicted type, how often; `-` is none. Pairs of names that overlap.
    pub confusion: BTreeMap<(String, String), usize>,
    /// Documents with errors, the worst first.
    pub worst: Vec<Worst>,
    /// All errors, by document.
    pub errors: Vec<(String, Vec<Difference>)>,
    /// Filled where there is a second system.
    pub against: Option<Comparison>,
}

/// One system on the gold, before it is resampled.
struct Counted {
    documents: Vec<Tallies>,
    confusion: Confusion,
    ids: Vec<String>,
    missing: Vec<String>,
    extra: usize,
    errors: Vec<(String, Vec<Difference>)>,
}

/// Evaluates predictions on gold, and against those of another system.
///
/// # Errors
/// A document whose text is not the gold's: offsets would mean nothing.
pub fn evaluate(
    gold: &[Document],
    predicted: &[Document],
    against: Option<&[Document]>,
    scope: Scope,
) -> Result<Report, String> {
    let system = count(gold, predicted, &scope)?;
    let resampled = Resampled::new(&system.documents);
    let mut report = Report {
        documents: system.documents.len(),
        extra: system.extra,
        worst: worst(&system),
        missing: system.missing,
        confusion: system.confusion,
        errors: system.errors,
        ..Report::default()
    };
    for (index, key) in resampled.keys.iter().enumerate() {
        let tally = resampled.total.get(index).copied().unwrap_or_default();
        let figures: Vec<Figure> = resampled.occurring(index).collect();
        report.figures.insert(
            key.clone(),
            Doubtful {
                tally: Some(tally),
                figure: tally.figure(),
                intervals: intervals(&figures),
            },
        );
    }
    for metric in resampled.averaged() {
        let figures: Vec<Figure> = resampled.macros(metric).collect();
        let figure = resampled.macro_of(metric, &resampled.total);
        report.macros.insert(
            metric,
            Doubtful {
                tally: None,
                figure,
                intervals: intervals(&figures),
            },
        );
    }
    if let Some(against) = against {
        let other = Resampled::new(&count(gold, against, &scope)?.documents);
        report.against = Some(compare(&resampled, &other));
    }
    report.scope = scope;
    Ok(report)
}

fn count(gold: &[Document], predicted: &[Document], scope: &Scope) -> Result<Counted, String> {
    let pairs = pair(gold, predicted);
    if let Some(&(g, p)) = pairs.different_text.first()
        && let (Some(g), Some(p)) = (gold.get(g), predicted.get(p))
    {
        let at = g
            .text
            .chars()
            .zip(p.text.chars())
            .take_while(|(a, b)| a == b);
        return Err(format!(
            "document `{}`: the predictions are on another text (it differs from character {}); predict \
             on the gold's own text",
            g.id,
            at.count()
        ));
    }
    let has = |holds: fn(&Document) -> bool| gold.iter().any(holds);
    let links = has(|document| document.mentions.iter().any(|m| m.actor.is_some()));
    let numbers = has(|document| document.numbers.as_ref().is_some_and(|n| !n.is_empty()));
    let mut counted = Counted {
        documents: Vec::new(),
        confusion: Confusion::new(),
        ids: Vec::new(),
        missing: Vec::new(),
        extra: pairs.right_only.len(),
        errors: Vec::new(),
    };
    let nothing = Document {
        numbers: Some(Vec::new()),
        has_actors: true,
        ..Document::default()
    };
    let missing = pairs.left_only.iter().map(|&g| (g, None));
    let both = pairs.both.iter().map(|&(g, p)| (g, predicted.get(p)));
    let mut all: Vec<(&Document, Option<&Document>)> = both
        .chain(missing)
        .filter_map(|(g, p)| Some((gold.get(g)?, p)))
        .collect();
    all.sort_by_key(|(document, _)| (&document.id, &document.text));
    let mut is_iob2 = true;
    for (gold, predicted) in all {
        let said = predicted.unwrap_or_else(|| {
            counted.missing.push(gold.id.clone());
            &nothing
        });
        let mut tallies = Tallies::default();
        let (right, kept) = scope.narrow(&gold.mentions, &said.mentions);
        mention::count(&right, &kept, &mut tallies, &mut counted.confusion);
        is_iob2 &= column::count(gold, said, &mut tallies);
        if let (true, Some(right), Some(said)) = (numbers, &gold.numbers, &said.numbers) {
            number::count(right, said, &mut tallies);
        }
        if links && gold.has_actors && said.has_actors {
            actor::count(&right, &kept, &mut tallies);
        }
        let wrong = differences(gold, said, &right, &kept);
        if !wrong.is_empty() {
            counted.errors.push((gold.id.clone(), wrong));
        }
        counted.ids.push(gold.id.clone());
        counted.documents.push(tallies);
    }
    if !is_iob2 {
        for tallies in &mut counted.documents {
            tallies
                .0
                .retain(|key, _| key.metric != Metric::SeqevalStrict);
        }
    }
    Ok(counted)
}

/// Documents by their errors in names, strictly counted; those without are left out.
fn worst(counted: &Counted) -> Vec<Worst> {
    let strict = Key {
        metric: Metric::Strict,
        class: None,
    };
    let mut worst: Vec<Worst> = counted
        .ids
        .iter()
        .zip(&counted.documents)
        .filter_map(|(id, tallies)| {
            let counts = *tallies.0.get(&strict)?;
            let errors =
                counts.gold - counts.right_gold + counts.predicted - counts.right_predicted;
            (errors > 0.0).then(|| Worst {
                id: id.clone(),
                counts,
                errors: errors as usize,
            })
        })
        .collect();
    worst.sort_by(|a, b| b.errors.cmp(&a.errors).then_with(|| a.id.cmp(&b.id)));
    worst
}
