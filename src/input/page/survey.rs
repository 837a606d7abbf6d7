//! One pass of the parser over a page, which keeps what the page says of itself and measures it.
//!
//! It is the parser that the extractor uses, without a tree: a page that is too deep or too large for
//! the extractor is seen here, in constant memory, and refused after at most one chunk too many.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::ElementFlags;
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{NodeOrText, QuirksMode, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, ExpandedName, LocalName, ParseOpts, QualName, ns, parse_document};

use super::{Fault, bounds};

/// Characters given to the parser at a time, in bytes.
const CHUNK: usize = 4 * 1024;

/// What a page says of itself, in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Name (or property, or itemprop) and content of the `<meta>` tags.
    pub(super) metas: Vec<(String, String)>,
    /// Of `<link rel=canonical>`.
    pub(super) canonical: Option<String>,
    /// Of `<html lang>`.
    pub(super) language: Option<String>,
    /// Texts of elements that are worth keeping.
    pub(super) texts: Vec<(Kept, String)>,
}

/// An element whose text is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// `<title>`
    Title,
    /// `<h1>`
    Heading,
    /// `<script type="application/ld+json">`
    JsonLd,
    /// The `datetime` of `<time>`, or its text.
    Time,
    /// The same of a `<time>` that says it is the article's.
    Published,
}

/// Reads a page through.
pub(super) fn survey(html: &str) -> Result<Survey, Fault> {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts {
            // As the extractor has it.
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    let mut parser = parse_document(Sink::default(), options);
    let mut rest = html;
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(rest.floor_char_boundary(CHUNK));
        rest = after;
        parser.process(StrTendril::from(chunk));
        parser.tokenizer.sink.sink.check()?;
    }
    let sink = parser.finish();
    sink.check()?;
    Ok(sink.survey.into_inner())
}

/// An element, or anything else that the parser may ask about.
#[derive(Debug)]
struct Node {
    name: QualName,
    depth: Cell<u32>,
    /// Index of the text that its characters belong to.
    text: Cell<Option<usize>>,
}

#[derive(Debug, Default)]
struct Sink {
    survey: RefCell<Survey>,
    nodes: Cell<u64>,
    steps: Cell<u64>,
    deepest: Cell<u32>,
}

impl Sink {
    fn check(&self) -> Result<(), Fault> {
        let reason = if self.deepest.get() > bounds::DEEPEST {
            format!("elements are nested deeper than {}", bounds::DEEPEST)
        } else if self.nodes.get() > bounds::NODES {
            format!("it has more than {} elements", bounds::NODES)
        } else if self.steps.get() > bounds::STEPS {
            "too many of its elements lie too deep".to_owned()
        } else {
            return Ok(());
        };
        Err(Fault::TooComplex(reason))
    }

    fn node(&self, name: QualName, text: Option<usize>) -> Rc<Node> {
        self.nodes.set(self.nodes.get() + 1);
        Rc::new(Node {
            name,
            depth: Cell::new(0),
            text: Cell::new(text),
        })
    }

    fn nameless(&self) -> Rc<Node> {
        self.node(QualName::new(None, ns!(), LocalName::from("")), None)
    }

    /// `child` stands at this depth, in an element whose characters belong to `text`.
    fn place(&self, child: &NodeOrText<Rc<Node>>, depth: u32, text: Option<usize>) {
        match child {
            NodeOrText::AppendNode(node) => {
                self.steps.set(self.steps.get() + u64::from(depth));
                node.depth.set(depth);
                self.deepest.set(self.deepest.get().max(depth));
                if node.text.get().is_none() {
                    node.text.set(text);
                }
            }
            NodeOrText::AppendText(characters) => {
                let mut survey = self.survey.borrow_mut();
                if let Some((_, kept)) = text.and_then(|index| survey.texts.get_mut(index)) {
                    kept.push_str(characters);
                }
            }
        }
    }

    /// Notes what an element says; where its characters are to be kept, the index of their text.
    fn note(&self, name: &QualName, attributes: &[Attribute]) -> Option<usize> {
        if name.ns != ns!(html) {
            return None;
        }
        let value = |wanted: &str| {
            attributes
                .iter()
                .find(|attribute| &*attribute.name.local == wanted)
                .map(|attribute| attribute.value.trim())
        };
        let mut survey = self.survey.borrow_mut();
        let kept = match &*name.local {
            "title" => Kept::Title,
            "h1" => Kept::Heading,
            "script" if value("type")?.eq_ignore_ascii_case("application/ld+json") => Kept::JsonLd,
            "time" => {
                let own = |value: &str| value.to_ascii_lowercase().contains("published");
                let published = value("pubdate").is_some()
                    || value("itemprop").is_some_and(own)
                    || value("class").is_some_and(own);
                let kept = if published {
                    Kept::Published
                } else {
                    Kept::Time
                };
                if let Some(date) = value("datetime").filter(|date| !date.is_empty()) {
                    survey.texts.push((kept, date.to_owned()));
                    return None;
                }
                kept
            }
            "meta" => {
                let content = value("content").filter(|content| !content.is_empty())?;
                for key in ["property", "name", "itemprop"] {
                    if let Some(name) = value(key) {
                        let name = name.to_ascii_lowercase();
                        survey.metas.push((name, content.to_owned()));
                    }
                }
                return None;
            }
            "link" => {
                let mut relations = value("rel")?.split_ascii_whitespace();
                if relations.any(|relation| relation.eq_ignore_ascii_case("canonical")) {
                    let target = value("href").map(str::to_owned);
                    survey.canonical = survey.canonical.take().or(target);
                }
                return None;
            }
            "html" => {
                let language = value("lang").map(str::to_owned);
                survey.language = survey.language.take().or(language);
                return None;
            }
            _ => return None,
        };
        survey.texts.push((kept, String::new()));
        survey.texts.len().checked_sub(1)
    }
}

impl TreeSink for Sink {
    type Handle = Rc<Node>;
    type Output = Self;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Self {
        self
    }

    fn get_document(&self) -> Rc<Node> {
        self.nameless()
    }

    fn elem_name<'a>(&'a self, target: &'a Rc<Node>) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Rc<Node> {
        let text = self.note(&name, &attrs);
        self.node(name, text)
    }

    fn create_comment(&self, _: StrTendril) -> Rc<Node> {
        self.nameless()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Rc<Node> {
        self.nameless()
    }

    fn append(&self, parent: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.place(&child, parent.depth.get() + 1, parent.text.get());
    }

    fn append_based_on_parent_node(
        &self,
        element: &Rc<Node>,
        _: &Rc<Node>,
        child: NodeOrText<Rc<Node>>,
    ) {
        self.place(&child, element.depth.get(), None);
    }

    fn append_before_sibling(&self, sibling: &Rc<Node>, child: NodeOrText<Rc<Node>>) {
        self.place(&child, sibling.depth.get(), None);
    }

    fn get_template_contents(&self, target: &Rc<Node>) -> Rc<Node> {
        Rc::clone(target)
    }

    fn same_node(&self, x: &Rc<Node>, y: &Rc<Node>) -> bool {
        Rc::ptr_eq(x, y)
    }

    // Adoption moves nodes by a level or two, which no bound notices.
    fn reparent_children(&self, _: &Rc<Node>, _: &Rc<Node>) {}
    fn remove_from_parent(&self, _: &Rc<Node>) {}
    fn add_attrs_if_missing(&self, target: &Rc<Node>, attrs: Vec<Attribute>) {
        self.note(&target.name, &attrs);
    }
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn parse_error(&self, _: Cow<'static, str>) {}
}
