//! The engine against `rten` on the same graph, against itself alone, and against broken graphs.

use proptest::prelude::*;
use rten_simd::{SimdOp, SimdUnaryOp};

use super::super::LabelNames;
use super::super::engine::{Engine, EngineChoice, EngineName};
use super::super::folder::Folder;
use super::super::model::Model;
use super::super::transformer::Transformer;
use super::attention::Attention;
use super::vector::{Columns, Round, Rounding, Sums, ToInner};
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
    assert!(other("heads\": 12", "heads\": 24").contains("head's width of 16"));
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

/// Numbers between -2 and 2 that look random, the same each time.
fn numbers(count: usize) -> Vec<f32> {
    let mut state = 1u32;
    let next = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 22) as f32 - 2.0
    };
    (0..count).map(next).collect()
}

#[test]
fn attention_is_the_softmax_of_queries_times_keys_over_values() {
    let (heads, width) = (2, 64);
    let size = width / heads;
    let mut scratch = attention::Scratch::default();
    // Windows after longer ones, so that something is left in the scratch.
    for count in [70, 33, 32, 31, 5, 4, 3, 1] {
        let joined = numbers(count * 3 * width);
        let mut context = vec![f32::NAN; count * width];
        Attention::new(heads, width).mix(&joined, &mut context, &mut scratch);
        let at = |piece: usize, of: usize, head: usize, number: usize| {
            f64::from(joined[piece * 3 * width + of * width + head * size + number])
        };
        for (piece, head) in (0..count).flat_map(|piece| (0..heads).map(move |head| (piece, head)))
        {
            let score = |other: usize| {
                let products = (0..size).map(|n| at(piece, 0, head, n) * at(other, 1, head, n));
                products.sum::<f64>()
            };
            let shares: Vec<f64> = (0..count).map(|other| score(other).exp()).collect();
            let total: f64 = shares.iter().sum();
            for number in 0..size {
                let due =
                    (0..count).map(|other| shares[other] / total * at(other, 2, head, number));
                let due: f64 = due.sum();
                let got = f64::from(context[piece * width + head * size + number]);
                assert!((got - due).abs() < 5e-4, "{count}: {got} for {due}");
            }
        }
    }
}

#[test]
fn large_scores_do_not_overflow() {
    let (count, width) = (40, 32);
    let mut joined = vec![0.0; count * 3 * width];
    for (piece, row) in joined.chunks_mut(3 * width).enumerate() {
        // Only the last piece's key meets the queries: every piece takes its value alone.
        row[0] = 1000.0;
        row[width] = if piece + 1 == count { 1000.0 } else { -1000.0 };
        row[2 * width] = piece as f32;
    }
    let mut context = vec![f32::NAN; count * width];
    Attention::new(1, width).mix(&joined, &mut context, &mut attention::Scratch::default());
    for row in context.chunks(width) {
        assert_eq!(row[0], (count - 1) as f32);
    }
}

#[test]
fn gelu_is_near_the_one_by_the_error_function() {
    let sums: Vec<i32> = (-1280..1280).map(|step| step * 8).collect();
    let (scale, bias, total) = (vec![1.0; 2560], vec![0.0; 2560], vec![0; 2560]);
    let rounding = Rounding {
        scale: 0.001,
        zero: 0,
    };
    let columns = Columns {
        scale: &scale,
        bias: &bias,
        total: &total,
    };
    let (mut room, mut bytes) = (vec![0.0; 2560], vec![0; 2560]);
    let inner = ToInner {
        sums: Sums {
            sums: &sums,
            rounding,
            columns,
        },
        room: &mut room,
        bytes: &mut bytes,
    };
    inner.dispatch();
    let mut due: Vec<f32> = sums.iter().map(|&sum| sum as f32 * 0.001).collect();
    rten_vecmath::Gelu {}.map_mut(&mut due);
    for (got, due) in room.iter().zip(due) {
        assert!((got - due).abs() < 1e-4, "{got} for {due}");
    }
}

proptest! {
    #[test]
    fn a_row_is_rounded_to_the_nearest_of_its_256_steps(
        row in prop::collection::vec(-9.0f32..9.0, 64),
        shift in -9.0f32..9.0,
    ) {
        let row: Vec<f32> = row.into_iter().map(|number| number + shift).collect();
        let mut bytes = vec![0; 64];
        let rounding = Round { row: &row, bytes: &mut bytes }.dispatch();
        let (least, greatest) = row.iter().fold((0.0f32, 0.0f32), |(least, greatest), &number| {
            (least.min(number), greatest.max(number))
        });
        prop_assert_eq!(rounding.scale, (greatest - least) / 255.0);
        for (number, byte) in row.iter().zip(bytes) {
            let back = (f32::from(byte) - f32::from(rounding.zero)) * rounding.scale;
            // The zero is rounded too.
            prop_assert!((back - number).abs() <= 1.01 * rounding.scale, "{} for {}", back, number);
        }
    }
}
