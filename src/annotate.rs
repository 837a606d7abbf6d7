//! An article's way through the pure stages: text, regions, sentences, windows, names, actors, numbers, record.
//!
//! No file is touched here and nothing is remembered from one article to the next: the record
//! depends on the article, the model and the actor book alone.

use jiff::civil::Date;

use crate::actor::{Book, BookError, Context, Resolution};
use crate::input::Article;
use crate::number::{self, Furniture, PagePart};
use crate::record::{Parts, PublishedFrom, Record, Source, Warning, assemble};
use crate::stage::{Observer, Stage};
use crate::tag::engine::{Engine, EngineChoice};
use crate::tag::{self, Input, Mention, ModelError, Scores, TagError, Tagger, Tokens, Window};
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

/// An article whose windows wait to be scored.
struct Prepared {
    article: Article,
    text: Text,
    layout: Layout,
    sentences: Vec<Span>,
    tokens: Tokens,
    windows: Vec<Window>,
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

    /// What scores windows.
    pub fn tagger(&self) -> &dyn Tagger {
        self.engine.tagger()
    }

    /// What the engine reads of an article: one input a window. For measuring the engine alone.
    ///
    /// # Errors
    /// The tokenizer failed.
    pub fn inputs(&self, article: Article) -> Result<Vec<Input>, TagError> {
        let prepared = self.prepare(article, &mut ())?;
        Ok(self.inputs_of(&prepared).collect())
    }

    /// Annotates articles together. Their windows go to the engine in one batch, the short ones
    /// first, so that an engine which pads wastes little; what comes out for an article is what it
    /// would be alone.
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
        let prepared: Vec<Result<Prepared, TagError>> = articles
            .into_iter()
            .map(|article| self.prepare(article, observer))
            .collect();
        let scores = self.score(&prepared, observer);
        match scores {
            Ok(scores) => prepared
                .into_iter()
                .zip(scores)
                .map(|(article, scores)| Ok(self.finish(article?, scores, observer)))
                .collect(),
            // One window at fault must not cost its neighbours: each article is then tried alone.
            Err(error) if prepared.len() == 1 => vec![Err(error)],
            Err(_) => prepared
                .into_iter()
                .map(|article| {
                    let alone = [article];
                    let scores = self.score(&alone, observer)?.pop().unwrap_or_default();
                    let [article] = alone;
                    Ok(self.finish(article?, scores, observer))
                })
                .collect(),
        }
    }

    fn prepare(
        &self,
        mut article: Article,
        observer: &mut impl Observer,
    ) -> Result<Prepared, TagError> {
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
        observer.ended(Stage::Sentences);
        let breaks = breaks(&text, &layout, &read);
        let tokens = self.engine.model().tokenizer.tokens(&text, &read)?;
        let windows = tag::windows(&tokens, &breaks);
        observer.ended(Stage::Windows);
        Ok(Prepared {
            article,
            text,
            layout,
            sentences,
            tokens,
            windows,
        })
    }

    fn inputs_of(&self, article: &Prepared) -> impl Iterator<Item = Input> {
        article.windows.iter().map(|window| {
            let pieces = article.tokens.pieces.get(window.pieces.clone());
            self.engine
                .model()
                .tokenizer
                .input(pieces.unwrap_or_default())
        })
    }

    /// The scores of each article's windows. All windows go to the engine in one batch, by length.
    fn score(
        &self,
        articles: &[Result<Prepared, TagError>],
        observer: &mut impl Observer,
    ) -> Result<Vec<Vec<Scores>>, TagError> {
        let mut inputs: Vec<(usize, Input)> = Vec::new();
        for article in articles.iter().flatten() {
            for input in self.inputs_of(article) {
                inputs.push((inputs.len(), input));
            }
        }
        inputs.sort_by_key(|(_, input)| input.ids.len());
        let (places, inputs): (Vec<usize>, Vec<Input>) = inputs.into_iter().unzip();
        observer.ended(Stage::Windows);
        let scored = self.tagger().score(&inputs);
        observer.ended(Stage::Tag);
        let scored = scored?;
        let mut scored: Vec<(usize, Scores)> = places.into_iter().zip(scored).collect();
        scored.sort_by_key(|(place, _)| *place);
        let mut scored = scored.into_iter().map(|(_, scores)| scores);
        Ok(articles
            .iter()
            .map(|article| {
                let windows = article.as_ref().map_or(0, |article| article.windows.len());
                scored.by_ref().take(windows).collect()
            })
            .collect())
    }

    fn finish(
        &self,
        prepared: Prepared,
        scores: Vec<Scores>,
        observer: &mut impl Observer,
    ) -> Record {
        let Prepared {
            article,
            text,
            layout,
            sentences,
            tokens,
            windows,
        } = prepared;
        let mut mentions = tag::decode(&text, &tokens, &windows, &scores, self.tagger().labels());
        for mention in &mut mentions {
            mention.score = self.engine.model().calibration.apply(mention.score);
        }
        // Of a long article these are most of the memory.
        drop((scores, tokens, windows));
        observer.ended(Stage::Decode);
        let published = published(&article, &layout);
        let datelines: Vec<Span> = layout
            .regions
            .iter()
            .filter(|region| region.rule == "dateline")
            .map(|region| region.span)
            .collect();
        let context = Context {
            text: &text,
            sentences: &sentences,
            published: published.map(|(date, _)| date),
            datelines: &datelines,
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
        [article.url.as_deref(), Some(&*article.path)]
            .into_iter()
            .flatten()
            .find_map(calendar::from_path)
            .map(|date| (date, PublishedFrom::Path))
    };
    field.or_else(page).or_else(path)
}
