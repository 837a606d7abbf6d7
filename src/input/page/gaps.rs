//! White space inside lines, as the page has it.
//!
//! The extractor's text has a blank wherever markup stood: "A fghanistan" for a drop cap, "Kabul 's"
//! after a link. Its HTML has not. The two are not the same selection of the page, so the text decides
//! what is there, and the HTML only where in a line the blanks are.

/// How far ahead, in bytes without white space, a line is looked for in the HTML.
const AHEAD: usize = 64 * 1024;

/// `text` with the blanks of those of its lines that stand in `html`, too, as they are there.
pub(super) fn mend(text: &str, html: &str) -> String {
    let plain = Squeezed::of(&without_tags(html));
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let wanted: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        let window = from..plain.text.floor_char_boundary(from + AHEAD + wanted.len());
        let found = plain.text.get(window).and_then(|text| text.find(&wanted));
        match found.filter(|_| !wanted.is_empty()) {
            Some(at) => {
                let start = from + at;
                from = start + wanted.len();
                plain.write(start, from, &mut out);
                if line.ends_with('\n') {
                    out.push('\n');
                }
            }
            None => out.push_str(line),
        }
    }
    out
}

/// A text without white space, and where it was.
struct Squeezed {
    text: String,
    /// Bytes of `text` before which white space stood, in order.
    gaps: Vec<usize>,
}

impl Squeezed {
    fn of(text: &str) -> Self {
        let mut squeezed = Self {
            text: String::with_capacity(text.len()),
            gaps: Vec::new(),
        };
        for character in text.chars() {
            if !character.is_whitespace() {
                squeezed.text.push(character);
            } else if squeezed.gaps.last() != Some(&squeezed.text.len()) {
                squeezed.gaps.push(squeezed.text.len());
            }
        }
        squeezed
    }

    /// Writes these bytes with a blank for each white space within.
    fn write(&self, start: usize, end: usize, out: &mut String) {
        let first = self.gaps.partition_point(|&gap| gap <= start);
        let mut at = start;
        for &gap in self.gaps.get(first..).unwrap_or_default() {
            if gap >= end {
                break;
            }
            out.push_str(self.text.get(at..gap).unwrap_or_default());
            out.push(' ');
            at = gap;
        }
        out.push_str(self.text.get(at..end).unwrap_or_default());
    }
}

/// The text of the extractor's HTML: tags of lines and blocks are white space, those of words are
/// nothing. Only what the extractor writes need be understood.
fn without_tags(html: &str) -> String {
    const INLINE: [&str; 6] = ["a", "b", "i", "em", "strong", "code"];
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>').unwrap_or((after, ""));
        let name = tag.trim_start_matches('/');
        let name = name.split([' ', '/']).next().unwrap_or_default();
        if !INLINE.contains(&name) {
            text.push('\n');
        }
        rest = after;
    }
    text.push_str(rest);
    html_escape::decode_html_entities(&text).into_owned()
}
