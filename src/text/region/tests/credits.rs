//! Place, author and date in the many ways in which pages set them, and trailers of several parts.

use super::*;

#[test]
fn place_agency_and_date_below_the_title() {
    check(
        &body(
            "Four wounded in the north\nISTANBUL\nAgencies\nMarch 4 2019 07:00:00\n\n",
            "",
        ),
        None,
        &[
            ("first_line", "Four wounded in the north"),
            ("byline_line", "ISTANBUL\nAgencies"),
            ("date_line", "March 4 2019 07:00:00"),
        ],
        Some(("2019-03-04", DatePlace::Header)),
    );
}

#[test]
fn author_place_and_date_between_marks() {
    let line = "Jane Doe · Lima · Mar 4, 2019 · 3 min";
    check(
        &body(&format!("Four wounded in the north\n\n{line}\n\n"), ""),
        None,
        &[
            ("first_line", "Four wounded in the north"),
            ("byline_line", line),
        ],
        Some(("2019-03-04", DatePlace::Header)),
    );
}

#[test]
fn a_dateline_with_its_date_dates_the_article() {
    for (dateline, date) in [
        ("BENI, 23/09/2023 - ", Some("2023-09-23")),
        ("NEW YORK, 5 Jan 2019 — ", Some("2019-01-05")),
        ("LAHORE, March 3, 2019 (Xinhua) -- ", Some("2019-03-03")),
        ("LAHORE, March 3 (Xinhua) -- ", None),
    ] {
        check(
            &body(dateline, ""),
            None,
            &[("dateline", dateline.trim())],
            date.map(|date| (date, DatePlace::Header)),
        );
    }
}

#[test]
fn the_date_of_a_footer_that_follows_a_credit() {
    let trailer = "(Reporting by Jane Doe; Editing by John Roe)\n\nPublished in The Daily, March 4th, \
                   2019\n\nOpinion\n\nAfter the truce\nUpdated 27 Mar, 2024";
    check(
        &body("", &format!("\n\n{trailer}")),
        None,
        &[("agency_credit", trailer)],
        Some(("2019-03-04", DatePlace::Footer)),
    );
}

#[test]
fn a_list_of_links_below_its_heading() {
    let list = "READ MORE\nSecond corridor opens at 9 a.m.\n500 million for the quake zone";
    check(
        &body("", &format!("\n\n{list}")),
        None,
        &[("read_more", list)],
        None,
    );
}

#[test]
fn a_first_paragraph_of_short_lines_is_no_head() {
    // Nothing here says who wrote it or when.
    let (others, _) = read(
        "The council met in\nthe northern valley\nand spoke of roads.\n\nIt will meet again.",
        None,
    );
    assert!(others.is_empty(), "{others:?}");
}

#[test]
fn a_masthead_ends_with_the_line_that_dates_the_page() {
    check(
        &body(
            "THE HARBOUR POST\nNews | Coast\nMarch 4, 2019\n\nFour wounded in the north\n\nBy Jane Doe\n\n",
            "",
        ),
        None,
        &[
            ("masthead", "THE HARBOUR POST\nNews | Coast\nMarch 4, 2019"),
            ("first_line", "Four wounded in the north"),
            ("byline_line", "By Jane Doe"),
        ],
        Some(("2019-03-04", DatePlace::Header)),
    );
    for (head, date) in [
        (
            "The Harbour Post\n\nFour wounded in the north\n\nJane Doe in Kano, 4 March 2019\n\n",
            "2019-03-04",
        ),
        (
            "Four wounded in the north\nBy Jane Doe, Mar 4, 2019, 5:12 AM\n\n",
            "2019-03-04",
        ),
        (
            "The Post\nANALYSIS   4 Mar 2019   6 min read\n\nThe price of a road\n\n",
            "2019-03-04",
        ),
        (
            "Four wounded in the north\nUpdated 11:42 a.m. CDT, March 4, 2019\n\n",
            "2019-03-04",
        ),
        ("Four wounded in the north\n04/03/2019 08h15\n\n", ""),
        (
            "Four wounded in the north\nMonday 04/03/2019\n\n",
            "2019-03-04",
        ),
        ("4 March 2019KANO, Nigeria: ", "2019-03-04"),
    ] {
        let (_, published) = read(&body(head, ""), None);
        let published = published.map_or(String::new(), |(date, _)| date);
        assert_eq!(published, date, "{head:?}");
    }
}

#[test]
fn a_date_in_a_sentence_is_no_masthead() {
    for head in [
        "We went home.\nIt was the war of 4 March 2019 that did it, she said.\n\n",
        "Notes\n\nThe raid of 4 March 2019 was the worst of all.\n\n",
    ] {
        let (_, published) = read(&body(head, ""), None);
        assert_eq!(published, None, "{head:?}");
    }
}
