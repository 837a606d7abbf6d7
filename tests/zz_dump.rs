use headcount::number::extract;
use headcount::text::{Text, sentence::sentences};
#[test]
fn dump() {
    let Some(path) = std::env::var_os("DUMP") else {
        return;
    };
    let body = std::fs::read_to_string(path).unwrap();
    let reference = std::env::var("REF").ok().and_then(|d| d.parse().ok());
    let began = std::time::Instant::now();
    let mut n = 0;
    let quiet = std::env::var_os("QUIET").is_some();
    for line in body.lines() {
        let text = Text::new(line.to_owned());
        let spans = sentences(&text, text.whole());
        let found = extract(&text, &spans, &[], reference);
        n += found.len();
        if quiet {
            continue;
        }
        if found.is_empty() {
            continue;
        }
        println!("* {line}");
        for x in &found {
            println!(
                "    [{}] {:?} {} {} {} {} u={} per={} noun={} {}{}{}{} d={} t={}",
                text.slice(x.span),
                x.kind,
                x.value.clone().unwrap_or_default(),
                x.low.clone().unwrap_or_default(),
                x.high.clone().unwrap_or_default(),
                x.modifier
                    .map(|(m, s)| format!("{m:?}<{}>", text.slice(s)))
                    .unwrap_or_default(),
                x.unit.clone().unwrap_or_default(),
                x.per.clone().unwrap_or_default(),
                x.noun.map(|s| text.slice(s)).unwrap_or_default(),
                if x.definite { "definite " } else { "" },
                x.part_of
                    .map(|i| format!("part_of={i} "))
                    .unwrap_or_default(),
                x.same_as
                    .map(|i| format!("same_as={i} "))
                    .unwrap_or_default(),
                x.changed_from
                    .map(|i| format!("from={i} "))
                    .unwrap_or_default(),
                x.date.clone().unwrap_or_default(),
                x.timex.clone().unwrap_or_default()
            );
        }
    }
    println!(
        "TOTAL {n} numbers, {} bytes in {:?}: {:.1} MB/s",
        body.len(),
        began.elapsed(),
        body.len() as f64 / 1e6 / began.elapsed().as_secs_f64()
    );
}
