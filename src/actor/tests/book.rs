//! The book as a whole: sound, and its faults found.

use super::*;

#[test]
fn the_embedded_book_has_no_fault() {
    let faults: Vec<String> = BOOK.lint().iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(BOOK.len() >= 1000, "{} actors", BOOK.len());
    assert_eq!(BOOK.digest().len(), 64);
}

#[test]
fn lint_finds_each_kind_of_fault() {
    const ROWS: &str = "\
id,name,type,country,qid,parent,valid_from,valid_until,source,aliases
red,Red Front,party,XX,Q1,,,,own,RF [case]
red,Red Group,party,XX,,,,,own,
blue,Blue Front,party,Xx,Q1,,,,own,Red Front
green,Green Front,party,,X9,nobody,2010,2001,,Green Front [from:2010 until:2001]
a,Alpha Front,party,,,b,,,own,
b,Beta Front,party,,,a,,,own,QR
";
    let book = Book::from_files(&[("test.csv", ROWS)]).expect("readable");
    let faults: Vec<String> = book.lint().iter().map(ToString::to_string).collect();
    for (line, word) in [
        (3, "id"),
        (4, "country"),
        (4, "also red's"),
        (4, "sure name of red"),
        (5, "qid"),
        (5, "valid from"),
        (5, "no source"),
        (5, "nobody"),
        (6, "ancestor"),
        (7, "short"),
    ] {
        let place = format!("test.csv:{line}:");
        assert!(
            faults
                .iter()
                .any(|f| f.starts_with(&place) && f.contains(word)),
            "{line} {word}: {faults:#?}"
        );
    }
}

#[test]
fn other_data_has_another_digest() {
    let head = "id,name,type,country,qid,parent,valid_from,valid_until,source,aliases\n";
    let one = Book::from_files(&[("a.csv", head)]).expect("readable");
    let row = format!("{head}red,Red Front,party,,,,,,own,\n");
    let other = Book::from_files(&[("a.csv", row.as_str())]).expect("readable");
    assert!(one.is_empty() && other.len() == 1);
    assert_ne!(one.digest(), other.digest());
}

#[test]
fn lint_follows_retired_ids() {
    const ROWS: &str = "\
id,name,type,country,qid,parent,valid_from,valid_until,source,aliases
red,Red Front,party,,,,,,own,
blue,Blue Front,party,,,,,,own,
";
    let faults = |retired: &str| -> Vec<String> {
        let files = [("a.csv", ROWS), ("retired.csv", retired)];
        let book = Book::from_files(&files).expect("readable");
        book.lint().iter().map(ToString::to_string).collect()
    };
    assert!(faults("id,now\nreds,red\nred-front,red\n").is_empty());
    let found = faults("id,now\nblue,red\nreds,rouge\na,b\nb,red\na,red\n");
    for (line, word) in [
        (2, "a.csv:3"),
        (3, "no actor"),
        (4, "retired too"),
        (6, "line 4"),
    ] {
        let place = format!("retired.csv:{line}:");
        let is = |fault: &String| fault.starts_with(&place) && fault.contains(word);
        assert!(found.iter().any(is), "{line} {word}: {found:#?}");
    }
    assert_eq!(found.len(), 4, "{found:#?}");
    // Whoever deletes an actor from the book is not told of ids that led to it.
    let own = BOOK.retired.first().expect("some").now.clone();
    let head = "id,name,type,country,qid,parent,valid_from,valid_until,source,aliases\n";
    let rows = format!("{head}{own},,delete,,,,,,me,\n");
    let book = Book::overlaid(&[("mine.csv".into(), rows)]).expect("readable");
    let told = book.lint();
    assert!(
        told.iter().all(|fault| fault.file != "retired_ids.csv"),
        "{told:?}"
    );
}
