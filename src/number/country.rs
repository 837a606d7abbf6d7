//! Whose money a currency's name means where several countries use it: pesos in an article on Mexico.
//!
//! The countries are those that the article names. Refuses to settle a sign ($, £) that is mostly one
//! currency wherever it stands, and a name of which no country is named, or two as often.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Number;
use super::table::rows;

/// A currency's name, and the code that it stands for in each country.
type Codes = HashMap<&'static str, HashMap<&'static str, &'static str>>;

static CODES: LazyLock<Codes> = LazyLock::new(|| {
    let mut codes = Codes::new();
    for row in rows(include_str!("data/currency_countries.csv")) {
        if let [name, country, code] = row.as_slice() {
            codes.entry(name).or_default().insert(country, code);
        }
    }
    codes
});

/// Settles ambiguous currencies by the countries (ISO 3166-1, upper case) that an article names, one
/// entry for each time that one is named. Of those that use the currency the most frequent decides.
pub fn settle_currencies(numbers: &mut [Number], countries: &[&str]) {
    for number in numbers.iter_mut().filter(|number| number.unit_ambiguous) {
        let Some(codes) = number.unit.as_deref().and_then(|unit| CODES.get(unit)) else {
            continue;
        };
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for code in countries.iter().filter_map(|country| codes.get(country)) {
            *counts.entry(code).or_default() += 1;
        }
        let most = counts.values().copied().max().unwrap_or_default();
        let mut first = counts.iter().filter(|(_, count)| **count == most);
        if let (Some((code, _)), None) = (first.next(), first.next()) {
            number.unit = Some((*code).to_owned());
            number.unit_ambiguous = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::extract;
    use crate::text::Text;

    fn unit(countries: &[&str]) -> (String, bool) {
        let text = Text::new("The ticket costs 350 pesos there.".to_owned());
        let mut found = extract(&text, &[text.whole()], &[], &[], None);
        settle_currencies(&mut found, countries);
        let number = found.first().expect("a number");
        (number.unit.clone().expect("a unit"), number.unit_ambiguous)
    }

    #[test]
    fn the_country_named_most_of_those_that_use_a_currency_says_which_it_is() {
        assert_eq!(unit(&["US", "US", "PH"]), ("PHP".to_owned(), false));
        assert_eq!(unit(&["MX", "PH", "MX"]), ("MXN".to_owned(), false));
        assert_eq!(unit(&["MX", "PH"]), ("peso".to_owned(), true));
        assert_eq!(unit(&["US"]), ("peso".to_owned(), true));
    }
}
