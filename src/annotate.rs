//! An article's way through the pure stages: text, regions, sentences, windows, names, actors, numbers, record.
//!
//! No file is touched here, and the record depends on the article, the model and the actor book alone. What the engine
//! remembers from one article to the next saves time and changes nothing.

use jiff::civil::Date;

use crate::actor::{Book, BookError, Context, Resolution};
use crate::input::Article;
use crate::number::{self, Furniture, PagePart};
use crate::record::{Parts, PublishedFrom, Record, Source, Warning, assemble};
use crate::stage::{Observer, Stage};
use crate::tag::engine::{Engine, EngineChoice};
use crate::tag::transformer::Transformer;
use crate::tag::{Excerpt, Input, Mention, ModelError, TagError, Tagger};
use crate::text::region::{self, DatePlace, Layout, Region, RegionKind};
use crate::text::{Span, Text, calendar, sentence};

/// Everything that annotating needs: the engine with its model, and the actor book. Shared by all workers.
pub struct Annotator {
    engine: Engine,
    book: Book,
}

/// Why annotating cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The model or its engine.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The actor book.
    #[error("actor book: {0}")]
    Book(#[from] BookError),
}

/// An article whose names wait to be found.
struct Prepared {
    article: Article,
    text: Text,
    layout: Layout,
    sentences: Vec<Span>,
    /// Those of the sentences in which names are looked for.
    read: Vec<Span>,
    /// For each of them, whether it begins a paragraph or a region.
    breaks: Vec<bool>,
}

impl Prepared {
    fn excerpt(&self) -> Excerpt<'_> {
        Excerpt {
            text: &self.text,
            sentences: &self.read,
            breaks: &self.breaks,
        }
    }
}

impl Annotator {
    /// The model and the actor book that are built into the program, on the default engine, for so
    /// many threads that annotate at the same time.
    ///
    /// # Errors
    /// A fault in what is built in, which the project's tests would show.
    pub fn embedded(threads: usize) -> Result<Self, SetupError> {
        let engine = Engine::load(&EngineChoice::default(), threads)?;
        Ok(Self::new(engine, Book::embedded()?))
    }

    /// With an engine and a book of one's own.
    pub fn new(engine: Engine, book: Book) -> Self {
        Self { engine, book }
    }

    /// The engine, which knows its name and its model's digest.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// SHA-256 of the actor book.
    pub fn book_digest(&self) -> &str {
        self.book.digest()
    }

    /// What scores windows, where the engine has windows; it computes each anew.
    pub fn tagger(&self) -> Option<&dyn Tagger> {
        self.engine.transformer().map(Transformer::tagger)
    }

    /// What the engine reads of an article: one input a window, none where it has no windows. For measuring the engine alone.
    ///
    /// # Errors
    /// The tokenizer failed.
    pub fn inputs(&self, article: Article) -> Result<Vec<Input>, TagError> {
        let prepared = prepare(article, &mut ());
        let transformer = self.engine.transformer();
        transformer.map_or(Ok(Vec::new()), |transformer| {
            transformer.inputs(&prepared.excerpt())
        })
    }

    /// Annotates articles together. They go to the engine in one call; what comes out for an article is
    /// what it would be alone.
    ///
    /// # Errors
    /// For an article: the engine failed on it.
    pub fn annotate(&self, articles: Vec<Article>) -> Vec<Result<Record, TagError>> {
        self.annotate_observed(articles, &mut ())
    }

    /// The same, telling an observer as each stage ends.
    ///
    /// # Errors
    /// See [`Annotator::annotate`].
    pub fn annotate_observed(
        &self,
        articles: Vec<Article>,
        observer: &mut impl Observer,
    ) -> Vec<Result<Record, TagError>> {
        let prepared: Vec<Prepared> = articles
            .into_iter()
            .map(|article| prepare(article, observer))
            .collect();
        let excerpts: Vec<Excerpt<'_>> = prepared.iter().map(Prepared::excerpt).collect();
        let names = match self.engine.names(&excerpts, observer) {
            Ok(names) => names.into_iter().map(Ok).collect(),
            Err(error) if excerpts.len() == 1 => vec![Err(error)],
            // One article at fault must not cost its neighbours: each is then tried alone.
            Err(_) => {
                let each = excerpts.iter();
                let alone = each.map(|excerpt| {
                    let names = self.engine.names(std::slice::from_ref(excerpt), observer)?;
                    Ok(names.into_iter().flatten().collect())
                });
                alone.collect::<Vec<Result<Vec<Mention>, TagError>>>()
            }
        };
        drop(excerpts);
        let named = prepared.into_iter().zip(names);
        named
            .map(|(article, names)| Ok(self.finish(article, names?, observer)))
            .collect()
    }

