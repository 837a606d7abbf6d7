//! The actor book alone: start-up, look-ups, and mentions with all rules; medians of nine.
//!
//! Start-up is also given as processor time of all threads, which a loaded machine lengthens less (Linux only).
//!
//! Run with `cargo bench --bench actors`. Goals: 20 ms, 1,000,000 and 200,000 a second on one core.

use std::hint::black_box;
use std::time::{Duration, Instant};

use headcount::actor::{Book, Context};
use headcount::tag::{EntityType, Mention};
use headcount::text::{Span, Text};

const NAMES: &[(&str, EntityType)] = &[
    ("Islamic State", EntityType::Org),
    ("Taliban", EntityType::Org),
    ("Pakistan", EntityType::Loc),
    ("Kenyan navy", EntityType::Org),
    ("Omar Karimi", EntityType::Person),
    ("Karimi", EntityType::Person),
    ("Lake Fishers Union", EntityType::Org),
    ("Afghan", EntityType::Norp),
    ("QZXV", EntityType::Org),
    ("Quillmere", EntityType::Loc),
];

/// Of nine runs; what a run makes is thrown away when its time is up.
fn median<T>(mut run: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..9)
        .map(|_| {
            let start = Instant::now();
            let made = black_box(run());
            let time = start.elapsed();
            drop(made);
            time
        })
        .collect();
    times.sort();
    times.get(4).copied().unwrap_or_default()
}

/// What the threads of this process have spent on processors: the first figure of `/proc/self/task/*/schedstat`, in nanoseconds.
fn processor_time() -> Option<Duration> {
    let tasks = std::fs::read_dir("/proc/self/task").ok()?;
    let spent = tasks.flatten().filter_map(|task| {
        let line = std::fs::read_to_string(task.path().join("schedstat")).ok()?;
        line.split(' ').next()?.parse::<u64>().ok()
    });
    Some(Duration::from_nanos(spent.sum()))
}

fn main() {
    let before = processor_time();
    let start = median(Book::embedded);
    println!("start-up            {start:>12.1?}");
    if let (Some(before), Some(after)) = (before, processor_time()) {
        let mean = after.saturating_sub(before) / 9;
        println!("  and its end, on all processors{mean:>12.1?}");
    }
    let Ok(book) = Book::embedded() else { return };
    let rounds = 20_000;
    let looked = median(|| {
        for _ in 0..rounds {
            for (name, _) in NAMES {
                black_box(book.has(black_box(name)));
            }
        }
    });
    let per_second = |time: Duration, count: usize| count as f64 / time.as_secs_f64();
    println!(
        "look-ups a second   {:>12.0}",
        per_second(looked, rounds * NAMES.len())
    );
    let (mut source, mut marks) = (String::new(), Vec::new());
    for _ in 0..20 {
        for (name, kind) in NAMES {
            marks.push((source.len()..source.len() + name.len(), *kind));
            source.push_str(name);
            source.push_str(" said that nothing more was known of it on Monday. ");
        }
    }
    let text = Text::new(source);
    let mentions: Vec<Mention> = marks
        .into_iter()
        .filter_map(|(range, kind)| {
            Some(Mention {
                span: text.span(range)?,
                kind,
                score: 0.9,
            })
        })
        .collect();
    let sentences: Vec<Span> = vec![text.whole()];
    let context = Context::bare(&text, &sentences);
    let resolved = median(|| {
        for _ in 0..100 {
            black_box(book.resolve(context, &mentions));
        }
    });
    println!(
        "mentions a second   {:>12.0}",
        per_second(resolved, 100 * mentions.len())
    );
    let capitals = Text::new("IS ".repeat(350_000));
    let whole = [capitals.whole()];
    let bare = Context::bare(&capitals, &whole);
    let mended = median(|| {
        black_box(book.mend(bare, Vec::new()));
    });
    println!("a megabyte of IS    {mended:>12.1?}");
}
