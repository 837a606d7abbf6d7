//! A report for a program (JSON) or a spreadsheet (CSV): every figure, unrounded.

use serde_json::{Value, json};

use crate::score::{Doubtful, Key, Metric, Report};

/// All figures as CSV, one a line.
pub fn csv(report: &Report) -> String {
    let mut out =
        "section,metric,class,precision,recall,f1,precision_low,precision_high,recall_low,\
                   recall_high,f1_low,f1_high,right,predicted,gold\n"
            .to_owned();
    for (metric, class, value) in lines(report) {
        // What a cell begins with must not make a spreadsheet compute.
        let class = match class.chars().next() {
            Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{class}"),
            _ => class,
        };
        let mut cells = vec![metric.section().name().into(), metric.name().into(), class];
        let figure = value.figure;
        cells.extend([figure.precision, figure.recall, figure.f1].map(|v| format!("{v:.6}")));
        for interval in value.intervals {
            cells.extend([interval.low, interval.high].map(|v| format!("{v:.6}")));
        }
        match value.tally {
            Some(tally) => {
                cells.extend([tally.right_gold, tally.predicted, tally.gold].map(|v| v.to_string()))
            }
            None => cells.extend([String::new(), String::new(), String::new()]),
        }
        let quoted = cells.iter().map(|cell: &String| {
            if cell.contains([',', '"', '\n']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                cell.clone()
            }
        });
        out += &quoted.collect::<Vec<_>>().join(",");
        out.push('\n');
    }
    out
}

/// As one JSON object.
pub fn json(report: &Report, worst: usize) -> Value {
    let mut sections = serde_json::Map::new();
    for (metric, class, value) in lines(report) {
        let section = sections
            .entry(metric.section().name())
            .or_insert_with(|| json!({}));
        let mut entry = json!({
            "precision": value.figure.precision, "recall": value.figure.recall, "f1": value.figure.f1,
            "interval": {
                "precision": value.intervals[0], "recall": value.intervals[1], "f1": value.intervals[2],
            },
        });
        if let (Some(tally), Some(entry)) = (value.tally, entry.as_object_mut()) {
            entry.insert("counts".into(), json!(tally));
        }
        let of_metric = section
            .as_object_mut()
            .map(|section| section.entry(metric.name()).or_insert_with(|| json!({})));
        if let Some(of_metric) = of_metric.and_then(Value::as_object_mut) {
            match class.as_str() {
                "micro" | "macro" => of_metric.insert(class, entry),
                _ => of_metric
                    .entry("classes")
                    .or_insert_with(|| json!({}))
                    .as_object_mut()
                    .and_then(|classes| classes.insert(class, entry)),
            };
        }
    }
    let confusion: Vec<Value> = report
        .confusion
        .iter()
        .map(|((gold, predicted), count)| json!({"gold": gold, "predicted": predicted, "count": count}))
        .collect();
    let worst: Vec<Value> = report
        .worst
        .iter()
        .take(worst)
        .map(|worst| json!({"id": worst.id, "errors": worst.errors, "counts": worst.counts}))
        .collect();
    let mut object = json!({
        "documents": report.documents,
        "missing": report.missing,
        "extra": report.extra,
        "types": report.scope.types,
        "left_out": report.scope.left_out,
        "figures": sections,
        "confusion": confusion,
        "worst": worst,
    });
    if let (Some(against), Some(object)) = (&report.against, object.as_object_mut()) {
        let rows = against.rows.iter().map(|row| {
            json!({
                "section": row.metric.section().name(), "metric": row.metric.name(),
                "average": if row.macro_average { "macro" } else { "micro" },
                "f1": row.f1[0], "against_f1": row.f1[1],
                "difference": row.f1[0] - row.f1[1], "interval": row.difference, "p": row.p,
            })
        });
        object.insert("against".into(), rows.collect());
    }
    object
}

/// Every figure in its order: measure, class (`micro`, `macro` or a class), value.
pub(super) fn lines(report: &Report) -> Vec<(Metric, String, Doubtful)> {
    let mut lines = Vec::new();
    for (Key { metric, class }, value) in &report.figures {
        match class {
            Some(class) => lines.push((*metric, class.clone(), *value)),
            None => {
                lines.push((*metric, "micro".to_owned(), *value));
                if let Some(average) = report.macros.get(metric) {
                    lines.push((*metric, "macro".to_owned(), *average));
                }
            }
        }
    }
    lines
}