    fn finish(
        &self,
        prepared: Prepared,
        mentions: Vec<Mention>,
        observer: &mut impl Observer,
    ) -> Record {
        let Prepared {
            article,
            text,
            layout,
            sentences,
            ..
        } = prepared;
        let published = published(&article, &layout);
        let datelines = layout.datelines();
        let boilerplate = layout.boilerplate();
        let context = Context {
            text: &text,
            sentences: &sentences,
            published: published.map(|(date, _)| date),
            datelines: &datelines,
            boilerplate: &boilerplate,
            outlet: article.outlet.as_deref(),
        };
        let mentions: Vec<Mention> = self.book.mend(context, mentions);
        observer.ended(Stage::Mend);
        let names: Vec<Span> = mentions.iter().map(|mention| mention.span).collect();
        let furniture: Vec<Furniture> = layout.regions.iter().filter_map(furniture).collect();
        let mut numbers = number::extract(&text, &sentences, &furniture, &names, context.published);
        observer.ended(Stage::Numbers);
        let resolution = self.book.resolve(context, &mentions);
        number::settle_currencies(&mut numbers, &countries(&resolution));
        observer.ended(Stage::Resolve);
        let record = assemble(Parts {
            id: article.id,
            source: Source {
                path: article.path.to_string(),
                member: article.member.as_deref().map(str::to_owned),
                record: article.record,
                byte: article.byte,
                sha256: article.sha256,
            },
            title: article.title,
            url: article.url,
            outlet: article.outlet,
            meta: article.meta,
            published,
            text: &text,
            regions: &layout.regions,
            resolution,
            numbers,
            warnings: article
                .warnings
                .into_iter()
                .map(|warning| Warning {
                    code: warning.code.as_str().to_owned(),
                    start: None,
                    end: None,
                    detail: warning.detail,
                })
                .collect(),
        });
        observer.ended(Stage::Record);
        record
    }
}

fn prepare(mut article: Article, observer: &mut impl Observer) -> Prepared {
    let text = Text::new(std::mem::take(&mut article.text));
    let layout = region::layout(&text, article.title.as_deref());
    observer.ended(Stage::Regions);
    let (mut sentences, mut read) = (Vec::new(), Vec::new());
    for region in &layout.regions {
        let own = sentence::sentences(&text, region.span);
        // A name inside an address is no name.
        if !(region.kind == RegionKind::Header && text.slice(region.span).contains("://")) {
            read.extend(own.iter().copied());
        }
        sentences.extend(own);
    }
    let breaks = breaks(&text, &layout, &read);
    observer.ended(Stage::Sentences);
    Prepared {
        article,
        text,
        layout,
        sentences,
        read,
        breaks,
    }
}

/// For each sentence, whether it begins a paragraph or a region, where a window ends: the model reads several
/// paragraphs together no better than one, and short windows cost less.
fn breaks(text: &Text, layout: &Layout, sentences: &[Span]) -> Vec<bool> {
    let mut regions = layout.regions.iter().map(|region| region.span.end());
    let mut region_end = regions.next().unwrap_or_default();
    let mut before: Option<Span> = None;
    sentences
        .iter()
        .map(|&sentence| {
            let mut begins = before.is_none_or(|before| {
                text.slice(before.gap_to(sentence))
                    .contains(['\n', '\r', '\u{2029}'])
            });
            while sentence.start() >= region_end {
                begins = true;
                match regions.next() {
                    Some(end) => region_end = end,
                    None => break,
                }
            }
            before = Some(sentence);
            begins
        })
        .collect()
}

/// A region as the number grammar asks for it; none for the article itself and its title.
fn furniture(region: &Region) -> Option<Furniture> {
    let part = match region.kind {
        RegionKind::Header | RegionKind::Byline => PagePart::Top,
        RegionKind::Boilerplate => PagePart::Trailer,
        RegionKind::Title | RegionKind::Body => return None,
    };
    Some(Furniture {
        span: region.span,
        part,
    })
}

/// The country of each mention that has one.
fn countries(resolution: &Resolution) -> Vec<&str> {
    let actors = &resolution.actors;
    let linked = resolution
        .mentions
        .iter()
        .filter_map(|mention| mention.actor);
    linked
        .filter_map(|actor| actors.get(actor)?.country.as_deref())
        .collect()
}

/// The article's date: what its input says beats what its page says, and the page beats its address.
fn published(article: &Article, layout: &Layout) -> Option<(Date, PublishedFrom)> {
    let field = article.published.map(|date| (date, PublishedFrom::Field));
    let page = || {
        layout.published.map(|(date, place)| match place {
            DatePlace::Header => (date, PublishedFrom::Header),
            DatePlace::Footer => (date, PublishedFrom::Footer),
            DatePlace::Address => (date, PublishedFrom::Path),
        })
    };
    let path = || {
        [
            article.url.as_deref(),
            article.member.as_deref(),
            Some(&*article.path),
        ]
        .into_iter()
        .flatten()
        .find_map(calendar::from_path)
        .map(|date| (date, PublishedFrom::Path))
    };
    field.or_else(page).or_else(path)
}
