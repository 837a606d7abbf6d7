//! The engine against `rten` on the same graph, against itself alone, and against broken graphs.

use super::super::LabelNames;
use super::super::engine::{Engine, EngineChoice, EngineName};
use super::super::folder::Folder;
use super::super::model::Model;
use super::super::transformer::Transformer;
use super::*;
use crate::text::Text;

const TEXT: &str = "Fighters of the Forces démocratiques alliées (ADF) killed 12 people near Beni, said Lieutenant Antony \
    Mwalushayi, spokesman of the Congolese army, on Friday. The U.N. mission MONUSCO sent helicopters; Kinshasa blamed Kigali.";

fn engine(engine: EngineName) -> Engine {
    let choice = EngineChoice {
        engine,
        ..EngineChoice::default()
    };
    Engine::load(&choice, 1).unwrap()
}

fn transformer(engine: &Engine) -> &Transformer {
    engine.transformer().unwrap()
}

/// Windows of many lengths out of the text: from a word to all of it, thrice.
fn windows(engine: &Engine, count: usize) -> Vec<Input> {
    let text = Text::new(TEXT.repeat(3));
    let whole = [text.whole()];
    let tokens = transformer(engine)
        .model()
        .tokenizer
        .tokens(&text, &whole)
        .unwrap();
    (0..count)
        .map(|n| {
            let from = (n * 7) % 40;
            let pieces = tokens
                .pieces
                .get(from..(from + 1 + (n * 13) % 150).min(tokens.pieces.len()));
            transformer(engine).model().tokenizer.input(pieces.unwrap())
        })
        .collect()
}

#[test]
fn windows_together_give_what_they_give_one_by_one() {
    let engine = engine(EngineName::Native);
    for count in [1, 63, 64, 65] {
        let windows = windows(&engine, count);
        let together = transformer(&engine).tagger().score(&windows).unwrap();
        assert_eq!(together.len(), count);
        for (window, scores) in windows.iter().zip(together) {
            let alone = transformer(&engine)
                .tagger()
                .score(std::slice::from_ref(window))
                .unwrap();
            assert_eq!(alone, [scores]);
        }
    }
}

#[test]
fn labels_are_those_of_the_runtime_for_the_same_graph() {
    let (native, onnx) = (engine(EngineName::Native), engine(EngineName::Onnx));
    let windows = windows(&native, 40);
    let (ours, theirs) = (
        transformer(&native).tagger().score(&windows).unwrap(),
        transformer(&onnx).tagger().score(&windows).unwrap(),
    );
    let (mut pieces, mut other) = (0, 0);
    for ((window, ours), theirs) in windows.iter().zip(ours).zip(theirs) {
        for piece in 0..window.ids.len() - 2 {
            let best = |scores: &Scores| {
                let row = scores.row(piece).unwrap();
                (0..row.len()).max_by(|&a, &b| row[a].total_cmp(&row[b]))
            };
            pieces += 1;
            other += usize::from(best(&ours) != best(&theirs));
        }
    }
    // Two roundings of the same weights; a wrong layer, head or table changes nearly all.
    assert!(
        pieces > 1500 && other * 50 < pieces,
        "{other} of {pieces} labels differ"
    );
}

#[test]
fn a_graph_of_another_kind_is_refused_by_name() {
    let config = Folder::BuiltIn.read("config.json").unwrap();
    let graph = Folder::BuiltIn.read("model.onnx").unwrap();
    let labels = transformer(&engine(EngineName::Native))
        .model()
        .labels
        .clone();
    let load =
        |config: &[u8], graph: &[u8]| match NativeTagger::load(config, graph, labels.clone(), 1) {
            Ok(_) => panic!("it loaded"),
            Err(error) => error.to_string(),
        };
    let error = load(&config, b"no graph");
    assert!(
        error.starts_with("model.onnx: ") && error.contains("--engine onnx"),
        "{error}"
    );
    let config = String::from_utf8(config.into_owned()).unwrap();
    let other = |from: &str, to: &str| {
        assert!(config.contains(from));
        load(config.replace(from, to).as_bytes(), &graph)
    };
    assert!(other("\"bert\"", "\"roberta\"").contains("roberta"));
    assert!(other("\"num_hidden_layers\": 6", "\"num_hidden_layers\": 7").contains("layer.6/"));
    assert!(other("\"num_attention_heads\": 12", "\"num_attention_heads\": 0").contains("heads"));
    assert!(other("\"hidden_size\": 384", "\"hidden_size\": 128").contains("128"));
    assert!(other("\"hidden_size\": 384", "\"hiden_size\": 384").starts_with("config.json: "));
}

#[test]
fn a_piece_that_the_model_does_not_have_is_an_error() {
    let engine = engine(EngineName::Native);
    let far = Input {
        ids: vec![101, 4_000_000, 102],
        cases: vec![0, 0, 0],
    };
    assert!(transformer(&engine).tagger().score(&[far]).is_err());
    let long = Input {
        ids: vec![101; 600],
        cases: vec![0; 600],
    };
    assert!(transformer(&engine).tagger().score(&[long]).is_err());
    assert!(transformer(&engine).tagger().score(&[]).unwrap().is_empty());
}

#[test]
fn labels_of_one_meaning_are_added_up() {
    let config = Folder::BuiltIn.read("config.json").unwrap();
    // A model that tells states from places; here both are LOC.
    let config = String::from_utf8(config.into_owned()).unwrap();
    let config = config.replace("-FAC\"", "-GPE\"").into_bytes();
    let tokenizer = Folder::BuiltIn.read("tokenizer.json").unwrap();
    let graph = Folder::BuiltIn.read("model.onnx").unwrap();
    let labels = Model::new(&config, &tokenizer, &LabelNames::standard())
        .unwrap()
        .labels;
    assert_eq!((labels.columns(), labels.len()), (17, 15));
    let tagger = NativeTagger::load(&config, &graph, labels, 1).unwrap();
    let windows = windows(&engine(EngineName::Native), 3);
    for (window, scores) in windows.iter().zip(tagger.score(&windows).unwrap()) {
        let pieces = window.ids.len() - 2;
        assert!(scores.row(pieces).is_none());
        for piece in 0..pieces {
            let sum: f32 = scores.row(piece).unwrap().iter().map(|p| p.exp()).sum();
            assert!((sum - 1.0).abs() < 1e-4, "{sum}");
        }
    }
}
