//! A report as tables, for a terminal, a page (Markdown), a spreadsheet (CSV) or a program (JSON).

mod data;

pub use data::{csv, json};

use super::difference::one_line;
use super::{Metric, Report, Section};
use data::lines;

/// Rows of the confusion that are shown; JSON has all.
const CONFUSIONS: usize = 25;

/// A table with its title.
struct Table {
    title: String,
    header: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

/// As tables of plain text. `worst`: how many documents are listed.
pub fn text(report: &Report, worst: usize) -> String {
    let mut out = summary(report);
    for table in tables(report, worst) {
        let widths: Vec<usize> = (0..table.header.len())
            .map(|column| {
                let cells = table.rows.iter().filter_map(|row| row.get(column));
                let widest = cells
                    .map(|cell| cell.chars().count())
                    .max()
                    .unwrap_or_default();
                let head = table.header.get(column).map_or(0, |head| head.len());
                widest.max(head)
            })
            .collect();
        out += &format!("\n{}\n", table.title);
        let header: Vec<String> = table.header.iter().map(|&head| head.to_owned()).collect();
        for row in std::iter::once(&header).chain(&table.rows) {
            let cells = row
                .iter()
                .zip(&widths)
                .enumerate()
                .map(|(column, (cell, width))| {
                    if column == 0 {
                        format!("{cell:<width$}")
                    } else {
                        format!("{cell:>width$}")
                    }
                });
            out += &format!("  {}\n", cells.collect::<Vec<_>>().join("  ").trim_end());
        }
    }
    out
}

/// As Markdown.
pub fn markdown(report: &Report, worst: usize) -> String {
    let mut out = summary(report);
    for table in tables(report, worst) {
        out += &format!(
            "\n### {}\n\n| {} |\n|",
            table.title,
            table.header.join(" | ")
        );
        out += &"---|".repeat(table.header.len());
        out.push('\n');
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
            out += &format!("| {} |\n", cells.join(" | "));
        }
    }
    out
}

fn summary(report: &Report) -> String {
    let types: Vec<&str> = report.scope.types.iter().map(String::as_str).collect();
    let mut out = format!(
        "{} documents; types {}\n",
        report.documents,
        types.join(" ")
    );
    if !report.scope.left_out.is_empty() {
        let left: Vec<String> = report
            .scope
            .left_out
            .iter()
            .map(|(kind, count)| format!("{kind} {count}"))
            .collect();
        out += &format!("not compared: {}\n", left.join(", "));
    }
    if !report.missing.is_empty() {
        out += &format!(
            "{} documents of the gold have no prediction; all in them counts as missed\n",
            report.missing.len()
        );
    }
    if report.extra > 0 {
        out += &format!("{} predicted documents are not in the gold\n", report.extra);
    }
    out
}

/// A share in percent.
fn percent(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}

fn tables(report: &Report, worst: usize) -> Vec<Table> {
    let mut tables = Vec::new();
    for section in [
        Section::Mentions,
        Section::Columns,
        Section::Numbers,
        Section::Actors,
    ] {
        // By type only what is published: the rest is in JSON and CSV.
        let shown = |metric: Metric, class: &str| match class {
            "micro" | "macro" => true,
            _ => matches!(metric, Metric::Strict | Metric::Value),
        };
        let rows: Vec<Vec<String>> = lines(report)
            .into_iter()
            .filter(|(metric, class, _)| metric.section() == section && shown(*metric, class))
            .map(|(metric, class, value)| {
                let figure = value.figure;
                let f1 = value.intervals[2];
                let count = |of: fn(&super::Tally) -> f64| {
                    value
                        .tally
                        .map_or(String::new(), |tally| format!("{:.0}", of(&tally)))
                };
                vec![
                    if section == Section::Actors || class == "micro" {
                        metric.name().to_owned()
                    } else {
                        format!("  {}", one_line(&class))
                    },
                    percent(figure.precision),
                    percent(figure.recall),
                    percent(figure.f1),
                    format!("{}-{}", percent(f1.low), percent(f1.high)),
                    count(|tally| tally.gold),
                    count(|tally| tally.predicted),
                ]
            })
            .collect();
        if !rows.is_empty() {
            tables.push(Table {
                title: format!("{} (%, 95% interval over documents)", section.name()),
                header: vec!["", "P", "R", "F1", "F1 95%", "gold", "predicted"],
                rows,
            });
        }
    }
    if let Some(against) = &report.against {
        let rows = against.rows.iter().map(|row| {
            let average = if row.macro_average { " macro" } else { "" };
            vec![
                format!("{}{average}", row.metric.name()),
                percent(row.f1[0]),
                percent(row.f1[1]),
                format!("{:+.1}", (row.f1[0] - row.f1[1]) * 100.0),
                format!(
                    "{:+.1} to {:+.1}",
                    row.difference.low * 100.0,
                    row.difference.high * 100.0
                ),
                format!("{:.3}", row.p),
            ]
        });
        tables.push(Table {
            title: "against (F1 in %, paired bootstrap over documents)".to_owned(),
            header: vec!["", "F1", "against", "difference", "95%", "p"],
            rows: rows.collect(),
        });
    }
    let mut confused: Vec<_> = report
        .confusion
        .iter()
        .filter(|((a, b), _)| a != b)
        .collect();
    confused.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    if !confused.is_empty() {
        let rows = confused
            .into_iter()
            .take(CONFUSIONS)
            .map(|((gold, predicted), count)| {
                vec![one_line(gold), one_line(predicted), count.to_string()]
            });
        tables.push(Table {
            title: format!(
                "confusion of names that overlap (- is none), the {CONFUSIONS} most frequent"
            ),
            header: vec!["gold", "predicted", "names"],
            rows: rows.collect(),
        });
    }
    let listed: Vec<Vec<String>> = report
        .worst
        .iter()
        .take(worst)
        .map(|worst| {
            let counts = worst.counts;
            vec![
                one_line(&worst.id),
                worst.errors.to_string(),
                format!("{:.0}", counts.gold),
                format!("{:.0}", counts.predicted),
                format!("{:.0}", counts.right_gold),
                percent(counts.figure().f1),
            ]
        })
        .collect();
    if !listed.is_empty() {
        tables.push(Table {
            title: "documents with the most errors in names (strict)".to_owned(),
            header: vec!["document", "errors", "gold", "predicted", "right", "F1"],
            rows: listed,
        });
    }
    tables
}
