//! Ships, storms and languages, and names with their country on the other side.

use super::*;
use EntityType::{Event, Loc, Misc, Norp, Org, Product};

#[test]
fn vessels_and_storms_are_no_organisations() {
    for (marked, name, kind) in [
        ("The tanker [Coral Dawn|ORG] burned.", "Coral Dawn", Product),
        ("The [USS Harrow|ORG] fired.", "USS Harrow", Product),
        ("Then [Typhoon Sarnu|ORG] came.", "Typhoon Sarnu", Event),
        (
            "Then [Tropical Storm Sarnu|LOC] came.",
            "Tropical Storm Sarnu",
            Event,
        ),
        ("The tanker [Reuters|ORG] wrote of burned.", "Reuters", Org),
        (
            "The [Hurricane Relief Fund|ORG] met.",
            "Hurricane Relief Fund",
            Org,
        ),
        ("The [Typhoon Committee|ORG] met.", "Typhoon Committee", Org),
        ("By tanker and [Coral Dawn|ORG] sailed.", "Coral Dawn", Org),
        (
            "In [Reed v. Harrow|PERSON] it held.",
            "Reed v. Harrow",
            Misc,
        ),
    ] {
        assert_eq!(mended(marked), typed([(name, kind)]), "{marked}");
    }
    // What is proved of a name holds wherever it stands.
    let both = mended("[Coral Dawn|ORG] burned. The tanker [Coral Dawn|ORG] sank.");
    assert_eq!(
        both,
        typed([("Coral Dawn", Product), ("Coral Dawn", Product)])
    );
}

#[test]
fn a_language_is_not_its_people() {
    for (marked, kind) in [
        ("A [French|NORP]-speaking village.", Misc),
        ("It has an [English|NORP] edition.", Misc),
        ("Known in [French|NORP] as the hills.", Misc),
        ("It fell in [French|NORP] hands.", Norp),
        ("A [French|NORP] court sat.", Norp),
    ] {
        let found = mended(marked);
        assert!(
            matches!(&found[..], [(_, found)] if *found == kind),
            "{marked}: {found:?}"
        );
    }
    let rows = both("A [French|NORP]-speaking village.");
    assert_eq!(rows, owned([("French", "-")]));
    assert_eq!(both("[Kenya|LOC] won.")[0].1, "kenya");
    assert_eq!(mended("[Kenya|LOC] won."), typed([("Kenya", Loc)]));
}

const BOOK: &str = "\
id,name,type,country,qid,parent,valid_from,valid_until,source,aliases
aland,Aland,country,XA,,,,,own,Republic of Aland
beland,Beland,country,XB,,,,,own,
alander,Alander,nationality,XA,,aland,,,own,
votes,Ballot Commission of the Republic of Aland,government,XA,,,,,own,
scholars,Alander Scholars Union,ngo,XA,,,,,own,
herders,Herders Union of Beland,ngo,XA,,,,,own,
";

#[test]
fn a_name_may_have_its_country_on_the_other_side() {
    let book = Book::from_files(&[("book.csv", BOOK)]).expect("readable");
    let id = |name: &str| {
        let sample = Sample::new(&format!("The [{name}|ORG] met."));
        let rows = sample.rows(&book.resolve(sample.context(), &sample.mentions));
        rows[0].1.clone()
    };
    for (name, own) in [
        ("Ballot Commission of Aland", "votes"),
        ("Aland's Ballot Commission", "votes"),
        ("Alander Ballot Commission", "votes"),
        ("Scholars Union of Aland", "scholars"),
        ("Scholars Union of the Republic of Aland", "scholars"),
        (
            "Beland Ballot Commission",
            "new:organization:beland-ballot-commission",
        ),
        ("Ballot Commission", "new:organization:ballot-commission"),
        // It is in Aland, whatever its name says.
        (
            "Beland Herders Union",
            "new:organization:beland-herders-union",
        ),
    ] {
        assert_eq!(id(name), own, "{name}");
    }
}
