//! Number words, as English and South Asian English put them together.

use super::cue::{SHORT_SCALES, VAGUE_SCALES};
use rust_decimal::Decimal;

use super::fraction::fraction_words;
use super::lexer::{Kind, Tokens};
use super::numeral::{Form, Numeral, class};
use super::table::Class;

/// Number words, as they are put together in English and in South Asia (see the tests). `first` is a
/// value already read: an article's one, or a digit run.
pub fn words(tokens: &Tokens, start: usize, first: Option<Decimal>) -> Option<Numeral> {
    let hundred = Decimal::ONE_HUNDRED;
    let mut total = Decimal::ZERO;
    let mut group = first;
    let mut open = first.is_none();
    let mut scale: Option<Decimal> = None;
    let mut at = start;
    let mut end = start;
    let mut ordinal = false;
    loop {
        let here = at;
        let Some((kind, value)) = class(tokens, here) else {
            break;
        };
        let so_far = group.unwrap_or_default();
        let below = so_far.checked_rem(hundred).unwrap_or_default();
        let units = so_far.checked_rem(Decimal::TEN).unwrap_or_default();
        match kind {
            Class::Small | Class::OrdinalSmall => {
                let fits = open
                    && (group.is_none()
                        || (below.is_zero() && value > Decimal::ZERO)
                        || (units.is_zero()
                            && below >= 20.into()
                            && value < Decimal::TEN
                            && value > Decimal::ZERO));
                if !fits || (kind == Class::OrdinalSmall && lone_second(tokens, here)) {
                    break;
                }
                group = Some(so_far.checked_add(value)?);
                ordinal = kind == Class::OrdinalSmall;
            }
            Class::Ten | Class::OrdinalTen => {
                if !(open && (group.is_none() || below.is_zero())) {
                    break;
                }
                group = Some(so_far.checked_add(value)?);
                ordinal = kind == Class::OrdinalTen;
            }
            Class::Hundred => {
                match group {
                    Some(count) if count < hundred && count > Decimal::ZERO => {
                        group = count.checked_mul(hundred);
                    }
                    None if scale.is_none() => group = Some(hundred),
                    _ => break,
                }
                open = true;
            }
            Class::Dozen | Class::Vague
                if kind == Class::Dozen || (group.is_some() && tokens.word(here) == "dozens") =>
            {
                let count = if below.is_zero() && group.is_some() {
                    so_far
                } else {
                    below
                };
                let rest = so_far.checked_sub(count)?;
                let count = if group.is_none() { Decimal::ONE } else { count };
                group = Some(rest.checked_add(count.checked_mul(12.into())?)?);
                end = here + 1;
                break;
            }
            Class::Vague if group.is_some() && VAGUE_SCALES.contains(tokens.word(here)) => {
                total = total.checked_add(so_far.checked_mul(value)?)?;
                group = None;
                scale = Some(value);
                end = here + 1;
                break;
            }
            Class::Scale | Class::OrdinalScale => {
                match (group, scale) {
                    (Some(count), Some(last)) if value >= last => {
                        total = total.checked_add(count)?.checked_mul(value)?;
                    }
                    (Some(count), _) => total = total.checked_add(count.checked_mul(value)?)?,
                    (None, Some(_)) => total = total.checked_mul(value)?,
                    (None, None) => total = value,
                }
                group = None;
                scale = Some(value);
                open = true;
                ordinal = kind == Class::OrdinalScale;
            }
            _ => break,
        }
        end = here + 1;
        // "in mln bales", "per hundred weight": a scale of nothing.
        let lone = here == start && first.is_none() && so_far.is_zero();
        if lone && matches!(kind, Class::Scale | Class::Hundred) && !scaled(tokens, start) {
            return None;
        }
        if ordinal {
            break;
        }
        at = tokens.skip_hyphen(end);
        // "and" joins only a smaller rest to a hundred or a scale.
        let after_round = matches!(kind, Class::Hundred | Class::Scale);
        if after_round && tokens.word(at) == "and" {
            let joined = tokens.skip_hyphen(at + 1);
            let fits = class(tokens, joined).is_some_and(|(next, _)| {
                matches!(
                    next,
                    Class::Small | Class::Ten | Class::OrdinalSmall | Class::OrdinalTen
                )
            }) && fraction_words(tokens, joined).is_none();
            if !fits {
                break;
            }
            at = joined;
        }
    }
    if end == start {
        return None;
    }
    let value = total.checked_add(group.unwrap_or_default())?;
    let form = if ordinal {
        Form::Ordinal
    } else {
        Form::Cardinal
    };
    let mut found = Numeral::new(end, value, form);
    found.scale = scale;
    if !ordinal && let Some((decimals, after)) = point(tokens, end) {
        found.value = value.checked_add(decimals)?;
        found.end = after;
    }
    Some(found)
}

/// True where a lone scale word is a number: "another million", or nothing else is said.
fn scaled(tokens: &Tokens, at: usize) -> bool {
    tokens.len() <= 2
        || class(tokens, tokens.skip_hyphen(at + 1)).is_some()
        || !tokens.any_back(at, 1, &["in", "per", "of", "by", "(", "-", "/"])
            && lone_scale(tokens, at)
}

fn lone_scale(tokens: &Tokens, at: usize) -> bool {
    !SHORT_SCALES.contains(tokens.word(at)) && at > 0 && tokens.is(at - 1, Kind::Word)
}

/// "second" is a unit of time after a number.
pub fn lone_second(tokens: &Tokens, at: usize) -> bool {
    tokens.word(at) == "second"
        && (tokens.any_back(at, 1, &["per", "each", "every", "split"])
            || at
                .checked_sub(1)
                .is_some_and(|b| tokens.is(b, Kind::Digits)))
}

/// "point zero three", "point seventy-one".
pub fn point(tokens: &Tokens, at: usize) -> Option<(Decimal, usize)> {
    if tokens.word(at) != "point" {
        return None;
    }
    let mut text = String::from("0.");
    let mut end = at + 1;
    while text.len() < 24
        && let Some((kind @ (Class::Small | Class::Ten), value)) =
            class(tokens, tokens.skip_hyphen(end))
    {
        let next = tokens.skip_hyphen(end);
        if kind == Class::Ten
            && let Some((Class::Small, unit)) = class(tokens, tokens.skip_hyphen(next + 1))
            && unit < Decimal::TEN
        {
            text.push_str(&(value + unit).to_string());
            end = tokens.skip_hyphen(next + 1) + 1;
            continue;
        }
        text.push_str(&value.to_string());
        end = next + 1;
    }
    (end > at + 1).then(|| text.parse().ok().map(|value| (value, end)))?
}
