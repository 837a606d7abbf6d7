#![no_main]

#[path = "../bodies/mod.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(
    // libFuzzer's hook aborts at any panic; but those of the page extractor are caught, and only told here.
    init: std::panic::set_hook(Box::new(|panic| eprintln!("{panic}"))),
    |data: &[u8]| bodies::page(data)
);
