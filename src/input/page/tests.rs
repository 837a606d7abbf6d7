//! What is taken from pages, and that none does harm.

use proptest::prelude::*;

use super::super::warning::WarningCode;
use super::*;

fn read_plain(html: &str) -> Page {
    read(html.as_bytes(), None, &mut Vec::new()).expect("a page")
}

fn field(page: &Page, name: &str) -> String {
    let value = page.fields.get(name).and_then(Value::as_str);
    value.unwrap_or_default().to_owned()
}

fn decoded(bytes: &[u8], told: Option<&str>) -> (String, Vec<WarningCode>) {
    let mut warnings = Vec::new();
    let text = charset::decode(bytes, told, &mut warnings);
    (text, warnings.iter().map(|warning| warning.code).collect())
}

#[test]
fn a_charset_is_what_the_bytes_say_then_the_server_then_the_page() {
    let utf16: Vec<u8> = "<p>né".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xFF\xFE".to_vec(), utf16.clone()].concat();
    type Case<'a> = (&'a [u8], Option<&'a str>, &'a str, &'a [WarningCode]);
    let cases: [Case<'_>; 11] = [
        (b"\xEF\xBB\xBFn\xC3\xA9", Some("latin1"), "né", &[]),
        (&marked, None, "<p>né", &[]),
        (&utf16, None, "<p>né", &[]),
        (b"n\xE9", Some("ISO-8859-1"), "né", &[]),
        (
            b"<meta charset=koi8-r>\xC1",
            Some("utf-8"),
            "<meta charset=koi8-r>Á",
            &[WarningCode::CharsetWindows1252],
        ),
        (
            b"<meta charset=koi8-r>\xC1",
            None,
            "<meta charset=koi8-r>а",
            &[],
        ),
        (
            b"<meta content='text/html; charset=\"gbk\"'>\xC4\xE3",
            None,
            "<meta content='text/html; charset=\"gbk\"'>你",
            &[],
        ),
        (
            b"<?xml version='1.0' encoding='shift_jis'?>\x82\xA0",
            None,
            "<?xml version='1.0' encoding='shift_jis'?>あ",
            &[],
        ),
        (
            b"n\xC3\xA9",
            Some("latin1"),
            "né",
            &[WarningCode::CharsetOverridden],
        ),
        (
            b"n\xC3\xA9 \xE9",
            None,
            "né \u{fffd}",
            &[WarningCode::UndecodableBytes],
        ),
        (b"n\xE9", None, "né", &[WarningCode::CharsetWindows1252]),
    ];
    for (bytes, told, expected, codes) in cases {
        assert_eq!(
            decoded(bytes, told),
            (expected.to_owned(), codes.to_vec()),
            "{told:?} {bytes:?}"
        );
    }
}

#[test]
fn json_ld_comes_before_meta_and_meta_before_what_is_shown() {
    let json = r#"<script type="application/ld+json">[{"@type":"Thing"},{"mainEntity":{"@type":"ReportageNewsArticle",
        "headline":"From JSON &amp; more","datePublished":"2020-02-03","publisher":{"name":"The Post"},"author":"A. Writer"}}]</script>"#;
    let meta = r#"<meta property="og:title" content="From meta"><meta name="pubdate" content="2019-01-02">
        <meta property="og:site_name" content="Meta Post"><meta name="author" content="B. Writer">"#;
    let shown = r#"<title>From title | Meta Post</title><h1> From <i>the</i>
        heading</h1><time>someday</time><time datetime="2018-05-06T10:00">6 May</time>"#;
    let page = read_plain(&format!("{shown}{meta}{json}"));
    assert_eq!(field(&page, "title"), "From JSON & more");
    assert_eq!(field(&page, "published"), "2020-02-03");
    assert_eq!(field(&page, "outlet"), "The Post");
    assert_eq!(field(&page, "author"), "A. Writer");
    let page = read_plain(&format!("{shown}{meta}"));
    assert_eq!(field(&page, "title"), "From meta");
    assert_eq!(field(&page, "published"), "2019-01-02");
    let page = read_plain(shown);
    assert_eq!(field(&page, "title"), "From the heading");
    assert_eq!(field(&page, "published"), "2018-05-06T10:00");
    let page = read_plain(
        r#"<title>From title | Meta Post</title><meta property="og:site_name" content="Meta Post">"#,
    );
    assert_eq!(field(&page, "title"), "From title");
}

