use super::*;
use proptest::prelude::*;

mod credits;

const FIRST: &str = "The provincial council said on Monday that four people had been wounded in the northern valley.";
const SECOND: &str = "Its chairman told reporters that the road would be closed until the end of the week, he added.";

type Found = Vec<(&'static str, String)>;

/// Rule and text of each region but those of the article, and the date.
fn read(content: &str, title: Option<&str>) -> (Found, Option<(String, DatePlace)>) {
    let text = Text::new(content.to_owned());
    let layout = layout(&text, title);
    let others = layout
        .regions
        .iter()
        .filter(|region| region.kind != RegionKind::Body)
        .map(|region| (region.rule, text.slice(region.span).trim().to_owned()))
        .collect();
    (
        others,
        layout
            .published
            .map(|(date, place)| (date.to_string(), place)),
    )
}

/// The regions besides the article must be these, and the date this.
fn check(
    content: &str,
    title: Option<&str>,
    expected: &[(&'static str, &str)],
    date: Option<(&str, DatePlace)>,
) {
    let (others, published) = read(content, title);
    let others: Vec<_> = others
        .iter()
        .map(|(rule, text)| (*rule, text.as_str()))
        .collect();
    assert_eq!(others, expected, "in {content:?}");
    let published = published
        .as_ref()
        .map(|(date, place)| (date.as_str(), *place));
    assert_eq!(published, date, "in {content:?}");
}

fn body(opening: &str, ending: &str) -> String {
    format!("{opening}{FIRST}\n\n{SECOND}\n\n{FIRST}\n\n{SECOND}{ending}")
}

#[test]
fn headers() {
    let header = |date| Some((date, DatePlace::Header));
    check(
        &body(" date 2019-03-04 ", ""),
        None,
        &[("labelled_date", "date 2019-03-04")],
        header("2019-03-04"),
    );
    check(
        &body("Mon 04 Mar 2019 Four wounded in the north. ", ""),
        Some("Four Wounded in the North"),
        &[
            ("glued_date", "Mon 04 Mar 2019"),
            ("record_title", "Four wounded in the north."),
        ],
        header("2019-03-04"),
    );
    check(
        &body(
            "https://a.org/2019/03/04/four\n\nFour wounded in the north\nBy Jane Doe\nMarch 5, 2019\n\nKABUL (Reuters) - ",
            "",
        ),
        None,
        &[
            ("url_line", "https://a.org/2019/03/04/four"),
            ("first_line", "Four wounded in the north"),
            ("byline_line", "By Jane Doe"),
            ("date_line", "March 5, 2019"),
            ("dateline", "KABUL (Reuters) -"),
        ],
        header("2019-03-05"),
    );
    check(
        &body("http://a.org/2019/03/04/four\n", ""),
        None,
        &[("url_line", "http://a.org/2019/03/04/four")],
        Some(("2019-03-04", DatePlace::Address)),
    );
    check(
        &body("Four wounded in north\n", ""),
        Some("Four wounded in the north - The Daily"),
        &[("record_title", "Four wounded in north")],
        None,
    );
    check(
        &body("Four wounded\n\nOur Correspondent\n\n", ""),
        None,
        &[
            ("first_line", "Four wounded"),
            ("byline_line", "Our Correspondent"),
        ],
        None,
    );
    check(
        "The court in Rome froze all payments\nto three banks that had been sued in the spring.\n",
        Some("Court in Rome froze all payments"),
        &[],
        None,
    );
    // A sentence that begins with a date or with the title's words is the article.
    check(
        &body("2 May 2019, the day of the vote, was calm. ", ""),
        None,
        &[],
        None,
    );
    check(
        &body("Four wounded in north of the country, say police. ", ""),
        Some("Four wounded in north"),
        &[],
        None,
    );
}

#[test]
fn a_credit_glued_before_the_title() {
    check(
        &body(
            "Posted on March 4 2019 by Jane Doe Four Wounded in the North ",
            "",
        ),
        Some("Four Wounded in the North"),
        &[
            ("labelled_date", "Posted on March 4 2019"),
            ("glued_byline", "by Jane Doe"),
            ("record_title", "Four Wounded in the North"),
        ],
        Some(("2019-03-04", DatePlace::Header)),
    );
}

/// The three scraped articles that the project began with, where they are at hand.
#[test]
fn seed_articles() {
    let folder = std::path::Path::new("../shared/seeds");
    let Ok(entries) = std::fs::read_dir(folder) else {
        eprintln!("skipped: no {}", folder.display());
        return;
    };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let Ok(content) = std::fs::read_to_string(&path) else {
            continue;
        };
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let (others, published) = read(&content, None);
        let rules: Vec<_> = others.iter().map(|(rule, _)| *rule).collect();
        let (expected, date): (&[&str], _) = match name.get(..3) {
            Some("000") => (&["labelled_date"], Some("2017-08-07")),
            Some("001") => (&["related"], None),
            Some("002") => (&["dateline", "published_in"], Some("2016-08-10")),
            _ => continue,
        };
        assert_eq!(rules, expected, "{name}");
        assert_eq!(
            published.as_ref().map(|(date, _)| date.as_str()),
            date,
            "{name}"
        );
    }
}

#[test]
fn datelines() {
    for dateline in [
        "WASHINGTON:",
        "KABUL (Reuters) -",
        "MOGADISHU, Somalia —",
        "LAHORE, March 3 (Xinhua) --",
        "Srinagar-",
        "Doha:",
        "AL-ARISH -",
        "Ulaanbaatar /MONTSAME/.",
        "(Reuters) –",
        "St. Louis, Mo., March 3 –",
        "BUNIA, Democratic Republic of the Congo (AFP) –",
        "ABIDJAN, Côte d'Ivoire —",
    ] {
        check(
            &body(&format!("{dateline} "), ""),
            None,
            &[("dateline", dateline)],
            None,
        );
    }
    for none in [
        "Background: ",
        "ANALYSIS: ",
        "Many people - most of them poor - left. ",
        "It was Ali – who else? – again. ",
    ] {
        check(&body(none, ""), None, &[], None);
    }
}

#[test]
fn trailers() {
    check(
        &body("", "\n\nRelated Story"),
        None,
        &[("related", "Related Story")],
        None,
    );
    let teasers = "Opinion\n\nEditorial\n\nA new start\nUpdated 3 Mar, 2024\n\nA new start\n\nThe hour has come for a bold decision on the budget of the state, at last, and for all.\nOld roads\n2 Mar, 2024\n\nOld roads\n\nREPAIRS of the old roads are dear and take a long time because the...";
    let footer = format!("Published in The Daily, March 4th, 2019\n\n{teasers}");
    check(
        &body("", &format!("\n\n{footer}")),
        None,
        &[("published_in", &footer)],
        Some(("2019-03-04", DatePlace::Footer)),
    );
    check(
        &body("", &format!("\n\n{teasers}")),
        None,
        &[("section_list", teasers)],
        None,
    );
    let (_, repeated) = teasers.split_at(20);
    check(
        &body("", &format!("\n\n{repeated}")),
        None,
        &[("teasers", repeated)],
        None,
    );
    check(
        &body(
            "date 2018-01-02 ",
            "\n\nPublished in The Daily, March 4th, 2019",
        ),
        None,
        &[
            ("labelled_date", "date 2018-01-02"),
            ("published_in", "Published in The Daily, March 4th, 2019"),
        ],
        Some(("2018-01-02", DatePlace::Header)),
    );
    for (line, rule) in [
        ("© 2019 The Daily", "copyright"),
        ("Follow us on Twitter", "share"),
        ("Tags: Kabul, war", "tags"),
        (
            "(Reporting by Jane Doe; Editing by John Roe)",
            "agency_credit",
        ),
        ("Reuter\n\u{3}", "wire_end"),
        ("REUTER\n&#3;", "wire_end"),
        ("Read more", "read_more"),
        ("— AFP", "agency_signature"),
    ] {
        check(&body("", &format!("\n{line}")), None, &[(rule, line)], None);
    }
    check(
        &body("", " — SPA"),
        None,
        &[("agency_signature", "— SPA")],
        None,
    );
    check(
        &body("", " (Reporting by Jane Doe; Editing by John Roe)"),
        None,
        &[(
            "agency_credit",
            "(Reporting by Jane Doe; Editing by John Roe)",
        )],
        None,
    );
}

#[test]
fn text_below_an_early_cue_is_kept() {
    let below = body("", "");
    for cue in [
        "Related Story",
        "Read more",
        "Opinion",
        "ADVERTISEMENT",
        "Copyright 2019 The Daily",
        "Also read: Two new roads",
    ] {
        let (others, _) = read(&format!("{FIRST}\n\n{cue}\n\n{below}"), None);
        let texts: Vec<_> = others.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, [cue]);
    }
    check(
        &format!("{below}\n\nALSO READ:\n\nTwo new roads\n\n{below}"),
        None,
        &[("read_more", "ALSO READ:\n\nTwo new roads")],
        None,
    );
    // Wrapped lines that begin with a cue's word.
    check(
        "The company paid ten cents for each\nshare.\n    Copyright laws are strict, and the court in\nParis said that it would share the view.",
        None,
        &[],
        None,
    );
}

#[test]
fn hostile_pages_take_linear_time() {
    for unit in [
        "\n",
        "By A\n",
        "Related\n\n",
        "x",
        "A. ",
        "(Reporting by ",
        "Opinion\n2 Mar, 2024\n",
        "KABUL - ",
        "\u{3}\r\n",
        "a\n2 Mar 2024\na\n",
    ] {
        let text = Text::new(unit.repeat(1_000_000 / unit.len()));
        let begun = std::time::Instant::now();
        layout(&text, Some(text.as_str()));
        assert!(
            begun.elapsed().as_secs() < 20,
            "{unit:?} took {:?}",
            begun.elapsed()
        );
    }
}

fn assert_partition(content: &str, title: Option<&str>) {
    let text = Text::new(content.to_owned());
    let regions = layout(&text, title).regions;
    let mut end = 0;
    for region in &regions {
        assert_eq!(region.span.start(), end, "a gap or an overlap");
        assert!(!region.span.is_empty());
        end = region.span.end();
    }
    assert_eq!(end, text.len());
}

proptest! {
    #[test]
    fn regions_partition_any_text(content in any::<String>(), title in any::<Option<String>>()) {
        assert_partition(&content, title.as_deref());
    }

    #[test]
    fn regions_partition_any_page(
        pieces in proptest::collection::vec(prop_oneof![
            Just(FIRST), Just(SECOND), Just("\n"), Just("\n\n"), Just("\r\n"), Just(" "), Just("https://a.org/2019/03/04/x"),
            Just("date 2019-03-04 "), Just("Mon 04 Mar 2019"), Just("Four wounded in north"), Just("By Jane Doe"),
            Just("KABUL (Reuters) - "), Just("Related Story"), Just("Read more:"), Just("Published in The Daily, March 4th, 2019"),
            Just("Updated 3 Mar, 2024"), Just("REUTER"), Just("\u{3}"), Just("— SPA"), Just("é"), Just("(Editing by "), Just("\u{85}"),
        ], 0..24),
        title in prop_oneof![Just(None), Just(Some("Four wounded in north"))],
    ) {
        assert_partition(&pieces.concat(), title);
    }
}
