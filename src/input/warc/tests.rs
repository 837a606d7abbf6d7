//! Bodies in codings, sound and broken.

use std::io::Write;

use super::http::Response;
use super::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("packed");
    encoder.finish().expect("packed")
}

/// The body of a response with these headers; `!` before what is wrong with it.
fn body(headers: &str, body: &[u8], truncated: bool) -> String {
    let block = [format!("HTTP/1.1 200 OK\r\n{headers}\r\n").as_bytes(), body].concat();
    let response = Response::parse(&block).expect("a response");
    match response.body(truncated) {
        Ok(body) => String::from_utf8_lossy(&body).into_owned(),
        Err(reason) => format!("!{reason}"),
    }
}

const CHUNKED: &str = "Transfer-Encoding: chunked\r\n";
const GZIP: &str = "content-encoding:  GZip\r\n";

#[test]
fn chunks_are_joined_or_refused() {
    let sound: [(&[u8], &str); 6] = [
        (b"4\r\n<p>1\r\n0\r\n\r\n", "<p>1"),
        (
            b"4;name=value\r\n<p>1\r\n00A\r\n0123456789\r\n0\r\nX: y\r\n\r\n",
            "<p>10123456789",
        ),
        (b"4\n<p>1\n0\n\n", "<p>1"),
        (b"0\r\n\r\n", ""),
        // Not in chunks, whatever the header says.
        (b"<html>", "<html>"),
        (b"", ""),
    ];
    for (bytes, expected) in sound {
        assert_eq!(body(CHUNKED, bytes, false), expected);
    }
    let broken: [(&[u8], &str); 5] = [
        (b"4\r\n1234\r\n4\r\n12", "1234" /* and "12" */),
        (b"1\r\nxyz123!@#", "x"),
        (b"4\r\n1234\r\n", "1234"),
        (b"4\r\n1234\r\nzz\r\n12\r\n0\r\n\r\n", "1234"),
        (b"ffffffffffffffff\r\n1234\r\n", ""),
    ];
    for (bytes, _) in broken {
        let told = body(CHUNKED, bytes, false);
        assert!(told.starts_with('!') && told.contains("chunk"), "{told}");
    }
    assert_eq!(body(CHUNKED, b"4\r\n1234\r\n4\r\n12", true), "123412");
}

#[test]
fn codings_are_undone_in_their_order() {
    let packed = gzip(b"<p>one");
    assert_eq!(body(GZIP, &packed, false), "<p>one");
    let chunk = [
        format!("{:x}\r\n", packed.len()).as_bytes(),
        &packed,
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    assert_eq!(body(&format!("{GZIP}{CHUNKED}"), &chunk, false), "<p>one");
    assert_eq!(
        body("Content-Encoding: gzip, gzip\r\n", &gzip(&packed), false),
        "<p>one"
    );
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    zlib.write_all(b"<p>two").expect("packed");
    let mut bare = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
    bare.write_all(b"<p>two").expect("packed");
    for packed in [zlib.finish(), bare.finish()] {
        let packed = packed.expect("packed");
        assert_eq!(
            body("Content-Encoding: deflate\r\n", &packed, false),
            "<p>two"
        );
    }
}

#[test]
fn a_coding_that_was_undone_before_is_no_fault_and_a_broken_one_is() {
    for coding in ["gzip", "br", "deflate", "gzip, br"] {
        let headers = format!("Content-Encoding: {coding}\r\n");
        assert_eq!(body(&headers, b" <html>", false), " <html>");
    }
    let packed = gzip(&b"<p>one two three".repeat(100));
    let cut = &packed[..packed.len() - 12];
    assert!(body(GZIP, cut, false).starts_with('!'));
    assert!(body(GZIP, cut, true).starts_with("<p>one"));
    let brotli = b"\x0b\x02\x80hello\x03";
    let header = "Content-Encoding: br\r\n";
    assert_eq!(body(header, brotli, false), "hello");
    for cut in 1..brotli.len() {
        let told = body(header, &brotli[..cut], false);
        assert!(told.contains("cannot be unpacked"), "{cut}: {told}");
    }
    let header = "Content-Encoding: compress\r\n";
    assert!(body(header, b"\x1f\x9d\x90", false).contains("`compress`"));
    let bomb = gzip(&vec![b' '; 70 << 20]);
    assert!(body(GZIP, &bomb, false).starts_with("!its body unpacks to more"));
}

#[test]
fn a_response_without_status_or_end_is_read_as_far_as_it_goes() {
    assert!(Response::parse(b"").is_none());
    assert!(Response::parse(b"GET / HTTP/1.1\r\n\r\n").is_none());
    assert!(Response::parse(b"HTTP/1.1\r\n\r\n").is_none());
    let response = Response::parse(b"HTTP/2 204\nA: b\n c\nnonsense\n").expect("a response");
    assert_eq!(response.status, 204);
    assert_eq!(response.headers.get("a"), Some("b c"));
}

#[test]
fn a_front_page_is_told_from_an_article() {
    for front in ["https://a.example", "https://a.example/"] {
        assert!(is_front_page(front));
    }
    assert!(!is_front_page("https://a.example/x"));
    assert_eq!(
        parameter("text/html; x=1; Charset=\"utf-8\"", "charset").as_deref(),
        Some("utf-8")
    );
}