#[test]
fn an_address_is_the_canonical_one_if_it_is_one() {
    let canonical = |target: &str| {
        let og = r#"<meta property="og:url" content="https://b.example/2">"#;
        let page = read_plain(&format!(
            r#"<link rel="amp canonical" href="{target}">{og}"#
        ));
        field(&page, "url")
    };
    assert_eq!(canonical("https://a.example/1"), "https://a.example/1");
    assert_eq!(canonical("/1"), "https://b.example/2");
    assert_eq!(canonical("javascript:void"), "https://b.example/2");
}

#[test]
fn blanks_stand_where_the_page_has_them() {
    let text = "A fghan forces took Kunduz 's gate ( the old one ).\n\nTwo words";
    let html = "<p><b>A</b>fghan forces took <a>Kunduz</a>'s gate (<i>the old one</i>).</p><p>Two<br>words</p>";
    assert_eq!(
        gaps::mend(text, html),
        "Afghan forces took Kunduz's gate (the old one).\n\nTwo words"
    );
    assert_eq!(gaps::mend("Not there at all", html), "Not there at all");
    assert_eq!(
        gaps::mend("AT&T 's <b>", "<p>AT&amp;T's &lt;b&gt;</p>"),
        "AT&T's <b>"
    );
}

#[test]
fn a_page_that_is_too_deep_or_too_large_is_refused() {
    let too_complex = |html: String| {
        let read = read(html.as_bytes(), None, &mut Vec::new());
        assert!(matches!(read, Err(Fault::TooComplex(_))), "{:.60}", html);
    };
    too_complex("<div>".repeat(1_000_000));
    too_complex("<b>".repeat(1_000_000));
    too_complex("<svg><style>".to_owned() + &"<g>".repeat(1_000_000));
    too_complex("<table><tr><td>".repeat(300_000));
    too_complex("<p>x".repeat(1_000_000));
    too_complex(
        (0..100_000)
            .map(|at| format!("<p><b id={at}></p>"))
            .collect(),
    );
    let names = |count: usize| (0..count).map(|at| format!("x{at} ")).collect::<String>();
    too_complex(format!("<a {}>", names(500_000)));
    too_complex(format!("<!-- <a x=\" --><a {}>", names(500_000)));
}

#[test]
fn a_large_sound_page_is_read() {
    let paragraph = "<p>The governor of the province said on Monday that the bridge would be opened again in June.</p>";
    let page = read_plain(&format!(
        "<article><img data-state=\"{}\">{}</article>",
        "a b=1 ".repeat(200_000),
        paragraph.repeat(20_000)
    ));
    assert_eq!(page.text.matches("The governor").count(), 20_000);
}

#[test]
fn what_is_no_html_does_no_harm() {
    for html in [
        "",
        "\0\0\0",
        "<",
        "<!",
        "<![CDATA[",
        "</",
        "<a",
        "<a b",
        "<a b=\"",
        "&",
        "&#",
        "&#x110000;&#0;&#xD800;",
        "<script>",
        "<!--",
        "<textarea>",
        "<plaintext><p>",
        "<frameset>",
        "<template><template>",
        "<svg><foreignObject><math><mi><table>",
        "<html lang><html lang=x lang=y>",
        "<script type='application/ld+json'>[[[[[[[</script>",
        "plain words without any mark, of which there are a few",
    ] {
        read_plain(html);
    }
    let deep = format!(
        "<script type='application/ld+json'>{}</script>",
        "[".repeat(1_000_000)
    );
    read_plain(&deep);
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<a href=x>",
            "</a>",
            "<table>",
            "<tr>",
            "<td>",
            "</table>",
            "<div class=article>",
            "</div>",
            "<ul>",
            "<li>",
            "</ul>",
            "<h1>",
            "</h1>",
            "<article>",
            "</article>",
            "<script>",
            "</script>",
            "<svg>",
            "<br>",
            "<time>",
            "<template>",
            "<select>",
            "<option>",
            "<form>",
            "<!-- ",
            " -->",
            "\0",
            "&eacute;",
            "&#",
            "\u{ad}",
            "Seven people were killed near the old bridge, police said. ",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_page_is_survived(pieces in prop::collection::vec(piece(), 0..60)) {
        let html = pieces.concat();
        let page = read(html.as_bytes(), None, &mut Vec::new());
        prop_assert!(!matches!(page, Err(Fault::Failed(_))), "{page:?}");
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400), told in any::<Option<String>>()) {
        let mut warnings = Vec::new();
        prop_assert!(!matches!(read(&bytes, told.as_deref(), &mut warnings), Err(Fault::Failed(_))));
    }

    #[test]
    fn only_blanks_are_mended(text in any::<String>(), html in any::<String>()) {
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(bare(&gaps::mend(&text, &html)), bare(&text));
    }
}
