//! Camps: who stands with somebody or against them, and factions.

use super::*;

const BOOK: &str = "\
id,name,type,country,qid,parent,valid_from,valid_until,source,aliases
aland,Aland,country,XA,,,,,own,
beland,Beland,country,XB,,,,,own,
alander,Alander,nationality,XA,,aland,,,own,
omar-karimi,Omar Karimi,person,XA,,,,,own,
lina-solano,Lina Solano,person,XA,,,,,own,
rosa-solano,Rosa Solano,person,XB,,,,,own,
red-front,Red Front,armed_group,XA,,,,,own,RF/A; RF [case cue]
hill-front,Hill Front,armed_group,XA,,,,,own,
lake-bank,Lake Bank,company,XA,,,,,own,
";
const HELD: &str = "\
person,role,office,country,from,until,source
omar-karimi,president,presidency,XA,2001,2008,own
lina-solano,president,presidency,XA,2009,,own
rosa-solano,president,presidency,XB,2012,,own
";

fn link(marked: &str) -> (String, &'static str) {
    let book = Book::from_files(&[("book.csv", BOOK), ("held.csv", HELD)]).expect("readable");
    let sample = Sample::new(marked);
    let rows = sample.rows(&book.resolve(sample.context(), &sample.mentions));
    let (_, id, rule) = rows.last().expect("a mention");
    (id.clone(), rule)
}

#[test]
fn a_camp_is_an_actor_under_whom_it_is_about() {
    for (marked, id) in [
        ("[Supporters of Aland|ORG] marched.", "aland:supporters"),
        (
            "[Opponents of the Red Front|ORG] marched.",
            "red-front:opponents",
        ),
        (
            "[Followers of Omar Karimi|ORG] marched.",
            "omar-karimi:supporters",
        ),
        (
            "[Opponents of Karimi|ORG] marched.",
            "omar-karimi:opponents",
        ),
        (
            "[Forces loyal to Karimi|ORG] fled.",
            "omar-karimi:loyal-forces",
        ),
    ] {
        assert_eq!(link(marked), (id.to_owned(), "composed"), "{marked}");
    }
}

#[test]
fn a_camp_of_nobody_whom_the_book_is_sure_of_is_none() {
    for marked in [
        "[Supporters of Hana Vries|ORG] marched.",
        // Two presidents of that name.
        "[Opponents of Solano|ORG] marched.",
        "[Opponents of RF|ORG] marched.",
        "[Friends of Aland|ORG] marched.",
    ] {
        let (id, rule) = link(marked);
        assert!(
            rule != "composed" && !id.contains("karimi") && !id.starts_with("aland"),
            "{marked}: {id}"
        );
    }
}

#[test]
fn a_faction_with_a_name_is_an_actor_under_its_group() {
    for (marked, id) in [
        (
            "The [Red Front - Omar Vries faction|ORG] split.",
            "red-front:omar-vries-faction",
        ),
        (
            "The [RF/A-Vries faction|ORG] split.",
            "red-front:vries-faction",
        ),
        (
            "The [Vries faction of the Red Front|ORG] split.",
            "red-front:vries-faction",
        ),
    ] {
        assert_eq!(link(marked), (id.to_owned(), "composed"), "{marked}");
    }
    // A faction that has become a group of its own.
    let own = link("The [Red Front - Hill Front faction|ORG] split.");
    assert_eq!(own, ("hill-front".to_owned(), "head"));
}

#[test]
fn a_faction_that_may_be_any_is_none() {
    for marked in [
        "A [splinter faction of the Red Front|ORG] split.",
        "A [Red Front breakaway faction|ORG] split.",
        "The [Lake Bank Vries faction|ORG] split.",
    ] {
        let (id, rule) = link(marked);
        assert!(
            rule != "composed" && !id.contains(':') || id.starts_with("new:"),
            "{marked}: {id}"
        );
    }
    assert_eq!(link("The [Red Front faction|ORG] left.").0, "red-front");
}

#[test]
fn a_row_that_is_composed_anyway_is_a_fault() {
    let lint = |row: &str| -> Vec<String> {
        let content = format!("{BOOK}{row}\n");
        let book = Book::from_files(&[("book.csv", &*content)]).expect("readable");
        book.lint().iter().map(ToString::to_string).collect()
    };
    let faults = lint("aland-army,Alander Army,military,XA,,,,,own,Army of Aland");
    assert!(
        matches!(&faults[..], [fault] if fault.contains("aland:army")),
        "{faults:?}"
    );
    for more in [
        "aland-army,Alander Army,military,XA,Q12345,,,,own,Army of Aland",
        "aland-army,Alander Army,military,XA,,,1990,,own,Army of Aland",
        "alander-army,Alander Army,military,XA,,,,,own,Army of Aland",
        "aland-army,Alander Army,military,XA,,,,,own,Army of Aland; Ridge Guard",
        "aland-army,Alander Army,military,XA,,red-front,,,own,Army of Aland",
        "aland-army,Alander Army,military,XA,,,,,own,Alander army [ambiguous]",
    ] {
        assert_eq!(lint(more), Vec::<String>::new(), "{more}");
    }
}
